"""Parts of the What-if screen for a demand that turns out differently: what may come, and how plans fare then."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.allocation.uncertainty import Futures, futures_from_table
from medalloc.allocation.uncertainty.served import require_understood
from medalloc.errors import InputError
from medalloc.study.parts import WhatIf
from medalloc.study.steps import sampling
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, numbers, palette, runs, uploads, words
from medalloc.ui.kit.words import _
from medalloc.ui.what_if import futures_result
from medalloc.ui.what_if.futures_result import Answer

MOST = 2000
"""Futures that can be asked for."""


def section(
    asked: Problem,
    chosen: WhatIf,
    sources: tuple[str, ...],
    sample: Callable[[], Futures | None],
    found: Answer | None,
    *,
    older: bool,
) -> None:
    """Hold the base plan and its rivals against sampled futures; computed when somebody asks for it.

    Parameters
    ----------
    sample : callable
        Draws the futures or reads them; gives nothing while no file has been chosen.
    """
    if found is not None:
        st.markdown(f"##### {futures_result.in_one_sentence(found)}")
        futures_result.figures(found)
    inputs, result = st.columns([2, 3], gap="large")
    with inputs:
        given = controls(asked, chosen, sources, sample)
        compare(given, older=older)
    with result:
        if found is None:
            what_is_done()
        else:
            futures_result.picture(found)
    if found is not None:
        futures_result.in_full(found)


def can_be_planned(asked: Problem, base: Plan | None) -> bool:
    """Say why not, where there is no plan to compare or a setting that futures cannot be planned with."""
    try:
        require_understood(asked)
    except InputError as error:
        st.info(words.say(error.said))
        return False
    if base is None:
        st.info(_("There is nothing to compare until the base keeps its limits."))
    return base is not None


def what_is_done() -> None:
    """Say what a comparison is, before there is one."""
    st.markdown(
        _(
            "A plan is made for the demand that is expected, and then another demand comes. Here the base plan is held "
            "against many demands that may come, beside plans made for all of them at once: the best on average, and a "
            "risk-averse one (CVaR) that leaves the fewest unserved when things go worst."
        )
    )


def controls(
    asked: Problem, chosen: WhatIf, offered: tuple[str, ...], sample: Callable[[], Futures | None]
) -> Futures | None:
    """Let the visitor say what demand may be, and return it; None where that cannot be said yet."""
    names = {
        "demand": _("As uncertain as the patients' demand is"),
        "forecast": _("As uncertain as the forecast is"),
        "spread": _("As uncertain as I say"),
        "file": _("From my own file"),
    }
    captions = {
        "demand": _("Drawn from the demand's own distribution; regions vary independently."),
        "forecast": _("Drawn from how far past forecasts were off; regions are surprised together as they were then."),
        "spread": _("Spread around the expected demand, log-normally."),
        "file": _("Samples of any forecast, region by region."),
    }
    st.radio(
        _("What may demand be?"),
        offered,
        format_func=names.__getitem__,
        captions=[captions[each] for each in offered],
        **state.bound_to_one_of(at.study.what_if.futures_from, offered),
    )
    source = sampling.source_of(chosen.futures_from, offered)
    if source == "file":
        upload(asked, chosen)
    else:
        drawn(source)
    with layout.failures_as_sentences():
        return sample()
    return None


def drawn(source: str) -> None:
    """Let the visitor say how uncertain demand is, how many futures are drawn, and from which seed."""
    if source == "spread":
        st.slider(
            _("Demand of a region varies by [%]"),
            0,
            100,
            step=5,
            help=_("Coefficient of variation: standard deviation over expected demand."),
            **state.bound(at.study.what_if.futures_cv),
        )
        st.slider(
            _("Of that, regions move together by [%]"),
            0,
            100,
            step=5,
            help=_("0: every region by itself. 100: all rise and fall by the same share, as in an epidemic."),
            **state.bound(at.study.what_if.futures_common),
        )
    left, right = st.columns(2)
    numbers.asked(
        _("Number of futures"),
        at.study.what_if.futures_count,
        place=left,
        low=10,
        high=MOST,
        step=50,
        help=_("More of them say more about the worst; the worst tenth of 200 are 20."),
    )
    numbers.asked(
        _("Seed of the futures"),
        at.study.what_if.futures_seed,
        place=right,
        low=0,
        high=2**31 - 1,
        step=1,
        help=_("The same seed gives the same futures."),
    )


def upload(asked: Problem, chosen: WhatIf) -> None:
    """Take a file of futures; one that cannot be used is told and leaves the file in use as it is."""
    uploads.tables(
        _("Table of futures"),
        "futures_upload",
        partial(_take, asked.regions),
        help=_(
            "One row a future and one column a region; or one row a region and future, with columns for region, "
            "demand and “sample”."
        ),
    )
    if chosen.futures_file is not None:
        st.caption(_("In use: {name}").format(name=words.escape(chosen.futures_name)))


def _take(regions: Sequence[str], file: str, table: Table) -> None:
    futures_from_table(table).ordered_as(regions)
    state.change(futures_file=file, futures_name=table.source.name)


def compare(given: Futures | None, *, older: bool) -> None:
    """Offer the comparison as a run, or show how far it is, how it ended, and whether it is stale."""
    st.button(
        _("Compare plans in these futures"),
        type=palette.main_button(),
        icon=":material/play_arrow:",
        on_click=runs.submit,
        args=(sampling.held_futures,),
        disabled=state.locked(runs.is_busy("held_futures") or given is None),
    )
    runs.show(
        "held_futures",
        cancelled=_("The last comparison was cancelled."),
        lost=_("The last comparison was lost when the server ended; compare again."),
    )
    if older:
        st.warning(
            _(
                "The base or the scenarios have changed since this comparison: its results are out of date. "
                "Compare again."
            )
        )

"""Parts of the What-if screen for a demand that turns out differently: what may come, and how plans fare then."""

import streamlit as st

from medalloc.allocation.problem import Problem
from medalloc.allocation.uncertainty import Futures, futures_from_table
from medalloc.allocation.uncertainty.served import require_understood
from medalloc.errors import InfeasibleError, InputError, MedallocError
from medalloc.study.steps import plans, worlds
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.data import file_choice
from medalloc.ui.kit import layout, palette, runs, words
from medalloc.ui.kit.words import _
from medalloc.ui.what_if import futures_result

MOST = 2000
"""Futures that can be asked for."""


def section() -> None:
    """Hold the base plan and its rivals against sampled futures; computed when somebody asks for it."""
    st.subheader(_("If demand turns out differently"), anchor=False)
    asked = state.ask(plans.problem)
    if asked is None or not _can_be_planned(asked):
        return
    found = state.ask(worlds.held_futures)
    if found is not None:
        st.markdown(f"##### {futures_result.in_one_sentence(found)}")
        futures_result.figures(found)
    inputs, result = st.columns([2, 3], gap="large")
    with inputs:
        given = controls()
        compare(given)
    with result:
        if found is None:
            what_is_done()
        else:
            futures_result.picture(found)
    if found is not None:
        futures_result.in_full(found)


def _can_be_planned(asked: Problem) -> bool:
    """Say why not, where there is no plan to compare or a setting that futures cannot be planned with."""
    try:
        require_understood(asked)
        state.ask(plans.plan)
    except InfeasibleError:
        st.info(_("There is nothing to compare until the base keeps its limits."))
        return False
    except InputError as error:
        st.info(words.say(error.said))
        return False
    return True


def what_is_done() -> None:
    """Say what a comparison is, before there is one."""
    st.markdown(
        _(
            "A plan is made for the demand that is expected, and then another demand comes. Here the base plan is held "
            "against many demands that may come, beside plans made for all of them at once: the best on average, and a "
            "cautious one that leaves the fewest unserved when things go worst."
        )
    )


def controls() -> Futures | None:
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
    offered = state.ask(worlds.futures_sources) or ("spread",)
    st.radio(
        _("What may demand be?"),
        offered,
        format_func=names.__getitem__,
        captions=[captions[each] for each in offered],
        **state.bound_to_one_of(at.study.what_if.futures_from, offered),
    )
    source = worlds.source_of(state.study().what_if.futures_from, offered)
    if source == "file":
        upload()
    else:
        drawn(source)
    with layout.failures_as_sentences():
        return state.ask(worlds.futures)
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
    left.number_input(
        _("Number of futures"),
        min_value=10,
        max_value=MOST,
        step=50,
        help=_("More of them say more about the worst; the worst tenth of 200 are 20."),
        **state.bound(at.study.what_if.futures_count),
    )
    right.number_input(
        _("Seed of the futures"),
        min_value=0,
        max_value=2**31 - 1,
        step=1,
        help=_("The same seed gives the same futures."),
        **state.bound(at.study.what_if.futures_seed),
    )


def upload() -> None:
    """Take a file of futures; one that cannot be used is told and leaves the file in use as it is."""
    st.file_uploader(
        _("Table of futures"),
        type=file_choice.FILE_KINDS,
        key="futures_upload",
        on_change=_take_upload,
        help=_(
            "One row a future and one column a region; or one row a region and future, with columns for region, "
            "demand and “sample”."
        ),
    )
    faults = state.visit().futures_faults
    if faults:
        st.error("\n".join(f"- {each}" for each in faults) if len(faults) > 1 else faults[0])
    if state.study().what_if.futures_file is not None:
        st.caption(_("In use: {name}").format(name=words.escape(state.study().what_if.futures_name)))


def _take_upload() -> None:
    taken, asked = state.widget("futures_upload"), state.ask(plans.problem)
    state.visit().futures_faults = ()
    if taken is None or asked is None:
        return
    try:
        given = futures_from_table(state.table_in(taken))
        given.ordered_as(asked.regions)
    except MedallocError as error:
        state.visit().futures_faults = tuple(words.say(each) for each in getattr(error, "faults", (error.said,)))
        return
    state.change(futures_file=state.keep_file(taken.getvalue()), futures_name=taken.name)


def compare(given: Futures | None) -> None:
    """Offer the comparison as a run, or show how far it is, how it ended, and whether it is stale."""
    st.button(
        _("Compare plans in these futures"),
        type=palette.main_button(),
        icon=":material/play_arrow:",
        on_click=state.submit,
        args=(worlds.held_futures,),
        disabled=runs.is_busy("held_futures") or given is None,
    )
    runs.show(
        "held_futures",
        cancelled=_("The last comparison was cancelled."),
        lost=_("The last comparison was lost when the server ended; compare again."),
    )
    if state.answers().is_older(worlds.held_futures):
        st.warning(
            _("The base or the futures have changed since this comparison: what it shows is stale. Compare again.")
        )

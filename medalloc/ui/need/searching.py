"""Search for better options of a model: a job with a budget, and what it found."""

import pandas as pd
import streamlit as st

from medalloc.need.comparison.option_ranges import search_ranges
from medalloc.need.comparison.tries import SearchResult
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.study.steps import needs
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import numbers, printed, runs, words
from medalloc.ui.kit.words import _
from medalloc.ui.need.catalogue import Options, with_options
from medalloc.ui.need.training import model_names


def section(found: SearchResult | None, options: Options, *, older: bool) -> None:
    """Offer a search, show how far it is, and what it found.

    Parameters
    ----------
    found : SearchResult, optional
        What the last one found.
    options : mapping
        Of models that differ from the usual ones, by kind of model.
    older : bool
        Whether that search was on another table, recipe or seed.
    """
    now = runs.status("option_search")
    # once there was a search it stays open: its end must not hide what it found
    with st.expander(_("Search better options"), icon=":material/manage_search:", expanded=now is not None):
        _controls()
        runs.show(
            "option_search",
            cancelled=_("The last search was cancelled."),
            lost=_("The last search was lost when the server ended; search again."),
        )
        if found is not None:
            if older:
                st.warning(_("Table, recipe or seed have changed since this search. Search again."))
            _shown(found, options)


def use(found: SearchResult) -> None:
    """Take the options over for the next training."""
    state.revise(at.study.need.model_options, with_options, found.choice.kind, dict(found.choice.options))


def _controls() -> None:
    names = model_names()
    offered = tuple(kind for kind in CATALOGUE if search_ranges(kind))
    left, middle, right = st.columns([2, 1, 1], vertical_alignment="bottom")
    left.selectbox(
        _("Model"),
        offered,
        format_func=lambda kind: names.get(kind, kind),
        **state.bound_to_one_of(at.study.need.search_model, offered),
    )
    numbers.asked(
        _("Budget [s]"),
        at.study.need.search_seconds,
        place=middle,
        low=5,
        high=3600,
        step=30,
        help=_("No fold begins after that; the default options are tested in any case."),
    )
    right.button(
        _("Start"),
        key="search_start",
        icon=":material/play_arrow:",
        on_click=runs.submit,
        args=(needs.option_search,),
        disabled=state.locked(runs.is_busy("option_search")),
    )
    st.caption(
        _(
            "Options are drawn by chance and tested on the folds of the comparison, one after the other; those that "
            "fall behind are dropped early. The highest of many tries is partly luck, and the test allows for that."
        )
    )


def _shown(found: SearchResult, options: Options) -> None:
    st.markdown(f"**{model_names().get(found.choice.kind, found.choice.kind)}** · {words.say(found.said)}")
    rows = [
        {
            "try": _("Default") if place == 0 else str(place),
            "auc": each.mean,
            "folds": len(each.aucs),
            "ended": _("all folds") if each.finished else _("dropped"),
            **each.options,
        }
        for place, each in enumerate(found.tries)
    ]
    printed.grid(
        pd.DataFrame(rows).sort_values(["folds", "auc"], ascending=False),
        column_config={
            "try": st.column_config.TextColumn(_("Try"), pinned=True),
            "auc": st.column_config.NumberColumn(_("ROC AUC, folds"), format="%.3f"),
            "folds": st.column_config.NumberColumn(_("Folds tested")),
            "ended": st.column_config.TextColumn(_("Tested on")),
        },
        alt=_("Every try of the search with its options and its ROC AUC"),
    )
    in_use = options.get(found.choice.kind, {}) == dict(found.choice.options)
    st.button(
        _("Use these options"),
        key="search_use",
        icon=":material/check:",
        on_click=use,
        args=(found,),
        disabled=state.locked(in_use),
        help=_("They hold from the next training on."),
    )
    if in_use and found.choice.options:
        st.caption(_("These options are in use; train again to see them above."))

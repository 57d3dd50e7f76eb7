"""Search for better options of a model: a job with a budget, and what it found."""

import hashlib
import json

import pandas as pd
import streamlit as st

from medalloc.jobs.tasks import SEARCHED
from medalloc.need.comparing.option_ranges import search_ranges
from medalloc.need.comparing.tries import SearchResult
from medalloc.need.models.options import MODEL_KINDS
from medalloc.tables.storage import save_table
from medalloc.ui import chain, state
from medalloc.ui.kit import runs, words
from medalloc.ui.kit.words import _
from medalloc.ui.need.training import model_names


def section() -> None:
    """Offer a search, show how far it is, and what it found."""
    now = runs.status("search_run")
    # once there was a search it stays open: its end must not hide what it found
    with st.expander(_("Search better options"), icon=":material/manage_search:", expanded=now is not None):
        _controls()
        runs.show(
            "search_run",
            cancelled=_("The last search was cancelled."),
            lost=_("The last search was lost when the server ended; search again."),
        )
        found = result()
        if found is not None:
            if state.get().search_run_of != fingerprint(found.choice.kind):
                st.warning(_("Table, recipe or seed have changed since this search. Search again."))
            _shown(found)


def result() -> SearchResult | None:
    """Return what the finished search found, or None."""
    run, now = state.get().search_run, runs.status("search_run")
    if run is None or now is None or now.state != "done":
        return None
    place = state.jobs().run(run).folder / SEARCHED
    return state.remember("search", run, lambda: SearchResult.from_json(json.loads(place.read_text(encoding="utf-8"))))


def fingerprint(kind: str) -> str:
    """Return what a search would be given, as a hash."""
    choices = state.get()
    given = [getattr(choices, name) for name in ("file", "encoding", "delimiter", "sheet", "roles", "repairs", "seed")]
    return hashlib.sha256(json.dumps([given, kind, chain.recipe().to_json()], sort_keys=True).encode()).hexdigest()


def start() -> None:
    """Put a search in line for the current choices."""
    table, choices = chain.table(), state.get()
    if table is None:
        return
    arguments = {
        "recipe": chain.recipe().to_json(),
        "model": choices.search_model,
        "seed": choices.seed,
        "seconds": choices.search_seconds,
    }
    run = state.jobs().submit("search", arguments, lambda folder: save_table(table, folder / "table"))
    state.change(search_run=run, search_run_of=fingerprint(choices.search_model))


def use(found: SearchResult) -> None:
    """Take the options over for the next training."""
    options = {**state.get().model_options, found.choice.kind: dict(found.choice.options)}
    state.change(model_options={kind: each for kind, each in options.items() if each})


def _controls() -> None:
    names = model_names()
    offered = tuple(kind for kind in MODEL_KINDS if search_ranges(kind))
    left, middle, right = st.columns([2, 1, 1], vertical_alignment="bottom")
    left.selectbox(
        _("Model"),
        offered,
        format_func=lambda kind: names.get(kind, kind),
        **state.bound_to_one_of("search_model", offered),
    )
    middle.number_input(
        _("Budget [s]"),
        min_value=5,
        max_value=3600,
        step=30,
        help=_("No fold begins after that; the default options are tested in any case."),
        **state.bound("search_seconds"),
    )
    now = runs.status("search_run")
    right.button(
        _("Start"),
        key="search_start",
        icon=":material/play_arrow:",
        on_click=start,
        disabled=now is not None and not now.ended,
    )
    st.caption(
        _(
            "Options are drawn by chance and tested on the folds of the comparison, one after the other; those that "
            "fall behind are dropped early. The highest of many tries is partly luck, and the test allows for that."
        )
    )


def _shown(found: SearchResult) -> None:
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
    st.dataframe(
        pd.DataFrame(rows).sort_values(["folds", "auc"], ascending=False),
        hide_index=True,
        column_config={
            "try": st.column_config.TextColumn(_("Try"), pinned=True),
            "auc": st.column_config.NumberColumn(_("ROC AUC, folds"), format="%.3f"),
            "folds": st.column_config.NumberColumn(_("Folds tested")),
            "ended": st.column_config.TextColumn(_("Tested on")),
        },
        alt=_("Every try of the search with its options and its ROC AUC"),
    )
    in_use = state.get().model_options.get(found.choice.kind, {}) == dict(found.choice.options)
    st.button(
        _("Use these options"),
        key="search_use",
        icon=":material/check:",
        on_click=use,
        args=(found,),
        disabled=in_use,
        help=_("They hold from the next training on."),
    )
    if in_use and found.choice.options:
        st.caption(_("These options are in use; train again to see them above."))

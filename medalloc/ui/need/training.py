"""Training on the Need screen: which models, as a job with progress and cancel."""

import streamlit as st

from medalloc.need.comparison.unasked import compared_unasked, left_out
from medalloc.need.models.catalogue import CATALOGUE, NETWORKS
from medalloc.networks.backend import available
from medalloc.study.steps import needs, tables
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import palette, runs, words
from medalloc.ui.kit.words import _
from medalloc.ui.need import catalogue, losses


def model_names() -> dict[str, str]:
    """Return what each model is called."""
    return {kind: words.say(each.name) for kind, each in CATALOGUE.items()}


def controls() -> None:
    """Let the visitor choose models and train them as a job that survives page switches and refreshes."""
    names = model_names()
    st.pills(
        _("Models to train"),
        list(names),
        format_func=names.__getitem__,
        selection_mode="multi",
        help=_("Logistic regression is the baseline: a model that cannot beat it is not worth its complexity."),
        **state.bound(at.study.need.models),
    )
    cannot = _cannot_train(names)
    catalogue.settings(names)
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    left.number_input(
        _("Seed"),
        min_value=0,
        max_value=2**31 - 1,
        step=1,
        help=_("The same seed gives the same split and the same result."),
        **state.bound(at.study.need.seed),
    )
    with right:
        _buttons(cannot=cannot)
    table = state.ask(tables.table)
    not_compared = None if table is None else left_out(len(table.frame), state.study().need.models)
    if not_compared is not None:
        st.caption(words.say(not_compared))
    runs.show(
        "training",
        cancelled=_("The last training was cancelled."),
        lost=_("The last training was lost when the server ended; train again."),
        more=lambda: losses.live(model_names()),
    )
    if state.answers().is_older(needs.training):
        st.warning(
            _("Table, recipe or models have changed since this training: what stands below is stale. Train again.")
        )


def _buttons(*, cannot: bool) -> None:
    """Offer to train what is chosen, or everything."""
    busy = runs.is_busy("training")
    with st.container(horizontal=True):
        st.button(
            _("Train"),
            type=palette.main_button(),
            icon=":material/play_arrow:",
            on_click=state.submit,
            args=(needs.training,),
            disabled=busy or cannot or not state.study().need.models,
        )
        st.button(
            _("Compare all"),
            icon=":material/leaderboard:",
            on_click=_compare_all,
            disabled=busy,
            help=_("Train every model on the same folds, and say which can be told apart."),
        )


def _compare_all() -> None:
    """Train the models that this machine can, on many rows the quick ones; the verdict decides which is looked at."""
    table = state.ask(tables.table)
    unasked = compared_unasked(0 if table is None else len(table.frame))
    possible = tuple(kind for kind in unasked if kind not in NETWORKS or available())
    state.change(models=possible, model=None)
    state.submit(needs.training)


def _cannot_train(names: dict[str, str]) -> bool:
    """Say why networks cannot be trained on this machine, where that is so; return whether one of them is chosen."""
    reason = available().reason
    if reason is None:
        return False
    said = _("Not for training here: {models}. {reason}").format(
        models=", ".join(names[kind] for kind in NETWORKS), reason=words.say(reason)
    )
    chosen = any(kind in state.study().need.models for kind in NETWORKS)
    if chosen:
        # a sentence inside an f-string would not be collected for translation
        said += " " + _("Take them out of the models to train the others.")
    st.info(said)
    return chosen

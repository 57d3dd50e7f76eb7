"""Training on the Need screen: which models, as a job with progress and cancel."""

from collections.abc import Collection

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from medalloc.need.comparison.unasked import compared_unasked, left_out
from medalloc.need.models.amount_catalogue import AMOUNTS
from medalloc.need.models.catalogue import CATALOGUE, NETWORKS
from medalloc.networks.backend import available
from medalloc.study.parts import Need
from medalloc.study.steps import needs
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import numbers, palette, runs, words
from medalloc.ui.kit.words import _
from medalloc.ui.need import catalogue, losses


def model_names() -> dict[str, str]:
    """Return what each model is called."""
    return {kind: words.say(each.name) for kind, each in CATALOGUE.items()}


def controls(chosen: Need, rows: int) -> None:
    """Let the visitor choose models and train them as a job that survives page switches and refreshes.

    Parameters
    ----------
    chosen : Need
        What was chosen.
    rows : int
        Rows of the table. [count]
    """
    names = model_names()
    st.pills(
        _("Models to train"),
        list(names),
        format_func=names.__getitem__,
        selection_mode="multi",
        help=_("Logistic regression is the baseline: a model that cannot beat it is not worth its complexity."),
        **state.bound(at.study.need.models),
    )
    cannot = _cannot_train(names, chosen.models)
    catalogue.settings(names, chosen.models, chosen.model_options)
    with _beside_seed():
        _buttons(rows, cannot=cannot or not chosen.models)
    not_compared = left_out(rows, chosen.models)
    if not_compared is not None:
        st.caption(words.say(not_compared))


def controls_of_amounts(options: catalogue.Options) -> None:
    """Let the visitor train every model of amounts, as they take little time.

    Parameters
    ----------
    options : mapping
        Options of models that differ from the usual ones, by kind.
    """
    catalogue.settings({kind: words.say(each.name) for kind, each in AMOUNTS.items()}, AMOUNTS, options)
    with _beside_seed():
        _train_button(busy=runs.is_busy("training"))


def _beside_seed() -> DeltaGenerator:
    """Show the seed, and return the place beside it."""
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    numbers.asked(
        _("Seed"),
        at.study.need.seed,
        place=left,
        low=0,
        high=2**31 - 1,
        step=1,
        help=_("The same seed gives the same split and the same result."),
    )
    return right


def progress(*, older: bool) -> None:
    """Show how far the training is, and whether what is shown is of another table, recipe or models."""
    runs.show(
        "training",
        cancelled=_("The last training was cancelled."),
        lost=_("The last training was lost when the server ended; train again."),
        more=lambda now: losses.live(now, model_names()),
    )
    if older:
        st.warning(
            _(
                "Table, recipe or models have changed since this training: the results below are out of date. "
                "Train again."
            )
        )


def _buttons(rows: int, *, cannot: bool) -> None:
    """Offer to train what is chosen, or everything."""
    busy = runs.is_busy("training")
    with st.container(horizontal=True):
        _train_button(busy=busy or cannot)
        st.button(
            _("Compare all"),
            icon=":material/leaderboard:",
            on_click=_compare_all,
            args=(rows,),
            disabled=state.locked(busy),
            help=_("Train every model on the same folds, and say which can be told apart."),
        )


def _train_button(*, busy: bool) -> None:
    st.button(
        _("Train"),
        type=palette.main_button(),
        icon=":material/play_arrow:",
        on_click=runs.submit,
        args=(needs.training,),
        disabled=state.locked(busy),
    )


def _compare_all(rows: int) -> None:
    """Train the models that this machine can, on many rows the quick ones; the verdict decides which is looked at."""
    possible = tuple(kind for kind in compared_unasked(rows) if kind not in NETWORKS or available())
    state.change(models=possible, model=None)
    runs.submit(needs.training)


def _cannot_train(names: dict[str, str], models: Collection[str]) -> bool:
    """Say why networks cannot be trained on this machine, where that is so; return whether one of them is chosen."""
    reason = available().reason
    if reason is None:
        return False
    said = _("Not for training here: {models}. {reason}").format(
        models=words.together([names[kind] for kind in NETWORKS]), reason=words.say(reason)
    )
    chosen = any(kind in models for kind in NETWORKS)
    if chosen:
        # a sentence inside an f-string would not be collected for translation
        said += " " + _("Take them out of the models to train the others.")
    st.info(said)
    return chosen

"""Keep the chosen model, and use a kept one on a new file."""

import streamlit as st

from medalloc.need.persistence.model_file import KeptModel, load_model, model_bytes
from medalloc.study.steps import needs
from medalloc.ui import state
from medalloc.ui.data import file_choice
from medalloc.ui.kit import layout, words
from medalloc.ui.kit.words import _
from medalloc.ui.need import explained, scored
from medalloc.ui.need.training import model_names


def section() -> None:
    """Let the visitor keep the chosen model and score a file with it or with one that was kept."""
    st.subheader(_("Use a model on another file"), anchor=False)
    st.caption(
        _(
            "A kept model needs neither its table nor a new training: it predicts the rows of any file with the same "
            "columns, and says where that file does not fit."
        )
    )
    here = _trained_here()
    left, right = st.columns(2, gap="large")
    with left:
        _uploader("kept_model", _("A kept model"), ["medalloc"], _("A file that “Keep this model” gave you."))
        if here is not None:
            _offer_model(here)
    with right:
        _uploader(
            "scored",
            _("File to predict"),
            file_choice.FILE_KINDS,
            _("With the columns the model learned from; need is not."),
        )
    with layout.failures_as_sentences():
        model = _model(here)
        if model is None:
            st.info(_("Train a model above, or choose one that was kept."))
            return
        _which(model)
        if state.look().scored_file is not None:
            scored.result(model)


def _trained_here() -> KeptModel | None:
    chosen = state.ask(needs.assessment)
    return None if chosen is None else explained.trained(chosen)


def _uploader(name: str, label: str, kinds: list[str], explained: str) -> None:
    """Show an uploader; what is taken stays in use until another file is chosen."""
    st.file_uploader(label, type=kinds, key=f"{name}_upload", on_change=_take, args=(name,), help=explained)


def _take(name: str) -> None:
    upload = state.widget(f"{name}_upload")
    field = {"kept_model": "kept_model", "scored": "scored_file"}[name]
    if upload is not None:
        more = {"scored_region": scored.SUGGESTED} if name == "scored" else {}
        state.change(**{field: state.keep_file(upload.getvalue()), f"{name}_name": upload.name, **more})


def _offer_model(model: KeptModel) -> None:
    st.download_button(
        _("Keep this model"),
        data=lambda: model_bytes(model),
        file_name=f"{model.choice.kind}.medalloc",
        mime="application/octet-stream",
        on_click="ignore",
        icon=":material/save:",
        key="keep_model",
        help=_("One file with the model, its preparation and its ranges, and without any row of the table."),
    )


def _model(here: KeptModel | None) -> KeptModel | None:
    kept = state.look().kept_model
    if kept is None:
        return here
    return state.keep(_loaded, kept)


def _loaded(sha256: str) -> KeptModel:
    return load_model(state.uploaded(sha256))


def _which(model: KeptModel) -> None:
    """Say which model is used, and let the visitor go back from a kept one to the one above."""
    kept = state.look().kept_model is not None
    st.caption(
        _("Model in use: {model}, learned from {table} on {day}, seed {seed}.").format(
            model=model_names().get(model.choice.kind, model.choice.kind),
            table=words.escape(model.training.table),
            day=model.training.date[:10],
            seed=model.choice.seed,
        )
    )
    if kept:
        st.button(
            _("Stop using {name}").format(name=words.escape(state.look().kept_model_name)),
            on_click=lambda: state.change(kept_model=None, kept_model_name=""),
            icon=":material/close:",
            key="stop_kept_model",
        )

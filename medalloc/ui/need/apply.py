"""Keep the chosen model, and use a kept one on a new file."""

import streamlit as st

from medalloc.need.models.amount_catalogue import EVERY_KIND
from medalloc.need.persistence.contents import contents
from medalloc.need.persistence.kept_model import KeptModel
from medalloc.need.persistence.model_file import load_model, model_bytes
from medalloc.ui import brought, state
from medalloc.ui.kit import layout, uploads, words
from medalloc.ui.kit.words import _
from medalloc.ui.need import scored


def section(here: KeptModel | None) -> None:
    """Let the visitor keep the chosen model, where one was trained here, and score a file with it or another."""
    st.subheader(_("Use a model on another file"), anchor=False)
    st.caption(
        _(
            "A saved model needs neither its table nor a new training: it predicts the rows of any file "
            "with the same columns, and says where that file does not fit."
        )
    )
    left, right = st.columns(2, gap="large")
    with left:
        uploads.uploader(
            _("A saved model"),
            "kept_model_upload",
            _take_model,
            kinds=["medalloc"],
            help=_("A file that “Keep this model” gave you."),
        )
        if here is not None:
            _offer_model(here)
    with right:
        uploads.uploader(
            _("File to predict"),
            "scored_upload",
            _take_file,
            help=_("With the columns the model learned from; need is not."),
        )
    with layout.failures_as_sentences():
        model = _model(here)
        if model is None:
            st.info(_("Choose a model that was kept, or train one on a table of patients."))
            return
        _which(model)
        if state.look().scored_file is not None:
            scored.result(model)


def _take_model(content: bytes, name: str) -> None:
    state.change(kept_model=brought.keep_file(content), kept_model_name=name)


def _take_file(content: bytes, name: str) -> None:
    state.change(scored_file=brought.keep_file(content), scored_name=name, scored_region=scored.SUGGESTED)


def _offer_model(model: KeptModel) -> None:
    name = f"{model.choice.kind}.medalloc"
    note = state.exporting(name)

    def kept() -> bytes:
        note()
        return model_bytes(model)

    st.download_button(
        _("Keep this model"),
        data=kept,
        file_name=name,
        mime="application/octet-stream",
        on_click="ignore",
        icon=":material/save:",
        key="keep_model",
        help=_("One file with the model, its preparation and its ranges."),
    )
    st.caption(words.say(contents(model.fitted.model)))


def _model(here: KeptModel | None) -> KeptModel | None:
    kept = state.look().kept_model
    if kept is None:
        return here
    return state.keep(_loaded, kept)


def _loaded(sha256: str) -> KeptModel:
    return load_model(brought.uploaded(sha256))


def _which(model: KeptModel) -> None:
    """Say which model is used, and let the visitor go back from a kept one to the one above."""
    kept = state.look().kept_model is not None
    st.caption(
        _("Model in use: {model}, learned from {table} on {day}, seed {seed}.").format(
            model=words.say(EVERY_KIND[model.choice.kind].name),
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

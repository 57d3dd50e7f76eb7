"""The card of the chosen model, on the screen and as a file."""

from datetime import date

import streamlit as st

from medalloc.need.evaluation.amount_assessment import AnyAssessment
from medalloc.need.persistence.card import card as card_of
from medalloc.need.persistence.card import title
from medalloc.need.persistence.kept_model import KeptModel
from medalloc.report.documents import as_html, as_markdown, markdown_body
from medalloc.ui import state
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _


def card(of: AnyAssessment, model: KeptModel | None) -> None:
    """Show what a model is, what it learned from, how good it is and where its limits are."""
    if model is None:
        return
    heading, sections = title(model), card_of(model, of)
    with st.expander(_("Model card"), icon=":material/badge:", key="model_card"):
        st.markdown(markdown_body(sections, words.plainly).replace("## ", "##### "))
        name = f"model_card_{of.choice.kind}_{date.fromisoformat(model.training.date[:10]):%Y%m%d}"
        with st.container(horizontal=True):
            st.download_button(
                _("Download HTML"),
                data=lambda: as_html(heading, sections, words.plainly, language=state.look().language).encode(),
                file_name=f"{name}.html",
                mime="text/html",
                on_click="ignore",
                icon=":material/download:",
                key="card_html",
            )
            st.download_button(
                _("Download Markdown"),
                data=lambda: as_markdown(heading, sections, words.plainly).encode(),
                file_name=f"{name}.md",
                mime="text/markdown",
                on_click="ignore",
                icon=":material/download:",
                key="card_md",
            )

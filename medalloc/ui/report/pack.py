"""The report that was made: its files to take away, and its pages to look at."""

from collections.abc import Callable
from functools import partial

import streamlit as st

from medalloc.report.forms import FORMS
from medalloc.report.task import Pack
from medalloc.ui import state
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _

FIRST = 4
"""Pages that are shown at once. [count]"""


def show(pack: Pack, name: str, *, older: bool, holds_patients: bool) -> None:
    """Offer every form for download, and show the pages."""
    if older:
        st.info(_("This report was made of earlier choices; make it again to have those of now."))
    st.subheader(_("The report"), anchor=False)
    with st.container(horizontal=True):
        for form, mime in FORMS.items():
            if form == "pdf" and holds_patients and not state.allowed("export patients"):
                # the table may be attached to it
                continue
            st.download_button(
                _("Download {form}").format(form=form.upper()),
                data=partial(_taken, pack, form, state.exporting(f"{name}.{form}")),
                file_name=f"{name}.{form}",
                mime=mime,
                on_click="ignore",
                icon=":material/download:",
                key=f"report_{form}",
            )
    st.caption(
        _("The PDF holds its study: “medalloc verify” reckons every number of it again. No form asks the internet.")
    )
    _pages(pack.pages[:FIRST], 1, len(pack.pages))
    if len(pack.pages) > FIRST and st.toggle(_("Show all pages"), key="report_all_pages"):
        _pages(pack.pages[FIRST:], FIRST + 1, len(pack.pages))


def _taken(pack: Pack, form: str, note: Callable[[], None]) -> bytes:
    note()
    return pack.form(form)


def _pages(pages: list[bytes], first: int, count: int) -> None:
    for start in range(0, len(pages), 2):
        for place, page in zip(st.columns(2), enumerate(pages[start : start + 2]), strict=False):
            number = words.number(first + start + page[0])
            text = _("Page {number} of {count}").format(number=number, count=words.number(count))
            place.container(border=True).image(page[1], width="stretch", alt=text)
            place.caption(text)

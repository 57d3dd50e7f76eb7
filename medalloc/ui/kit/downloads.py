"""Download what you see."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from medalloc.report.tables import as_csv, as_xlsx
from medalloc.safety.roles import Action
from medalloc.ui import state
from medalloc.ui.kit import headers
from medalloc.ui.kit.words import _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    name: str,
    *,
    key: str,
    action: Action = "export",
    as_it_is: bool = False,
) -> None:
    """Offer a table as CSV and XLSX, with headers in the visitor's language; made only when somebody asks for them.

    Parameters
    ----------
    action : str
        What somebody must be allowed to do: another one where its rows are patients.
    as_it_is : bool
        Whether headers stay, because the table is to be read again or has rows of somebody's own file.
    """
    headed = (lambda whole: whole) if as_it_is else headers.in_the_language()

    def made(form: str) -> pd.DataFrame:
        notes[form]()
        return headed(frame() if callable(frame) else frame)

    if not state.allowed(action):
        return
    notes = {form: state.exporting(f"{name}.{form}") for form in ("csv", "xlsx")}

    with st.container(horizontal=True):
        st.download_button(
            _("Download CSV"),
            data=lambda: as_csv(made("csv")),
            file_name=f"{name}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key=f"{key}_csv",
        )
        st.download_button(
            _("Download XLSX"),
            data=lambda: as_xlsx(made("xlsx")),
            file_name=f"{name}.xlsx",
            mime=XLSX,
            on_click="ignore",
            icon=":material/download:",
            key=f"{key}_xlsx",
        )

"""Download what you see."""

import pandas as pd
import streamlit as st

from medalloc.report.tables import as_csv, as_xlsx
from medalloc.ui.kit.words import _

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def offer(frame: pd.DataFrame, name: str, *, key: str) -> None:
    """Offer a table as CSV and XLSX; the files are made only when somebody asks for them.

    Parameters
    ----------
    frame : DataFrame
        The table as it is shown.
    name : str
        File name without its ending.
    key : str
        Tells this pair of buttons from others on the screen.
    """
    with st.container(horizontal=True):
        st.download_button(
            _("Download CSV"),
            data=lambda: as_csv(frame),
            file_name=f"{name}.csv",
            mime="text/csv",
            on_click="ignore",
            icon=":material/download:",
            key=f"{key}_csv",
        )
        st.download_button(
            _("Download XLSX"),
            data=lambda: as_xlsx(frame),
            file_name=f"{name}.xlsx",
            mime=XLSX,
            on_click="ignore",
            icon=":material/download:",
            key=f"{key}_xlsx",
        )

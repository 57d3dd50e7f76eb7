"""Part of the Data screen: what says who patients are is taken away before anything is made of the table."""

from collections.abc import Mapping
from pathlib import PurePath
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.disclosure.anonymity import Anonymity, anonymity, suggested_columns
from medalloc.disclosure.pseudonyms import TREATMENTS, Pseudonymised, Treatment, new_key, pseudonymised, suggested
from medalloc.errors import InputError
from medalloc.report.tables import as_csv
from medalloc.sentences import Sentence, sentence
from medalloc.study.parts import Data
from medalloc.tables.table import Table
from medalloc.ui import brought, state
from medalloc.ui.data import file_choice
from medalloc.ui.kit import layout, pressed, printed, uploads, words
from medalloc.ui.kit.words import _

CONTROL = "pseudonyms"

NAMES: Mapping[Treatment, Sentence] = {
    "keep": sentence("keep as it is"),
    "pseudonym": sentence("pseudonym"),
    "band": sentence("band of ten"),
    "month": sentence("month only"),
    "leave out": sentence("leave out"),
}


def section(table: Table, chosen: Data, regions: str | None) -> None:
    """Let the visitor say what is done to each column, and go on with the table without names.

    Parameters
    ----------
    table : Table
        As it is used.
    chosen : Data
        What was chosen about it.
    regions : str, optional
        The table of regions beside it, which stays.
    """
    if table.kind != "patients":
        return
    folded: Any = uploads.folded(_("Take names out of the table"), CONTROL, key="take_names_out", on_change="rerun")
    with folded, layout.failures_as_sentences():
        if not folded.open:
            return
        st.markdown(
            _(
                "Identifiers become pseudonyms with a key that is kept nowhere, ages bands of ten years, dates their "
                "month; names and free text go. The file that was given is then deleted from this workspace, with "
                "everything that was learned from it, unless another study uses it."
            )
        )
        treatments = _treatments(table)
        without = state.keep(_tried, table, tuple(treatments.items()))
        _alike(without, treatments, table.roles)
        pressed.button(
            _("Go on without names"),
            *(_replace, table, chosen, treatments, regions),
            key="pseudonymise",
            icon=":material/person_off:",
        )
        uploads.tell(CONTROL)


def _treatments(table: Table) -> dict[str, Treatment]:
    """Show every column with what is done to it, and return what stands."""
    told = {words.plainly(said): treatment for treatment, said in NAMES.items()}
    names = {treatment: said for said, treatment in told.items()}
    first = state.keep(suggested, table.frame, table.roles)
    shown = printed.editor(
        pd.DataFrame({"column": list(first), "treatment": [names[each] for each in first.values()]}),
        disabled=["column"],
        column_config={
            "column": st.column_config.TextColumn(_("Column")),
            "treatment": st.column_config.SelectboxColumn(
                _("What is done to it"), options=[names[each] for each in TREATMENTS], required=True
            ),
        },
        key=f"treatments_{state.look().language}",
    )
    return {str(row.column): told[str(row.treatment)] for row in shown.itertuples()}


def _tried(table: Table, treatments: tuple[tuple[str, Treatment], ...]) -> Pseudonymised:
    return pseudonymised(table.frame, dict(treatments), b"to try it")


def _alike(without: Pseudonymised, treatments: Mapping[str, Treatment], roles: Mapping[str, str]) -> None:
    """Say how well patients hide among each other afterwards."""
    columns = suggested_columns(without.frame, treatments, roles)
    known = st.multiselect(
        _("What others may know of a patient"), list(map(str, without.frame.columns)), default=columns
    )
    if known:
        found: Anonymity = state.keep(anonymity, without.frame, tuple(known))
        st.markdown(words.say(found.said()))


def _replace(table: Table, chosen: Data, treatments: Mapping[str, Treatment], regions: str | None) -> None:
    with uploads.refusing(CONTROL):
        made = pseudonymised(table.frame, treatments, new_key())
        if made.frame.empty:
            raise InputError(sentence("Nothing of the table would be left; keep at least one column."))
        name = f"{PurePath(chosen.file_name).stem or 'patients'}_without_names.csv"
        roles = {column: role for column, role in table.roles.items() if column in made.frame.columns}
        before = state.study_here()
        file_choice.start_over(brought.keep_file(as_csv(made.frame)), name, regions=regions, roles=roles)
        state.take_away(before)

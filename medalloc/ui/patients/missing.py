"""What is missing for a list, what it goes by while no model is trained, and how it is made."""

import pandas as pd
import streamlit as st

from medalloc.priority.waiting import NEED, Waiting
from medalloc.tables.table import Table
from medalloc.ui.data import file_choice
from medalloc.ui.kit import layout, palette, samples
from medalloc.ui.kit.words import _


def said(table: Table | None) -> None:
    """Say that patients are missing, and offer the sample of patients who wait."""
    if table is None:
        st.info(_("There is no table yet: choose a sample or your own file."))
    else:
        st.info(_("The table in use is one of regions; a list of priority needs one of patients, a row each."))
    st.button(
        _("Take the sample of patients waiting"),
        type=palette.main_button(),
        icon=":material/play_arrow:",
        on_click=file_choice.take_sample,
        args=(samples.WAITING,),
        help=samples.caveat(samples.WAITING),
    )
    layout.lead_to("data", _("Go to {screen}").format(screen=_("Data")))


def model(waiting: Waiting, *, older: bool) -> None:
    """Say whether a trained model's probability of need is among the columns."""
    if NEED in waiting.table.frame.columns and older:
        st.info(_("The probabilities of need follow from an earlier training: train again on Need."))
    elif NEED not in waiting.table.frame.columns and waiting.table.column("need") is not None:
        st.caption(_("Once a model is trained on Need, its probability of need can give points, too."))


def numbers(waiting: Waiting) -> list[str]:
    """Return the columns of numbers, by which a list can go."""
    frame = waiting.table.frame
    return [str(each) for each in frame if pd.api.types.is_numeric_dtype(frame[each])]


def method() -> tuple[str, ...]:
    """Say how the list is made."""
    return (
        _(
            "The score of a patient is the sum of the points; the band or the score decides, then the time waited, "
            "then a lot that is drawn from the seed and the patient's id alone. No number that decides is hidden: the "
            "table and its download hold them all."
        ),
        _(
            "Reserved units go to patients of their category by the smart reserve rule (Pathak, Sönmez, Ünver and "
            "Yenmez 2023; Aziz and Brandl 2024): as many as possible reach those they are for, nobody is passed over "
            "for somebody behind them, no unit stays while somebody waits who may have it, and who rises does not lose."
        ),
        _(
            "Patients go to facilities by a flow of least cost: of all placements of those who get a unit, one with "
            "the least travel in all. So nobody can be sent nearer without sending others further by as much or more."
        ),
        _("It orders a list; it decides nothing. A clinician who knows more decides otherwise, and says why."),
    )

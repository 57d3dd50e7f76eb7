"""What would turn the answer for one patient, and which training patients were alike."""

import re
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.need.explanation.neighbours import Neighbours, nearest
from medalloc.need.explanation.smallest_change import SmallestChange, change_in_words, smallest_change
from medalloc.need.explanation.subject import Subject
from medalloc.need.training.target import read_need
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, printed, words
from medalloc.ui.kit.words import _
from medalloc.ui.need.effects import written

NEAREST = 10
"""Training patients that are shown beside one."""

FIXED = re.compile(
    r"(?:^|[\W_])(?:age|sex|gender|birth|born|race|ethnic(?:ity)?|region|county|country|state|province|district|city"
    r"|last_year|previous|prior|history|ever)(?:$|[\W_])|年龄|性别|出生|民族|种族|地区|区域|省|市|县|去年|既往|病史",
    re.IGNORECASE,
)
"""Words in the names of columns that nobody can change, or that lie in the past; a first guess to be corrected."""


def smallest(subject: Subject, cells: pd.DataFrame) -> None:
    """Say the smallest change that crosses the threshold."""
    st.markdown(f"**{_('What would turn the answer')}**")
    chosen = state.look().changeable
    if chosen is None or not set(chosen) <= set(subject.features):
        state.change(changeable=tuple(name for name in subject.features if not FIXED.search(name)))
    st.multiselect(
        _("Columns that could change"),
        subject.features,
        help=_("Mark only what a patient or a clinic can change; the search leaves everything else as it is."),
        **state.bound(at.look.changeable),
    )
    threshold, may_change = state.look().threshold, state.look().changeable or ()
    found: SmallestChange = state.keep(smallest_change, subject, cells, may_change, threshold=threshold)
    st.markdown(words.say(change_in_words(found, threshold, cell)))
    said = _("Every value that occurs among the training patients was tried in every marked column alone.")
    if len(found.steps) != 1 and len(may_change) > 1:
        said += " " + (
            _("Then every pair of values of two columns.")
            if found.every_pair
            else _("Then two columns together, with at most 30 values of each: a smaller pair may exist.")
        )
    st.caption(said + " " + _("It says what moves the model, not what would move the patient's health."))


def alike(subject: Subject, cells: pd.DataFrame) -> None:
    """Show the nearest training patients and who of them was in need."""
    found = state.keep(nearest, subject, cells, NEAREST)
    need = need_of(subject)[found.rows]
    st.markdown(
        "**{}** {}".format(
            _("Similar patients."),
            words.counted(
                "Of the {count} training patient most like this one, {in_need} were in need.",
                "Of the {count} training patients most like this one, {in_need} were in need.",
                len(found.rows),
            ).format(count=words.number(len(found.rows)), in_need=words.number(int((need == 1).sum()))),
        )
    )
    _neighbours(subject, found, [in_need(each) for each in need])


def _neighbours(subject: Subject, found: Neighbours, need: list[str]) -> None:
    column = subject.table.column("patient id")
    ids = {} if column is None else {"patient": subject.table.frame[column].iloc[found.rows].astype(str).tolist()}
    shown = pd.DataFrame(
        {
            **ids,
            "row": found.rows + 1,
            "need": need,
            "distance": found.distance,
            **{
                f"feature {name}": [written(each) for each in subject.cells[name].iloc[found.rows].tolist()]
                for name in subject.features
            },
        }
    )
    config = {f"feature {name}": st.column_config.TextColumn(name) for name in subject.features}
    printed.grid(
        shown,
        column_config={
            "patient": st.column_config.TextColumn(_("Patient"), pinned=True),
            "row": st.column_config.NumberColumn(_("Row"), format="localized"),
            "need": st.column_config.TextColumn(_("Observed")),
            "distance": st.column_config.NumberColumn(
                _("Distance"),
                format="%.2f",
                help=_("In standard deviations of numbers; another level of a text counts 1."),
            ),
            **config,
        },
        alt=_("Training patients most like this one"),
    )
    downloads.offer(shown, "patients_alike", key="patients_alike", action="export patients")


def need_of(subject: Subject) -> Any:
    """Return the need of every row of the table: 1, 0, or -1 where it is not known."""
    return state.keep(read_need, subject.table).values


def in_need(value: int) -> str:
    """Return need in words."""
    return {1: _("in need"), 0: _("not in need")}.get(int(value), _("not known"))


def cell(value: object) -> object:
    """Return a number as one, so that it is written as the visitor does, and everything else in words."""
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else written(value)

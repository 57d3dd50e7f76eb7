"""Rows that are sums of others: what is done with them, and which level of a hierarchy is planned for."""

import streamlit as st

from medalloc.tables.summary_rows import Summaries
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _


def summed(found: Summaries) -> None:
    """Let the visitor decide about summary rows; nothing is shown where there are none.

    Parameters
    ----------
    found : Summaries
        What was found in the table in use.
    """
    if not found.sure and not found.doubtful:
        return
    names = {
        "auto": _("leave out those that surely are"),
        "keep": _("keep every row as a region"),
        "leave out": _("leave out the doubtful ones, too"),
    }
    left, right = st.columns(2)
    left.selectbox(
        _("Rows that are sums of others"),
        [each for each in names if found.doubtful or each != "leave out"],
        format_func=names.__getitem__,
        help=_("A total or a province above its districts would count the same people twice."),
        **state.bound(at.study.data.summary_rows),
    )
    if len(found.levels) > 1:
        right.selectbox(
            _("Plan for"),
            list(range(len(found.levels))),
            format_func=lambda level: words.counted(
                "level {level}: {count} region", "level {level}: {count} regions", int(found.levels[level].sum())
            ).format(level=level, count=words.number(int(found.levels[level].sum()))),
            **state.bound(at.study.data.region_level),
        )


def first(table: Table) -> None:
    """Let the visitor say which people count more; nothing is shown where no column weighs them."""
    name = table.column("value")
    if name is None:
        return
    orders = {"larger": _("where the number is larger"), "smaller": _("where it is smaller: 1 is first")}
    st.selectbox(
        _("By “{column}”, people count more").format(column=words.escape(name)),
        list(orders),
        format_func=orders.__getitem__,
        help=_("A priority of 1 is often the highest one; a severity of 1 the lowest."),
        **state.bound(at.study.data.value_order),
    )


def notes(came_in: Table, used: Table) -> None:
    """Say which rows of the table that came in are not regions of the table in use."""
    for note in used.notes[len(came_in.notes) :]:
        st.info(words.say(note))

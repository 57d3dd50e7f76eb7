"""Numbers that are sums of others, or multiples: what is done with them, and which level is planned for."""

from collections.abc import Mapping

import streamlit as st

from medalloc.study.parts import Data
from medalloc.tables.named_units import multiple_of
from medalloc.tables.plain_counts import COUNTED
from medalloc.tables.summary_rows import Summaries
from medalloc.tables.table import Table
from medalloc.tables.taken_for import NOT_USED, TAKEN
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _


def multiples(table: Table, roles: Mapping[str, str], chosen: Data) -> None:
    """Let the visitor say what numbers are multiples of; nothing is shown where nobody speaks of that.

    Parameters
    ----------
    table : Table
        As it came in.
    roles : mapping
        Role of every column as it is now.
    chosen : Data
        What was chosen about it.
    """
    if table.source.multiple == 1 and chosen.multiple is None:
        return
    names = {
        1: _("as they stand"),
        1_000: _("thousands"),
        10_000: _("ten thousands"),
        100_000: _("hundred thousands (lakhs)"),
        1_000_000: _("millions"),
        10_000_000: _("ten millions (crores)"),
    }
    counted = [name for name, role in roles.items() if role.partition(":")[0] in COUNTED and multiple_of(name)[1] == 1]
    left, right = st.columns(2)
    left.selectbox(
        _("Numbers are in"),
        [None, *names],
        format_func=lambda each: names.get(each, _("not said: as they stand")),
        placeholder=_("not said: as they stand"),
        help=_("A line above the table speaks of multiples; whether its numbers are, and which, only you can tell."),
        **state.bound(at.study.data.multiple),
    )
    right.multiselect(
        _("In these columns"),
        list(dict.fromkeys((*counted, *chosen.multiplied))),
        placeholder=_("all that count people or units"),
        **state.bound(at.study.data.multiplied),
    )


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
        # the roles stand below, to be changed
        if note.template not in (TAKEN, NOT_USED):
            st.info(words.say(note))

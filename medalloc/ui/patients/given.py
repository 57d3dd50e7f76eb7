"""How many units there are, where patients can go, and which other rule the list is held against."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.priority.placing import Placement
from medalloc.priority.rule import Factor, Rule, Term
from medalloc.priority.suggesting import LOTTERY
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import numbers, printed, uploads, words
from medalloc.ui.kit.words import _

OTHER, OWN = "", "\0own"


def units(now: int, chosen: int | None) -> None:
    """Let the visitor say how many units there are."""
    numbers.asked(
        _("Units to give"),
        at.study.priority.units_given,
        low=0,
        step=1,
        placeholder=words.number(now) if chosen is None else None,
        help=_("Beds, places or appointments; each patient waits for one. Leave blank for a first guess."),
    )


def other_rule(rule: Mapping[str, Any] | None, columns: Sequence[str], waiting: str) -> None:
    """Let the visitor say which rule the list is held against."""
    known: dict[str, Rule] = {OTHER: LOTTERY}
    if waiting:
        known[f"\0{waiting}"] = Rule("Time waiting", waiting=waiting)
    known |= {each: Rule(each, terms=(Term(1.0, (Factor(each),)),), waiting=waiting) for each in columns}
    now = next((key for key, each in known.items() if each.to_json() == rule), OTHER if rule is None else OWN)
    said = {OTHER: _("a lottery among all"), f"\0{waiting}": _("time waiting"), OWN: _("the rule of my file")}
    st.selectbox(
        _("Compare with"),
        [*known, *([OWN] if now == OWN else [])],
        format_func=lambda key: said.get(key) or _("{column}, highest first").format(column=key),
        help=_("Who would get a unit by this rule stands beside each decision."),
        **state.bound(
            at.study.priority.other_rule,
            shown=lambda _rule: now,
            read=lambda key: rule if key == OWN else None if key == OTHER else known[key].to_json(),
        ),
    )


def facilities(placed: Placement | None, name: str) -> None:
    """Let the visitor give facilities, and say how they are used."""
    label = _("Facilities: {name}").format(name=words.escape(name)) if name else _("Send patients to facilities")
    with uploads.folded(label, "facilities_upload"):
        if placed is not None:
            st.markdown(in_words(placed))
            _taken(placed)
        uploads.tables(
            _("Table of facilities"),
            "facilities_upload",
            _take,
            help=_(
                "Name and places, and latitude and longitude, as points in GeoJSON have them, or, for each region of "
                "the patients, a column of travel times."
            ),
        )
        if name:
            numbers.asked(
                _("Longest travel"),
                at.study.priority.longest_way,
                low=0.0,
                placeholder=_("no limit"),
                help=_("In kilometres as the crow flies, or in the unit of the table. Leave blank if not applicable."),
            )
            label = _("Take the facilities out")
            st.button(label, icon=":material/close:", type="tertiary", on_click=_use, args=(None, ""))


def _taken(placed: Placement) -> None:
    own = placed.facilities
    shown = pd.DataFrame({"facility": own.names, "places": own.places, "taken": placed.taken()})
    titles = {"facility": _("Facility"), "places": _("Places"), "taken": _("Taken")}
    printed.grid(shown, column_config=titles, alt=_("Facilities with their places"))


def in_words(placed: Placement) -> str:
    """Say how good a placement is."""
    taken = placed.taken()
    said = _("Patients placed: {patients}; facilities: {facilities}. Their travel adds up to {total} {unit}, {proof}.")
    proof = _("and no other placement of them has less") if placed.status == "optimal" else _("not proved the least")
    return said.format(
        patients=words.number(int(taken.sum())),
        facilities=words.number(int((taken > 0).sum())),
        total=words.number(placed.value, 0),
        unit=words.say(placed.facilities.unit),
        proof=proof,
    )


def _take(file: str, table: Table) -> None:
    _use(file, table.source.name)


def _use(file: str | None, name: str) -> None:
    state.change(facilities_file=file, facilities_name=name)

"""What demand takes in beds, hours and money: an editable table of conversions, and what follows from it."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.allocation.problem import Resource
from medalloc.demand import Demand
from medalloc.demand.conversions import Conversion, PersonsToUnits
from medalloc.demand.forecasting.expecting import Expected
from medalloc.demand.units import UnitsNeeded, converted, units_needed
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, editors, layout, numbers, printed, words
from medalloc.ui.kit.words import _

Conversions = tuple[Mapping[str, Any], ...]

HOURS_A_DAY = 24.0
COLUMNS = ("resource", "unit", "requirement", "stay_hours", "occupancy", "at_once")
EXAMPLES = (
    Conversion("beds", "beds", stay_hours=84.0, occupancy=0.85, at_once=True),
    Conversion("nursing", "hours", requirement=0.25, stay_hours=84.0, occupancy=0.8),
    Conversion("money", "money", requirement=4000.0),
)
"""For illustration: a bed for three and a half days, a quarter of an hour of nursing for each hour of stay."""


def title() -> str:
    """Return what this part of the screen is called."""
    return _("Resource requirements")


def section(
    demand: Demand | Expected,
    conversions: Conversions | None,
    placed: tuple[Resource, ...],
    days: float | None = None,
) -> None:
    """Let the visitor say how persons become units, and show what meeting all demand would take.

    Parameters
    ----------
    conversions : tuple of mapping, optional
        As they were chosen; None for examples.
    days : float, optional
        Length of the period; asked for when left out. [days]
    """
    if days is None:
        days = numbers.asked(
            _("Length of the period [days]"),
            at.study.demand.period_days,
            low=1.0,
            step=1.0,
            format="%g",
            help=_("The time in which these people come; beds are free again after each stay."),
        )
    with layout.failures_as_sentences():
        rows = _edited(conversions)
        given = PersonsToUnits(HOURS_A_DAY * days, tuple(Conversion(**row) for row in rows))
        found = needed(demand, given)
        _totals(found)
        _by_region(found)
        _take_over(given, placed)


def needed(demand: Demand | Expected, given: PersonsToUnits) -> UnitsNeeded:
    """Return the units that meeting all demand takes."""
    if isinstance(demand, Demand):
        return state.keep(units_needed, demand, given)
    return state.keep(converted, demand, (demand.total_low, demand.total_high), given)


def _edited(chosen: Conversions | None) -> tuple[Mapping[str, Any], ...]:
    """Show the conversions in a table and return them as they stand."""
    now = tuple(asdict(each) for each in EXAMPLES) if chosen is None else tuple(dict(each) for each in chosen)
    edited, says = editors.edited(
        "conversions_editor",
        now,
        lambda: pd.DataFrame(list(now), columns=list(COLUMNS)).assign(
            resource=lambda frame: frame["resource"].map(words.resource),
            occupancy=lambda frame: 100 * frame["occupancy"],
            at_once=lambda frame: frame["at_once"].astype(bool),
        ),
        lambda frame: _read(frame, [each["resource"] for each in now]),
        num_rows="dynamic",
        column_config=_columns(),
        alt=_("How people become units of each resource"),
    )
    if chosen is None:
        st.caption(_("These conversions are examples; replace them with your own."))
    if says != now and len(edited.dropna(subset=["resource"])) == len(edited):
        state.change(conversions=says)
        st.rerun()
    return now


def _columns() -> dict[str, Any]:
    """Return how the columns of the conversions are shown."""
    column = st.column_config
    return {
        "resource": column.TextColumn(_("Resource"), required=True),
        "unit": column.TextColumn(_("Counted in"), default="units"),
        "requirement": column.NumberColumn(
            _("One person uses"),
            min_value=0.0,
            default=1.0,
            format="localized",
            help=_("Units at once, in all, or for each hour of stay."),
        ),
        "stay_hours": column.NumberColumn(
            _("Length of stay [hours]"), min_value=0.0, format="localized", help=_("Leave blank if not applicable.")
        ),
        "occupancy": column.NumberColumn(
            _("Occupancy target [%]"),
            min_value=1.0,
            max_value=100.0,
            default=100.0,
            format="%.0f",
            help=_("What may be in use, so that those who come by chance find room."),
        ),
        "at_once": column.CheckboxColumn(
            _("Free again after a stay"), default=False, help=_("Beds are; hours and money are used up.")
        ),
    }


def _read(frame: pd.DataFrame, names: Sequence[str]) -> tuple[dict[str, Any], ...]:
    """Return the conversions of an edited table; what is empty is as usual."""
    rows = []
    for row in frame.dropna(subset=["resource"]).to_dict("records"):
        known = {name: None if pd.isna(value) else value for name, value in row.items()}
        rows.append(
            {
                "resource": words.stored(known["resource"], names),
                "unit": str(known["unit"] or "units"),
                "requirement": 1.0 if known["requirement"] is None else float(known["requirement"]),
                "stay_hours": None if known["stay_hours"] is None else float(known["stay_hours"]),
                "occupancy": 1.0 if known["occupancy"] is None else float(known["occupancy"]) / 100,
                "at_once": bool(known["at_once"]),
            }
        )
    return tuple(rows)


def _totals(found: UnitsNeeded) -> None:
    parts = [
        _("{units} {unit} ({low} to {high})").format(
            units=words.number(mean, 0),
            unit=words.escape(words.resource(each.unit)),
            low=words.number(low, 0),
            high=words.number(high, 0),
        )
        for each, mean, low, high in zip(
            found.conversions, found.total_mean, found.total_low, found.total_high, strict=True
        )
    ]
    said = _("Meeting all of it takes {units}, with {level} chance of each range.")
    st.markdown(said.format(units="; ".join(parts), level=words.percent(found.level)))


def _by_region(found: UnitsNeeded) -> None:
    shown = found.frame().assign(resource=lambda frame: frame["resource"].map(words.resource))
    with st.expander(_("By region")):
        printed.grid(
            shown,
            column_config={
                "resource": st.column_config.TextColumn(_("Resource"), pinned=True),
                "unit": st.column_config.TextColumn(_("Counted in")),
                "region": st.column_config.TextColumn(_("Region")),
                "mean": st.column_config.NumberColumn(_("Expected [units]"), format="%,.1f"),
                "low": st.column_config.NumberColumn(_("Low end [units]"), format="%,.1f"),
                "high": st.column_config.NumberColumn(_("High end [units]"), format="%,.1f"),
            },
            alt=_("Units needed by region and resource"),
        )
        downloads.offer(shown, "units_needed", key="units_needed")


def _take_over(given: PersonsToUnits, start: tuple[Resource, ...]) -> None:
    """Offer to plan with what one person takes according to these conversions."""
    if not start:
        return
    uses = dict(zip((each.resource for each in given.conversions), given.units_per_person.tolist(), strict=True))
    known = [each.name for each in start if each.name in uses]
    if not known:
        st.caption(
            _("The resources on the Allocate screen have other names: {names}.").format(
                names=words.escape(words.resource(", ".join(each.name for each in start)))
            )
        )
        return
    changed = tuple(replace(each, requirement=uses.get(each.name, each.requirement)) for each in start)
    st.button(
        _("Plan with these requirements of {names}").format(names=words.escape(", ".join(known))),
        icon=":material/input:",
        on_click=state.change,
        kwargs={"resources": tuple(vars(each) for each in changed)},
        disabled=state.locked(changed == start),
        help=_("Sets what one served person uses on the Allocate screen."),
    )

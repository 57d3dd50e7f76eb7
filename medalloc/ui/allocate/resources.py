"""Parts of the Allocate screen that say what there is to place: the table of resources, and a file in its place."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.allocation.problem import Resource
from medalloc.allocation.problem.resource_table import resource_frame, resources_from_table
from medalloc.ui import state
from medalloc.ui.kit import downloads, editors, uploads
from medalloc.ui.kit.words import _

MAIN = ("name", "stock", "requirement", "unit_cost")
MORE = ("space", "whole", "movable", "move_cost", "stands_in_for", "productivity", "stand_in_share", "length_of_stay")
SHARES = ("movable", "stand_in_share")
"""Fractions that are shown in percent."""


def table(now: tuple[Resource, ...], *, examples: bool) -> None:
    """Let the visitor say what there is to place, what one served person uses, and what else may be done with it.

    Parameters
    ----------
    now : tuple of Resource
        As they stand.
    examples : bool
        Whether nobody has chosen them yet.
    """
    _main(now)
    if examples:
        st.caption(_("These stocks and requirements are examples; put in your own."))
    with st.expander(_("More about each resource"), key="more_about_resources", on_change="rerun") as more:
        if more.open and now:
            _more(now)
            st.divider()
            _file(now)


def take(resources: tuple[Resource, ...]) -> None:
    """Choose these resources."""
    state.change(resources=tuple(vars(each) for each in resources))


def _main(now: tuple[Resource, ...]) -> None:
    said = tuple((each.name, each.stock, each.requirement, each.unit_cost) for each in now)
    edited, says = editors.edited(
        "resources_editor",
        said,
        lambda: pd.DataFrame(list(said), columns=list(MAIN)),
        lambda frame: tuple(
            (str(name), float(stock), float(uses), float(costs))
            for name, stock, uses, costs in frame.dropna().itertuples(index=False)
        ),
        num_rows="dynamic",
        column_config=_main_columns(),
        alt=_("Resources to place"),
    )
    complete = edited.dropna()
    if len(complete) < len(edited):
        count = len(edited) - len(complete)
        st.warning(_("Rows that do not count yet because a number is missing: {count}.").format(count=count))
    called: dict[Any, str] = dict(complete["name"].astype(str).items())
    names = state.since_last("resource names", called, {})
    if says != said:
        take(carried(complete, now, names))
        st.rerun()


def carried(complete: pd.DataFrame, now: tuple[Resource, ...], names: Mapping[Any, str]) -> tuple[Resource, ...]:
    """Return the resources of an edited table; what the table does not show goes on, also under a new name.

    Parameters
    ----------
    complete : DataFrame
        Columns ``name``, ``stock``, ``requirement``, ``unit_cost``.
    now : tuple of Resource
        As they stood.
    names : mapping
        What the rows were called, by index.
    """
    known = {each.name: each for each in now}
    renamed, found = {}, []
    for row in complete.itertuples():
        before = known.get(str(row.name)) or known.get(names.get(row.Index, "")) or Resource(str(row.name), 0.0)
        renamed[before.name] = str(row.name)
        new = replace(
            before,
            name=str(row.name),
            stock=float(row.stock),  # type: ignore[arg-type]
            requirement=float(row.requirement),  # type: ignore[arg-type]
            unit_cost=float(row.unit_cost),  # type: ignore[arg-type]
        )
        found.append(new)
    # whom a unit stands in for is known by name; one that is gone can no longer be helped out
    return tuple(replace(each, stands_in_for=renamed.get(each.stands_in_for, "")) for each in found)


def _main_columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "name": column.TextColumn(_("Resource"), required=True),
        "stock": column.NumberColumn(
            _("Stock [units]"), help=_("Units there are to place."), min_value=0.0, format="localized", required=True
        ),
        "requirement": column.NumberColumn(
            _("Per person [units]"),
            help=_("Units one served person uses."),
            min_value=0.0,
            required=True,
            format="%g",
        ),
        "unit_cost": column.NumberColumn(
            _("Cost [money]"),
            help=_("Money for one placed unit."),
            min_value=0.0,
            format="localized",
            required=True,
            default=0.0,
        ),
    }


def _more(now: tuple[Resource, ...]) -> None:
    said = tuple((each.name, *(getattr(each, name) for name in MORE)) for each in now)
    _edited, says = editors.edited(
        "more_resources_editor",
        said,
        lambda: _shown(now),
        lambda frame: tuple(_read(row) for row in frame.to_dict("records")),
        num_rows="fixed",
        disabled=["name"],
        column_config=_more_columns([each.name for each in now]),
        alt=_("More about each resource"),
    )
    if says != said:
        more = {name: dict(zip(MORE, values, strict=True)) for name, *values in says}
        take(tuple(replace(each, **more.get(each.name, {})) for each in now))
        st.rerun()


def _shown(now: tuple[Resource, ...]) -> pd.DataFrame:
    rows = [{name: getattr(each, name) for name in ("name", *MORE)} for each in now]
    for row in rows:
        row |= {name: round(100 * row[name], 10) for name in SHARES}
        row["stands_in_for"] = row["stands_in_for"] or None
    frame = pd.DataFrame(rows)
    kinds = {name: "float64" for name in MORE if name not in ("whole", "stands_in_for")}
    return frame.astype({**kinds, "whole": "bool", "stands_in_for": "str"})


def _read(row: Mapping[Any, Any]) -> tuple[Any, ...]:
    """Return a row as the values of a resource; an empty cell is what a resource is by default."""
    values: dict[str, Any] = {name: None if pd.isna(row[name]) else row[name] for name in MORE}
    values |= {name: round(values[name] / 100, 12) for name in SHARES if values[name] is not None}
    usual = Resource("", 0.0)
    return (
        str(row["name"]),
        *(getattr(usual, name) if value is None else _plain(value) for name, value in values.items()),
    )


def _plain(value: Any) -> Any:
    return value if isinstance(value, bool | str) else value.item() if hasattr(value, "item") else value


def _more_columns(names: list[str]) -> dict[str, Any]:
    column = st.column_config
    share: dict[str, Any] = {"min_value": 0.0, "max_value": 100.0, "format": "%g"}
    amount: dict[str, Any] = {"min_value": 0.0, "format": "localized"}
    return {
        "name": column.TextColumn(_("Resource"), pinned=True),
        "space": column.NumberColumn(
            _("Space [space/unit]"), help=_("Room that one placed unit takes of the space of its region."), **amount
        ),
        "whole": column.CheckboxColumn(
            _("Whole units"), help=_("Tick when half a unit cannot be placed: a bed, but not an hour of work.")
        ),
        "movable": column.NumberColumn(
            _("Movable [%]"), help=_("Share of all existing units that may be taken to another region."), **share
        ),
        "move_cost": column.NumberColumn(
            _("Moving cost [money/unit]"), help=_("Money for taking one existing unit to another region."), **amount
        ),
        "stands_in_for": column.SelectboxColumn(
            _("Stands in for"),
            help=_("Resource whose work these units can do as well, as nurses for doctors; blank for none."),
            options=names,
        ),
        "productivity": column.NumberColumn(
            _("Productivity [units/unit]"),
            help=_("How many units of that resource one of these replaces: 0.5 means that two replace one."),
            min_value=0.0,
            format="%g",
        ),
        "stand_in_share": column.NumberColumn(
            _("Share [%]"),
            help=_("Largest share of a person's need of that resource which may be met in this way."),
            **share,
        ),
        "length_of_stay": column.NumberColumn(
            _("Length of stay [hours]"),
            help=_("Mean time for which a person keeps one unit busy; needed for waits only, blank for none."),
            min_value=0.0,
            format="%g",
        ),
    }


def _file(now: tuple[Resource, ...]) -> None:
    """Offer the table of resources for download, and take one from a file."""
    downloads.offer(resource_frame(now), "resources", key="resources")
    uploads.uploader(
        _("Or take a table of resources from a file"),
        "resources_upload",
        lambda content, name: take(resources_from_table(state.table_in(content, name))),
        help=_("One row a resource, with the columns of the downloaded table; only name and stock must be there."),
    )

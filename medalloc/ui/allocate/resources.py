"""Parts of the Allocate screen that say what there is to place: the table of resources, and a file in its place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.problem import Resource
from medalloc.allocation.problem.counted_whole import comes_whole
from medalloc.allocation.problem.resource_table import resource_frame, resources_from_table
from medalloc.quantities import RESOURCES
from medalloc.sentences import Sentence
from medalloc.ui import state
from medalloc.ui.kit import downloads, editors, printed, uploads, words
from medalloc.ui.kit.words import _

MAIN = tuple(each for each in RESOURCES if each.field in ("name", "stock", "requirement", "unit_cost"))
MORE = tuple(each for each in RESOURCES if each not in MAIN)


def assumptions(now: tuple[Resource, ...], assumed: Sequence[Sentence], *, examples: bool) -> None:
    """Say what there is to place on paper, and everywhere which of it nobody has confirmed.

    Parameters
    ----------
    now : tuple of Resource
        As they stand.
    assumed : sequence of Sentence
        Which requirements nobody has confirmed.
    examples : bool
        Whether nobody has chosen the resources yet.
    """
    told = _("{resource}: {stock} to place; one person uses {requirement}")
    printed.lines(
        [
            told.format(resource=one.name, stock=words.number(one.stock), requirement=words.number(one.requirement))
            for one in now
        ]
    )
    # beside what is folded, which nobody may open
    first = [_("These stocks and requirements are examples; replace them with your own.")] if examples else []
    if remarks := [*first, *(words.say(each) for each in assumed)]:
        st.caption("  \n".join(remarks))


def sources(now: tuple[Resource, ...], confirmed: Mapping[str, str]) -> None:
    """Let the visitor confirm what a person takes of each resource, by saying where the number is from."""
    known = [each.name for each in now]
    said = tuple((name, confirmed.get(name, "")) for name in known)
    _edited, says = editors.edited(
        "requirement_sources_editor",
        said,
        lambda: pd.DataFrame(
            {
                "name": [words.resource(each.name) for each in now],
                "requirement": [each.requirement for each in now],
                "source": pd.array([confirmed.get(each.name) for each in now], "str"),
            }
        ),
        lambda frame: tuple(
            (words.stored(name, known), "" if pd.isna(source) else str(source).strip())
            for name, source in frame[["name", "source"]].itertuples(index=False)
        ),
        num_rows="fixed",
        disabled=["name", "requirement"],
        column_config={
            "name": st.column_config.TextColumn(_("Resource")),
            "requirement": st.column_config.NumberColumn(_("Requirement [units/person]")),
            "source": st.column_config.TextColumn(
                _("Source"), help=_("A study, a guideline, or whose estimate it is. With it the number is confirmed.")
            ),
        },
        alt=_("Where the requirements are from"),
    )
    st.caption(_("Without a source a default stays an assumption, on this screen, in commands and in the report."))
    if says != said:
        numbers = {each.name: each.requirement for each in now}
        state.change(requirement_sources=tuple((name, numbers[name], source) for name, source in says if source))
        st.rerun()


def take(resources: tuple[Resource, ...]) -> None:
    """Choose these resources."""
    state.change(resources=tuple(vars(each) for each in resources))


def table(now: tuple[Resource, ...]) -> None:
    """Let the visitor say what there is to place, and what one served person uses of it."""
    known = [each.name for each in now]
    said = tuple(tuple(getattr(each, one.field) for one in MAIN) for each in now)
    edited, says = editors.edited(
        "resources_editor",
        said,
        lambda: pd.DataFrame(list(said), columns=[one.field for one in MAIN]).assign(
            name=lambda frame: frame["name"].map(words.resource)
        ),
        lambda frame: tuple(
            (words.stored(name, known), *map(float, numbers))
            for name, *numbers in frame.dropna().itertuples(index=False)
        ),
        num_rows="dynamic",
        column_config={
            "name": st.column_config.TextColumn(_("Resource"), required=True),
            **{
                each.field: editors.column(each, required=True, default=0.0 if each.field == "unit_cost" else None)
                for each in MAIN[1:]
            },
        },
        alt=_("Resources to place"),
    )
    complete = edited.dropna()
    if len(complete) < len(edited):
        count = len(edited) - len(complete)
        st.warning(_("Rows that do not count yet because a number is missing: {count}.").format(count=count))
    complete = complete.assign(name=[words.stored(each, known) for each in complete["name"]])
    called: dict[Any, str] = dict(complete["name"].items())
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
        before = known.get(str(row.name)) or known.get(names.get(row.Index, "")) or _new(str(row.name))
        renamed[before.name] = str(row.name)
        numbers: dict[str, Any] = {each.field: float(getattr(row, each.field)) for each in MAIN[1:]}
        found.append(replace(before, name=str(row.name), **numbers))
    # whom a unit stands in for is known by name; one that is gone can no longer be helped out
    return tuple(replace(each, stands_in_for=renamed.get(each.stands_in_for, "")) for each in found)


def _new(name: str) -> Resource:
    return Resource(name, 0.0, whole=comes_whole(name))


def more(now: tuple[Resource, ...]) -> None:
    """Let the visitor say what else may be done with each resource, or take a file that says all of it."""
    said = tuple((each.name, *(getattr(each, one.field) for one in MORE)) for each in now)
    _edited, says = editors.edited(
        "more_resources_editor",
        said,
        lambda: _shown(now),
        lambda frame: tuple(_read(row, [each.name for each in now]) for row in frame.to_dict("records")),
        num_rows="fixed",
        disabled=["name"],
        column_config=_more_columns([each.name for each in now]),
        alt=_("More about each resource"),
    )
    if says != said:
        more = {name: dict(zip((each.field for each in MORE), values, strict=True)) for name, *values in says}
        take(tuple(replace(each, **more.get(each.name, {})) for each in now))
        st.rerun()
    st.divider()
    _file(now)


def _shown(now: tuple[Resource, ...]) -> pd.DataFrame:
    columns: dict[str, Any] = {"name": [words.resource(each.name) for each in now]}
    for one in MORE:
        values = [getattr(each, one.field) for each in now]
        if one.limits is not None:
            columns[one.field] = editors.shown(one, np.array(values, dtype=np.float64))
        else:
            columns[one.field] = values if one.field == "whole" else pd.array([each or None for each in values], "str")
    return pd.DataFrame(columns)


def _read(row: Mapping[Any, Any], known: Sequence[str] = ()) -> tuple[Any, ...]:
    """Return a row as the values of a resource; an empty cell is what a resource is by default."""
    usual = Resource("", 0.0)
    return words.stored(row["name"], known), *(
        getattr(usual, each.field)
        if pd.isna(row[each.field])
        else row[each.field]
        if each.limits is None
        else editors.read(each, float(row[each.field]))
        for each in MORE
    )


def _more_columns(names: list[str]) -> dict[str, Any]:
    whole, stands_in_for = (each for each in MORE if each.limits is None)
    return {
        "name": st.column_config.TextColumn(_("Resource"), pinned=True),
        whole.field: st.column_config.CheckboxColumn(_("Whole units"), help=editors.help_of(whole)),
        stands_in_for.field: st.column_config.SelectboxColumn(
            _("Substitutes for"),
            help=editors.help_of(stands_in_for),
            options=names,
            format_func=lambda name: words.resource(str(name)),
        ),
        **{each.field: editors.column(each) for each in MORE if each.limits is not None},
    }


def _called(name: str | float | bool) -> str:
    return words.resource(str(name))


def _file(now: tuple[Resource, ...]) -> None:
    """Offer the table of resources for download, and take one from a file."""
    downloads.offer(resource_frame(now), "resources", key="resources", as_it_is=True)
    uploads.tables(
        _("Or take a table of resources from a file"),
        "resources_upload",
        lambda _file, table: take(resources_from_table(table)),
        help=_("One row a resource, with the columns of the downloaded table; only name and stock must be there."),
    )

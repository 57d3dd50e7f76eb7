"""Part of the Allocate screen in which the numbers of the regions are changed by hand."""

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.problem import Problem
from medalloc.allocation.problem.overriding import Overrides, region_columns, set_numbers
from medalloc.quantities import quantity_of
from medalloc.ui import state
from medalloc.ui.kit import editors
from medalloc.ui.kit.words import _

ALMOST = 1e-9
"""Difference, in the shown unit, from which on a number counts as changed."""


def changed(base: Problem, now: Overrides) -> None:
    """Say how many numbers of the regions were changed by hand, and let the visitor take all of it back.

    Parameters
    ----------
    base : Problem
        With the numbers of the file.
    now : mapping
        What was changed by hand.
    """
    if count := number_of_changes(base, now):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_("Numbers of regions that differ from the file: {count}.").format(count=count))
            st.button(
                _("Take all edits back"),
                icon=":material/undo:",
                type="tertiary",
                on_click=take_back,
                disabled=state.locked(),
            )


def take_back() -> None:
    """Go back to the numbers of the file."""
    state.change(region_changes={})


def number_of_changes(base: Problem, changes: Overrides) -> int:
    """Return how many numbers differ from those of a table."""
    before, after = region_columns(base), region_columns(base)
    set_numbers(after, base.regions, changes)
    return sum(int((~np.isclose(before[role], after[role], rtol=0, equal_nan=True)).sum()) for role in before)


def table(base: Problem, now: Overrides) -> None:
    """Let the visitor change the numbers of the regions."""
    st.caption(
        _("An emptied limit, lock, requirement or cost means that there is none; any other is the file's number again.")
    )
    as_in_file, known = shown(base, {}), restricted(base, now)
    _frame, says = editors.edited(
        "regions_editor",
        known,
        lambda: shown(base, known),
        lambda frame: differences(as_in_file, frame),
        num_rows="fixed",
        disabled=["region"],
        column_config={
            "region": st.column_config.TextColumn(_("Region"), pinned=True),
            **{role: editors.column(quantity_of(role), role.partition(":")[2]) for role in as_in_file.columns[1:]},
        },
        alt=_("Numbers of the regions"),
    )
    if says != known:
        state.change(region_changes=says)
        st.rerun()


def restricted(base: Problem, changes: Overrides) -> dict[str, dict[str, float | None]]:
    """Return the changes that are about regions and numbers which the problem has."""
    regions, roles = set(base.regions), set(region_columns(base))
    kept = {
        region: {role: number for role, number in numbers.items() if role in roles}
        for region, numbers in changes.items()
        if region in regions
    }
    return {region: numbers for region, numbers in kept.items() if numbers}


def shown(base: Problem, changes: Overrides) -> pd.DataFrame:
    """Return the numbers of the regions as they are edited: floors in percent, nothing where there is no limit."""
    columns = region_columns(base)
    set_numbers(columns, base.regions, changes)
    columns = {role: editors.shown(quantity_of(role), column) for role, column in columns.items()}
    plain = {role: np.where(np.isfinite(column), column, np.nan) for role, column in columns.items()}
    return pd.DataFrame({"region": list(base.regions), **plain})


def differences(as_in_file: pd.DataFrame, edited: pd.DataFrame) -> dict[str, dict[str, float | None]]:
    """Return what an edited table changes of the file's, by region and role."""
    regions = as_in_file["region"].tolist()
    found: dict[str, dict[str, float | None]] = {}
    for role in as_in_file.columns[1:]:
        before, after = (frame[role].to_numpy(dtype=np.float64, na_value=np.nan) for frame in (as_in_file, edited))
        emptied = np.isnan(after) & ~np.isnan(before) & quantity_of(role).may_be_nothing
        different = ~np.isnan(after) & ~(np.abs(after - before) <= ALMOST * np.maximum(1.0, np.abs(before)))
        for row in np.flatnonzero(emptied | different).tolist():
            number = None if emptied[row] else editors.read(quantity_of(role), float(after[row]))
            found.setdefault(regions[row], {})[role] = number
    return found

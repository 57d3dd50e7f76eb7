"""Regions that are picked: on a map, in a table or by name; tables and charts of all screens show them alone."""

import hashlib
from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _

PICKED = "picked"
"""Name of the selection on every map."""


def picked(regions: Sequence[str]) -> list[str]:
    """Return the regions that are picked; none where all are shown."""
    known = set(state.look().picked)
    return [each for each in regions if each in known]


def of_picked(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows of a frame, by its column ``region``, of what is picked; all where nothing is."""
    chosen = picked(frame["region"].tolist())
    return frame[frame["region"].isin(chosen)] if chosen else frame


def by_name(regions: Sequence[str]) -> None:
    """Offer the regions by name, for the keyboard and for those that are small on the map."""
    if len(regions) > 1:
        st.multiselect(
            _("Regions shown"),
            regions,
            placeholder=_("All: pick on the map, in a table, or by name"),
            help=_("Tables and bars show only what is picked; sums are of all regions. Shift and click picks several."),
            # what is picked of other tables stays picked there
            **state.bound(
                at.look.picked,
                shown=lambda now: [each for each in regions if each in now],
                read=lambda now: (*(each for each in state.look().picked if each not in set(regions)), *now),
            ),
        )


def said(regions: Sequence[str]) -> None:
    """Say above a table that it holds only what is picked."""
    if chosen := picked(regions):
        st.caption(_("Only what is picked: {regions}.").format(regions=words.escape(", ".join(chosen))))


def on_map(key: str, regions: Sequence[str]) -> dict[str, Any]:
    """Return the arguments that let a map pick regions.

    What the browser holds as picked on a map starts over when something else was picked elsewhere.
    """
    mine, turn = state.last(f"picks of {key}", None) or ((), 0)
    if mine and set(mine) != set(picked(regions)):
        mine, turn = (), turn + 1
        state.last(f"picks of {key}", (mine, turn))
    return {
        "key": f"{key}_{turn}",
        "on_select": partial(_adopt_map, key, turn, tuple(regions)),
        "selection_mode": PICKED,
    }


def _adopt_map(key: str, turn: int, regions: tuple[str, ...]) -> None:
    rows = state.widget(f"{key}_{turn}")["selection"].get(PICKED, [])
    now = tuple(str(each["region"]) for each in rows if "region" in each)
    state.last(f"picks of {key}", (now, turn))
    _pick(now, regions)


def in_table(shown: pd.DataFrame, name: str) -> tuple[pd.DataFrame, dict[str, Any]]:
    """Return the rows of a table that are shown, and the arguments that let its ticks pick regions.

    Where the picks are its own ticks, all rows stay, so that more can be ticked; else only what is picked.
    """
    regions = shown["region"].tolist()
    chosen, key = picked(regions), key_of(name, regions)
    ticked = _ticked(key, regions) if state.has_widget(key) else []
    if chosen and set(chosen) != set(ticked):
        return shown[shown["region"].isin(chosen)], {
            "key": key_of(name, chosen),
            "on_select": "rerun",
            "selection_mode": "multi-row",
        }
    return shown, {
        "key": key,
        "on_select": partial(_adopt_table, key, tuple(regions)),
        "selection_mode": "multi-row",
    }


def key_of(name: str, regions: Sequence[str]) -> str:
    """Return a key that changes with the order of rows, by which a table knows what is ticked."""
    return f"{name}_" + hashlib.sha256("\n".join(regions).encode()).hexdigest()[:12]


def _adopt_table(key: str, regions: tuple[str, ...]) -> None:
    _pick(tuple(_ticked(key, regions)), regions)


def _ticked(key: str, regions: Sequence[str]) -> list[str]:
    return [regions[row] for row in state.widget(key)["selection"]["rows"] if row < len(regions)]


def _pick(now: tuple[str, ...], regions: Sequence[str]) -> None:
    here = set(regions)
    state.change(picked=(*(each for each in state.look().picked if each not in here), *now))

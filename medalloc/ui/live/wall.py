"""The wall display: what a control room reads from across the room, with nothing to press but the way out."""

import math
from dataclasses import dataclass
from html import escape
from pathlib import Path

import streamlit as st

from medalloc.live.levels import Level
from medalloc.live.watch import Told
from medalloc.ui import state
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _
from medalloc.ui.live import moves, shown

TILES, MOVES = 24, 5
"""Regions and moves that a wall has room for. [count]"""

RANK = {"high": 0, "raised": 1, "usual": 2, "unknown": 3}


def show(found: Told) -> None:
    """Show the answer, the figures, a tile for each region and the moves that serve the most."""
    st.html(Path(__file__).with_name("wall.css"))
    st.title(_("Live"), anchor=False)
    st.markdown(shown.answer(found))
    shown.figures(found)
    st.html(f'<div class="wall">{"".join(map(_tile, standing(found)[:TILES]))}</div>')
    left_over = len(found.levels) - TILES
    if left_over > 0:
        st.caption(_("Further regions, all quieter than these: {count}.").format(count=words.number(left_over)))
    for move in found.replan.moves[:MOVES]:
        st.markdown(f"**{words.escape(move.to)}** ← {words.escape(moves.what(move))}")


def leave() -> None:
    """Offer the way back."""
    st.button(
        _("Leave the wall display"),
        key="live_wall_leave",
        icon=":material/close_fullscreen:",
        on_click=state.change,
        kwargs={"live_wall": False},
    )


def offer() -> None:
    """Offer the wall display."""
    st.button(
        _("Wall display"),
        key="live_wall",
        icon=":material/fullscreen:",
        on_click=state.change,
        kwargs={"live_wall": True},
        help=_("Dark and large, without controls, for a screen that everybody in the room sees."),
    )


@dataclass(frozen=True)
class Standing:
    """How a region stands."""

    name: str
    level: Level
    alarm: bool
    number: str
    """The newest that came in, in words."""

    said: str
    """Its level, and whether it is in alarm or silent, in words."""


def standing(found: Told) -> list[Standing]:
    """Return how regions stand, those in alarm first, then by level."""
    names, told = shown.level_names(), shown.numbers(found)
    order = sorted(
        zip(found.replan.problem.regions, found.levels, strict=True),
        key=lambda each: (each[0] not in found.alarms, RANK[each[1]], each[0]),
    )
    stood = []
    for name, level in order:
        known, alarm = told.get(name, math.nan), name in found.alarms
        said = [names[level]]
        said += [_("alarm")] * alarm + [_("not heard from")] * (name in found.silent)
        number = "–" if math.isnan(known) else words.number(known, 0 if known.is_integer() else 1)
        stood.append(Standing(name, level, alarm, number, ", ".join(said)))
    return stood


def _tile(each: Standing) -> str:
    return (
        f'<div class="tile {each.level}{" alarm" if each.alarm else ""}"><span>{escape(each.name)}</span>'
        f"<strong>{escape(each.number)}</strong><small>{escape(each.said)}</small></div>"
    )

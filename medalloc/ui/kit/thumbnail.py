"""A small picture of a study's map, kept with the study for lists of studies."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.errors import MedallocError
from medalloc.geography.boundaries import BoundarySet
from medalloc.geography.extent import beyond_the_mainland, corners, views
from medalloc.geography.matching import Ground, Places, find_places
from medalloc.geography.outlines import Box, paths
from medalloc.saved import read_file, write_file
from medalloc.ui import kept, state
from medalloc.ui.kit import colours, palette, small_maps
from medalloc.ui.kit.words import _
from medalloc.workspace.workspace import PICTURES

WIDTH = 96
"""On a screen, where three of its pixels are one. [pixels]"""

ACROSS, DOWN = 288, 168
"""Width and height of the picture. [its pixels]"""

CORNER = 42
"""Width and height of what lies far away, at the lower left. [its pixels]"""

LARGEST, SMALLEST = 18.0, 4.0
"""Radius of the circle of a place without a boundary. [its pixels]"""

EDGE = 3
"""What is left around everything. [its pixels]"""


def keep(plan: Plan, ground: Ground, *, anew: bool = True) -> None:
    """Keep a picture of the plan of the study in use; nothing where no place is known, or for very many regions."""
    place = _place(state.study_here())
    if (anew or not place.exists()) and state.allowed("change"):
        # a list of studies goes without a picture that cannot be written
        with suppress(MedallocError):
            state.keep(_kept, place, plan, ground, palette.shade())


def show(study: str, name: str) -> None:
    """Show the picture that is kept of a study, if there is one."""
    with suppress(MedallocError, OSError):
        picture = read_file(_place(study)).decode()
        st.image(picture, width=WIDTH, alt=_("Coverage on the map of {study}").format(study=name))


def _place(study: str) -> Path:
    return kept.workspace().folder / PICTURES / f"{study}.svg"


def _kept(place: Path, plan: Plan, ground: Ground, _shade: str) -> None:
    found = state.keep(find_places, plan.problem.regions, ground)
    drawn = None if len(plan.problem.regions) > small_maps.MOST else picture(plan, found, ground.points)
    if drawn is None:
        place.unlink(missing_ok=True)
    else:
        write_file(place, drawn.encode(), private=True)


def picture(plan: Plan, found: Places | None, points: pd.DataFrame | None) -> str | None:
    """Return the coverage of a plan on its map as SVG, None where no place is known.

    It is drawn by hand, as what draws charts takes a hundred times longer and keeps all visitors waiting meanwhile.
    """
    cuts = colours.breaks(plan.coverage, (0.0, 1.0), colours.STEPS)
    shades = np.array(colours.between(cuts))[np.searchsorted(cuts, plan.coverage, side="right")]
    if found is not None and found.ids:
        filled = dict(zip(plan.problem.regions, shades.tolist(), strict=True))
        return _svg(_regions(found.boundary_set, {place: filled[region] for region, place in found.ids.items()}))
    if points is None:
        return None
    shown = pd.DataFrame({"region": plan.problem.regions, "shade": shades, "size": plan.problem.demand})
    known = shown.merge(points, on="region")
    return None if known.empty else _svg(_circles(known))


def _svg(parts: Sequence[str]) -> str:
    size = f'width="{ACROSS}" height="{DOWN}" viewBox="0 0 {ACROSS} {DOWN}"'
    line = f'stroke="{palette.OUTLINE[palette.shade()]}" stroke-width="0.5"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {line}>{"".join(parts)}</svg>'


def _regions(of: BoundarySet, filled: Mapping[str, str]) -> list[str]:
    """Return regions in their colours on the land around them, and those far away in corners of their own."""
    seen = {place: around for place, around in corners(of).items() if place in filled}
    main, apart = views(seen)
    far = [each.regions for each in apart]
    beyond = [place for place, around in seen.items() if of.projection and beyond_the_mainland({place: around})]
    if 0 < len(beyond) < len(seen):
        far = [frozenset({place}) for place in beyond]
        main = views({place: around for place, around in seen.items() if place not in beyond})[0]
    here = frozenset(seen).difference(*far)
    parts = _filled(
        paths(of, here, main, (EDGE, EDGE, ACROSS - 2 * EDGE, DOWN - 2 * EDGE)), filled, frozenset().union(*far)
    )
    for number, group in enumerate(far):
        box: Box = (EDGE + number * (CORNER + EDGE), DOWN - CORNER - EDGE, CORNER, CORNER)
        lines = paths(of, group, views({place: seen[place] for place in group})[0], box)
        parts += _filled({place: lines[place] for place in group}, filled)
    return parts


def _filled(lines: Mapping[str, str], filled: Mapping[str, str], without: frozenset[str] = frozenset()) -> list[str]:
    of_shade: dict[str, str] = defaultdict(str)
    for place, path in lines.items():
        if place not in without:
            of_shade[filled.get(place, palette.LAND[palette.shade()])] += path
    return [f'<path fill="{shade}" d="{path}"/>' for shade, path in of_shade.items()]


def _circles(known: pd.DataFrame) -> list[str]:
    """Return a circle for every place, the largest below."""
    at = known[["longitude", "latitude"]].to_numpy(float)
    at = at * (np.cos(np.radians(at[:, 1].mean())), 1)
    low, high = at.min(axis=0), at.max(axis=0)
    room = np.array([ACROSS, DOWN]) - 2 * (LARGEST + EDGE)
    scale = float((room / np.maximum(high - low, 1e-3)).min())
    places = (at - (low + high) / 2) * (scale, -scale) + (ACROSS / 2, DOWN / 2)
    size = known["size"].to_numpy()
    radius = np.maximum(LARGEST * np.sqrt(size / max(float(size.max()), 1e-9)), SMALLEST)
    drawn = zip(known["shade"].tolist(), places.tolist(), radius.tolist(), strict=True)
    return [
        f'<circle fill="{shade}" cx="{x:.1f}" cy="{y:.1f}" r="{wide:.1f}"/>'
        for shade, (x, y), wide in sorted(drawn, key=lambda each: -each[2])
    ]

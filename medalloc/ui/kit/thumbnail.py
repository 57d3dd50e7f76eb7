"""A small picture of a study's map, kept with the study for lists of studies."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.errors import MedallocError
from medalloc.geography.matching import Ground, find_places
from medalloc.report.charts import as_png
from medalloc.saved import read_file, write_file
from medalloc.ui import brought, kept, state
from medalloc.ui.kit import colours, dots, maps, small_maps
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _
from medalloc.workspace.workspace import PICTURES

WIDTH, HEIGHT, FINER = 96, 56, 3
"""On a screen [pixels], and how many of its pixels stand for one there."""


def keep(plan: Plan, ground: Ground, *, anew: bool = True) -> None:
    """Keep a picture of the plan of the study in use; nothing where no place is known, or for very many regions."""
    place = _place(state.study_here())
    if (anew or not place.exists()) and state.allowed("change"):
        # a list of studies goes without a picture that cannot be written
        with suppress(MedallocError):
            state.keep(_kept, place, plan, ground)


def show(study: str, name: str) -> None:
    """Show the picture that is kept of a study, if there is one."""
    with suppress(MedallocError, OSError):
        st.image(read_file(_place(study)), width=WIDTH, alt=_("Coverage on the map of {study}").format(study=name))


def _place(study: str) -> Path:
    return kept.workspace().folder / PICTURES / f"{study}.png"


def _kept(place: Path, plan: Plan, ground: Ground) -> None:
    drawn = None if len(plan.problem.regions) > small_maps.MOST else _drawn(plan, ground)
    if drawn is None:
        place.unlink(missing_ok=True)
        return
    sized = drawn.chart().properties(width=WIDTH * FINER, height=HEIGHT * FINER).configure(background="transparent")
    picture = as_png(_without_legend(sized.to_dict()), brought.boundaries_at)
    write_file(place, picture, private=True)


def _without_legend(part: Any) -> Any:
    """Return what is drawn without its legends, which nobody could read at that size."""
    if isinstance(part, list):
        return [_without_legend(each) for each in part]
    if not isinstance(part, dict):
        return part
    return {name: None if name == "legend" else _without_legend(each) for name, each in part.items()}


def _drawn(plan: Plan, ground: Ground) -> Sketch | None:
    shown = pd.DataFrame({"region": plan.problem.regions, "value": plan.coverage, "extra0": plan.problem.demand})
    cuts = colours.breaks(plan.coverage, (0.0, 1.0), colours.STEPS)
    picture = maps.Picture("", ".0%", (0.0, 1.0), extra=("",), cuts=cuts)
    found = state.keep(find_places, plan.problem.regions, ground)
    if found is not None and found.ids:
        if found.boundary_set.shapes:
            brought.serve_boundaries(found.boundary_set)
        return maps.choropleth(shown, found, picture)
    known = None if ground.points is None else shown.merge(ground.points, on="region")
    return None if known is None or known.empty else dots.circles(known, picture)

"""Parts of the Demand screen where a table of regions says itself how much care each one needs."""

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.problem import Problem
from medalloc.geography.matching import Ground
from medalloc.tables.order import highest_first
from medalloc.ui.kit import charts, downloads, layout, maps, picking, pictures, printed, regional, words
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _

MANY = 25
"""Regions up to which each is drawn; the table shows all. [count]"""


def figures(problem: Problem) -> None:
    """Show how much is expected, and of how many who live there."""
    shown = [layout.Figure(_title(), words.number(float(problem.demand.sum()), 0))]
    if problem.population is not None and (problem.population > 0).all():
        share = problem.demand / problem.population
        most = int(highest_first(problem.regions, share)[0])
        everybody = float(problem.demand.sum() / problem.population.sum())
        shown += [
            layout.Figure(_("In need, of all who live there"), words.percent(everybody, 1)),
            layout.Figure(
                _("Highest share in need"),
                words.percent(float(share[most]), 1),
                below=words.escape(problem.regions[most]),
            ),
        ]
    layout.figures(shown)
    st.caption(_("These numbers stand in the table of regions: nothing is learned, and they have no interval."))


def on_the_map(problem: Problem, ground: Ground) -> None:
    """Show the demand on a map."""
    picture = maps.Picture(_title(), ",.0f", regional.domain(problem.demand))
    regional.draw(
        problem.regions, problem.demand, picture, extra={_title(): problem.demand}, ground=ground, key="demand_map"
    )


def by_region(problem: Problem) -> None:
    """Show the demand of every region, the largest first, and offer the table."""
    table = pd.DataFrame({"region": problem.regions, "demand": problem.demand})
    if problem.population is not None:
        table["population"] = problem.population
        table["share"] = 100 * np.divide(
            problem.demand, problem.population, out=np.full(len(table), np.nan), where=problem.population > 0
        )
    ranked = table.iloc[highest_first(problem.regions, problem.demand)]
    shown = picking.of_picked(ranked).head(MANY)
    dots = shown.rename(columns={"demand": "mean"}).assign(low=shown["demand"], high=shown["demand"])
    pictures.altair(Sketch(charts.intervals, dots, (_title(),)), alt=_("Demand of every region"))
    ranked, ticking = picking.in_table(ranked, "region_demand_table")
    number = st.column_config.NumberColumn
    printed.grid(
        ranked,
        column_config={
            "region": st.column_config.TextColumn(_("Region"), pinned=True),
            "demand": number(_title(), format="%,.0f"),
            "population": number(_("Population"), format="localized"),
            "share": number(_("In need, of all who live there [%]"), format="%.1f"),
        },
        alt=_("Demand of every region"),
        **ticking,
    )
    downloads.offer(picking.of_picked(table), "demand", key="demand")


def _title() -> str:
    return words.in_unit(_("Demand [{unit}]"))

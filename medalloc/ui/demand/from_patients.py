"""Parts of the Demand screen: population, the demand of every region with its interval, calibration."""

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from medalloc.demand import Demand, calibration
from medalloc.demand.telling import told
from medalloc.geography.matching import Ground
from medalloc.tables.order import highest_first
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.demand import unlike
from medalloc.ui.kit import (
    charts,
    downloads,
    layout,
    maps,
    picking,
    pictures,
    printed,
    regional,
    telling,
    uploads,
    words,
)
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _


def in_one_sentence(regions: Sequence[str], mean: NDArray[np.float64], unit: str | None) -> str:
    """Answer the screen's question with the current numbers; `unit` is what amounts are counted in, else persons."""
    top = regions[highest_first(regions, mean)[0]]
    if unit is not None:
        said = _("{total} {unit} are expected in {regions}; most of them, {most}, in {region}.")
    else:
        said = words.counted(
            "{total} person is expected to need care in {regions}; most of them, {most}, in {region}.",
            "{total} people are expected to need care in {regions}; most of them, {most}, in {region}.",
            words.number(float(mean.sum()), 0),
        )
    return said.format(
        unit=words.escape(unit or ""),
        total=words.number(float(mean.sum()), 0),
        regions=words.regions(len(regions)),
        most=words.number(float(mean.max()), 0),
        region=words.escape(top),
    )


def population(places: Table | None, weighted_by: str | None, fits: Callable[[str, str], object]) -> None:
    """Let the visitor say which population the patients stand for.

    Parameters
    ----------
    fits : callable
        Tries another one by its identity and name, and raises why it does not fit the patients.
    """
    if places is not None:
        st.caption(_("Population and existing units from: {name}").format(name=words.escape(places.source.name)))
        st.toggle(
            _("Scale to the population of each region"),
            help=_("The patients are then a sample: each region's share in need is applied to all who live there."),
            **state.bound(at.study.demand.scale_to_population),
        )
    st.toggle(
        _("Include sampling uncertainty"),
        help=_("Widens the intervals by what other patients of the same regions might have said (bootstrap)."),
        **state.bound(at.study.demand.patients_anew),
    )
    unlike.choice()
    with uploads.folded(_("Use your own table of regions"), "regions_upload", expanded=places is None):
        st.markdown(
            _(
                "One row a region, with its name as in the patients' table, its population and, if known, existing "
                "units."
            )
        )
        uploads.tables(_("Table of regions"), "regions_upload", _take_regions)
    _by_age_and_sex(weighted_by, fits)


def _by_age_and_sex(weighted_by: str | None, fits: Callable[[str, str], object]) -> None:
    """Take a table of who lives where by age and sex, so that patients stand for persons like themselves."""
    with uploads.folded(_("Weight patients by age and sex"), "population_upload"):
        st.markdown(
            _(
                "One row a region, age band and sex, with the people living there. Each patient then "
                "stands for people of the same age and sex, so that patients who are older than their "
                "region do not make its demand."
            )
        )
        uploads.tables(
            _("Population by age and sex"),
            "population_upload",
            partial(_take_population, fits),
            help=_("Columns: region, age band such as 18-64 or 65+, sex, population."),
        )
        if weighted_by is not None:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(_("In use: {name}").format(name=words.escape(weighted_by)))
                st.button(
                    _("Stop weighting"),
                    icon=":material/undo:",
                    on_click=state.change,
                    kwargs={"population_file": None, "population_name": "", "resources": None},
                    disabled=state.locked(),
                )


def _take_population(fits: Callable[[str, str], object], file: str, table: Table) -> None:
    fits(file, table.source.name)
    state.change(population_file=file, population_name=table.source.name, resources=None)


def _take_regions(file: str, table: Table) -> None:
    table.required("region")
    state.change(regions_file=file, regions_name=table.source.name, resources=None)


def figures(expected: Demand, unit: str | None) -> None:
    """Show how much is expected, how unlike regions are, and how well the sums met what came."""
    for each in expected.warnings:
        st.warning(words.say(each))
    shown = [layout.Figure(_demand(unit), words.number(float(expected.mean.sum()), 0))]
    if expected.population is not None and unit is None:
        share = expected.mean / expected.population
        most = highest_first(expected.regions, share)[0]
        top = expected.regions[most]
        everybody = float(expected.mean.sum() / expected.population.sum())
        shown += [
            layout.Figure(_("In need, of all who live there"), words.percent(everybody, 1)),
            layout.Figure(
                _("Highest share in need"),
                words.percent(float(share[most]), 1),
                below=words.escape(top),
            ),
        ]
    known = np.isfinite(expected.observed)
    if known.any() and (predicted := float(expected.predicted[known].sum())) > 0:
        ratio = words.number(float(expected.observed[known].sum()) / predicted, 2)
        shown.append(
            layout.Figure(
                _("Observed over predicted"), ratio, help=_("1 is perfect; above 1 the model expects too few.")
            )
        )
    layout.figures(shown)


def _demand(unit: str | None) -> str:
    return _("Demand [{unit}]").format(unit=unit or _("people"))


def _by_interval(expected: Demand) -> pd.DataFrame:
    return pd.DataFrame({"region": expected.regions, "mean": expected.mean, "low": expected.low, "high": expected.high})


def on_the_map(expected: Demand, ground: Ground, unit: str | None) -> None:
    """Show the demand on a map; `unit` is what amounts are counted in, else persons."""
    picture = maps.Picture(_demand(unit), ",.0f", regional.domain(expected.mean))
    extra = {_demand(unit): expected.mean}
    regional.draw(expected.regions, expected.mean, picture, extra=extra, ground=ground, key="demand_map")


def by_region(expected: Demand, unit: str | None) -> None:
    """Show the demand of every region with its interval."""
    shown = picking.of_picked(_by_interval(expected)).sort_values("mean", ascending=False)
    pictures.altair(
        Sketch(charts.intervals, shown, (_interval_title(expected, _demand(unit), unit),)),
        alt=_("Expected demand of every region with its interval"),
    )


def _interval_title(expected: Demand, demand: str, unit: str | None) -> str:
    level = words.percent(expected.level)
    if unit is None:
        return _("People in need, with {level} interval").format(level=level)
    return _("{demand}, with {level} interval").format(demand=demand, level=level)


def trust(expected: Demand, unit: str | None) -> None:
    """Hold what was predicted against what was observed, region by region."""
    of_probabilities = _(
        "Each patient's probability comes from models that never saw that patient. Their sum should match the "
        "number really in need:"
    )
    of_amounts = _(
        "What is expected of each patient comes from models that never saw that patient. Its sum should match what "
        "really came:"
    )
    expected = told(expected, state.rule())
    st.markdown(of_probabilities if unit is None else of_amounts)
    counted = unit or _("people")
    predicted, really = _("Predicted in need [people]"), _("Really in need [people]")
    if unit is not None:
        predicted, really = (each.format(unit=unit) for each in (_("Predicted [{unit}]"), _("Really [{unit}]")))
    fit = calibration(expected)
    telling.said(int(np.isnan(expected.patients).sum()))
    unlike.observed_over_predicted(expected, fit)
    table = _by_interval(expected).assign(
        patients=expected.patients,
        predicted=expected.predicted,
        observed=expected.observed,
        ratio=fit.ratio,
        ratio_low=fit.low,
        ratio_high=fit.high,
        z=fit.z,
    )
    whole = st.column_config.NumberColumn
    picking.said(expected.regions)
    shown, ticking = picking.in_table(table, "demand_table")
    printed.grid(
        shown,
        column_config={
            "region": st.column_config.TextColumn(_("Region"), pinned=True),
            "mean": whole(_("Demand [{unit}]").format(unit=counted), format="%,.0f"),
            "low": whole(_("Low end [{unit}]").format(unit=counted), format="%,.0f"),
            "high": whole(_("High end [{unit}]").format(unit=counted), format="%,.0f"),
            "patients": whole(_("Patients in the table"), format="localized"),
            "predicted": whole(predicted, format="%,.1f"),
            "observed": whole(really, format="%,.0f"),
            "ratio": whole(
                _("Observed over predicted"), format="%.2f", help=_("1 is perfect; above 1 the model expects too few.")
            ),
            "ratio_low": whole(_("Low end of the ratio"), format="%.2f"),
            "ratio_high": whole(_("High end of the ratio"), format="%.2f"),
            "z": whole(_("z"), format="%+.1f", help=_("Beyond 2 either way, chance alone is a poor explanation.")),
        },
        alt=_("Demand and calibration by region"),
        **ticking,
    )
    downloads.offer(picking.of_picked(table), "demand", key="demand")

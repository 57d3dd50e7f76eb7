"""Parts of the Demand screen: population, the demand of every region with its interval, calibration."""

import pandas as pd
import streamlit as st

from medalloc.demand import Demand, calibration
from medalloc.errors import MedallocError
from medalloc.study.steps import demands, tables
from medalloc.tables.reading import read_bytes
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.data import file_choice
from medalloc.ui.demand import unlike
from medalloc.ui.kit import charts, downloads, maps, regional, words
from medalloc.ui.kit.words import _


def in_one_sentence(expected: Demand) -> str:
    """Answer the screen's question with the current numbers."""
    top = expected.regions[int(expected.mean.argmax())]
    return _("{total} persons are expected to need care in {count} regions; most of them, {most}, in {region}.").format(
        total=words.number(float(expected.mean.sum()), 0),
        count=words.number(len(expected.regions)),
        most=words.number(float(expected.mean.max()), 0),
        region=words.escape(top),
    )


def population() -> None:
    """Let the visitor say which population the patients stand for."""
    places = state.ask(tables.regions)
    if places is not None:
        st.caption(_("Population and existing units from: {name}").format(name=words.escape(places.source.name)))
        st.toggle(
            _("Scale to the population of each region"),
            help=_("The patients are then a sample: each region's share in need is applied to all who live there."),
            **state.bound(at.study.demand.scale_to_population),
        )
    st.toggle(
        _("Count the luck of who came as a patient"),
        help=_("Widens the intervals by what other patients of the same regions might have said (bootstrap)."),
        **state.bound(at.study.demand.patients_anew),
    )
    unlike.choice()
    with st.expander(_("Use your own table of regions"), expanded=places is None):
        st.markdown(
            _(
                "One row a region, with its name as in the patients' table, its population and, if known, existing "
                "units."
            )
        )
        st.file_uploader(
            _("Table of regions"), type=file_choice.FILE_KINDS, key="regions_upload", on_change=_take_regions
        )
        if fault := state.visit().regions_fault:
            st.error(fault)
    _by_age_and_sex()


def _by_age_and_sex() -> None:
    """Take a table of who lives where by age and sex, so that patients stand for persons like themselves."""
    with st.expander(_("Weight patients by age and sex")):
        st.markdown(
            _(
                "One row a region, age band and sex, with the persons living there. Each patient then stands for "
                "persons of the same age and sex, so that patients who are older than their region do not make its "
                "demand."
            )
        )
        st.file_uploader(
            _("Population by age and sex"),
            type=file_choice.FILE_KINDS,
            key="population_upload",
            on_change=_take_population,
            help=_("Columns: region, age band such as 18-64 or 65+, sex, population."),
        )
        if fault := state.visit().population_fault:
            st.error(fault)
        if state.study().demand.population_file is not None:
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(_("In use: {name}").format(name=words.escape(state.study().demand.population_name)))
                st.button(
                    _("Stop weighting"),
                    icon=":material/undo:",
                    on_click=state.change,
                    kwargs={"population_file": None, "population_name": "", "resources": None},
                )


def _take_population() -> None:
    upload, before = state.widget("population_upload"), state.study()
    if upload is None:
        return
    state.visit().population_fault = None
    try:
        state.change(population_file=state.keep_file(upload.getvalue()), population_name=upload.name, resources=None)
        # only together with the patients can it be told whether the table fits
        state.ask(demands.patients_demand)
    except MedallocError as error:
        state.change(
            population_file=before.demand.population_file,
            population_name=before.demand.population_name,
            resources=before.limits.resources,
        )
        state.visit().population_fault = words.say(error.said)


def _take_regions() -> None:
    upload = state.widget("regions_upload")
    if upload is None:
        return
    try:
        read_bytes(upload.getvalue(), upload.name).required("region")
    except MedallocError as error:
        state.visit().regions_fault = words.say(error.said)
        return
    state.visit().regions_fault = None
    state.change(regions_file=state.keep_file(upload.getvalue()), regions_name=upload.name, resources=None)


def result(expected: Demand) -> None:
    """Show the demand on a map, with intervals, and in a table with its calibration."""
    for each in expected.warnings:
        st.warning(words.say(each))
    picture = maps.Picture(_("Demand [persons]"), ",.0f", regional.domain(expected.mean))
    regional.draw(
        expected.regions, expected.mean, picture, extra={_("Demand [persons]"): expected.mean}, key="demand_map"
    )
    shown = pd.DataFrame(
        {"region": expected.regions, "mean": expected.mean, "low": expected.low, "high": expected.high}
    )
    st.altair_chart(
        charts.intervals(
            shown, title=_("Persons in need, with {level} interval").format(level=words.percent(expected.level))
        ),
        alt=_("Expected demand of every region with its interval"),
    )
    _trust(expected, shown)


def _trust(expected: Demand, shown: pd.DataFrame) -> None:
    """Hold what was predicted against what was observed, region by region."""
    st.subheader(_("Can the sums be trusted?"), anchor=False)
    st.markdown(
        _(
            "Each patient's probability comes from models that never saw that patient. Their sum should match the "
            "number really in need:"
        )
    )
    fit = calibration(expected)
    unlike.observed_over_predicted(expected, fit)
    table = shown.assign(
        patients=expected.patients,
        predicted=expected.predicted,
        observed=expected.observed,
        ratio=fit.ratio,
        ratio_low=fit.low,
        ratio_high=fit.high,
        z=fit.z,
    )
    whole = st.column_config.NumberColumn
    st.dataframe(
        table,
        hide_index=True,
        column_config={
            "region": st.column_config.TextColumn(_("Region"), pinned=True),
            "mean": whole(_("Demand [persons]"), format="%,.0f"),
            "low": whole(_("Low end [persons]"), format="%,.0f"),
            "high": whole(_("High end [persons]"), format="%,.0f"),
            "patients": whole(_("Patients in the table"), format="localized"),
            "predicted": whole(_("Predicted in need [persons]"), format="%,.1f"),
            "observed": whole(_("Really in need [persons]"), format="%,.0f"),
            "ratio": whole(
                _("Observed over predicted"), format="%.2f", help=_("1 is perfect; above 1 the model expects too few.")
            ),
            "ratio_low": whole(_("Low end of the ratio"), format="%.2f"),
            "ratio_high": whole(_("High end of the ratio"), format="%.2f"),
            "z": whole(_("z"), format="%+.1f", help=_("Beyond 2 either way, chance alone is a poor explanation.")),
        },
        alt=_("Demand and calibration by region"),
    )
    downloads.offer(table, "demand", key="demand")

"""The Demand screen where demand comes from counts over time."""

import streamlit as st

from medalloc.demand.forecasting.expecting import Expected
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.repeats import would_be_mended
from medalloc.errors import MedallocError
from medalloc.study.steps import demands, tables
from medalloc.tables.reading import read_bytes
from medalloc.ui import state
from medalloc.ui.data import file_choice
from medalloc.ui.demand import (
    answer,
    by_hand,
    changed,
    in_units,
    leaderboard,
    region,
    settings,
    source,
    where,
)
from medalloc.ui.kit import layout, palette, words
from medalloc.ui.kit.words import _


def sentence_on_top() -> str | None:
    """Answer the screen's question with the current numbers; None before there is an answer, or when it is stale."""
    try:
        found, expected = state.ask(demands.outlook), state.ask(demands.expected_counts)
    except MedallocError:
        # the faults of the counts are said where they can be replaced
        return None
    if found is None or expected is None or state.answers().is_older(demands.outlook):
        return None
    return answer.in_one_sentence(found, expected)


def screen() -> None:
    """Show the source of the counts, what is asked of them, and what comes next."""
    table = state.ask(tables.counts)
    if table is None:
        st.info(_("There are no counts yet: take the sample, or your own table."))
        source.take()
        return
    given = _panel()
    if given is None:
        return
    found, expected = state.ask(demands.outlook), state.ask(demands.expected_counts)
    stale = state.answers().is_older(demands.outlook)
    if found is not None and expected is not None and not stale:
        answer.figures(found, expected)
    source.in_use(given, table.source.name)
    settings.controls(given)
    if found is not None and expected is not None:
        if stale:
            st.caption(answer.in_one_sentence(found, expected))
        answer.few_dates(expected)
        by_hand.outdated()
        answer.verdict(found, expected)
    changed.show(_before(), given, None if stale else found)
    if found is not None and expected is not None:
        _in_full(found, expected)
        if not stale:
            in_units.section(expected, found.panel.calendar.days(expected.dates))
            _hand_over()


def _before() -> Outlook | None:
    """Return the newest forecast of other counts than those in use, or None."""
    answers = state.answers()
    other = (
        each for each in answers.done(demands.outlook) if each.of["counts"] != answers.asked(demands.outlook)["counts"]
    )
    earlier = next(other, None)
    return None if earlier is None else answers.result(demands.outlook, earlier)


def _panel() -> Panel | None:
    """Return the counts; where their table has faults, say them all and offer to take another one."""
    try:
        return state.ask(demands.panel)
    except MedallocError as error:
        source.faults(source.faults_of(error))
        if would_be_mended(error):
            st.button(
                _("Sum rows of one region and period"),
                type=palette.main_button(),
                icon=":material/functions:",
                on_click=state.change,
                kwargs={"sum_rows": True},
            )
        source.take()
        return None


def _in_full(found: Outlook, expected: Expected) -> None:
    """Show the regions, one of them in full, and the forecasters."""
    where.period(found)
    where.side_by_side(found, expected)
    where.table(found, expected)
    where.every_period(found)
    region.detail(found, expected)
    leaderboard.show(found)


def _hand_over() -> None:
    """Take population and existing units of the regions, and lead to the plan."""
    st.subheader(_("Plan for it"), anchor=False)
    st.markdown(
        _(
            "Allocate places beds, staff and money for what is expected in the chosen periods; What if holds the plan "
            "against futures as uncertain as the forecast."
        )
    )
    with st.expander(_("Population and existing units of these regions")):
        st.file_uploader(
            _("Table of regions"),
            type=file_choice.FILE_KINDS,
            key="counts_regions_upload",
            on_change=_take_regions,
            help=_("One row a region, with its name as in the counts, its population and, if known, existing units."),
        )
        source.faults(state.visit().counts_regions_faults)
        if state.study().demand.counts_regions_file is not None:
            name = words.escape(state.study().demand.counts_regions_name)
            st.caption(_("Population and existing units from: {name}").format(name=name))
    layout.glossary("demand", "interval")
    layout.lead_to("allocate", _("Allocate: which region gets what"))


def _take_regions() -> None:
    upload = state.widget("counts_regions_upload")
    state.visit().counts_regions_faults = ()
    if upload is None:
        return
    before = state.study().demand.counts_regions_file, state.study().demand.counts_regions_name
    try:
        read_bytes(upload.getvalue(), upload.name).required("region")
        state.change(counts_regions_file=state.keep_file(upload.getvalue()), counts_regions_name=upload.name)
        # only the names of the regions can tell whether the table is about these
        state.ask(demands.region_table)
    except MedallocError as error:
        state.change(counts_regions_file=before[0], counts_regions_name=before[1])
        state.visit().counts_regions_faults = source.faults_of(error)
        return
    state.change(resources=None)

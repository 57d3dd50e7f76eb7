"""The Demand screen where demand comes from counts over time."""

from dataclasses import replace

import pandas as pd
import streamlit as st

from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.repeats import would_be_mended
from medalloc.errors import MedallocError
from medalloc.study.parts import Demand
from medalloc.study.steps import demands, plans, tables
from medalloc.tables.table import Table
from medalloc.ui import asking, state
from medalloc.ui.demand import (
    answer,
    by_hand,
    changed,
    drawing,
    in_units,
    leaderboard,
    region,
    settings,
    source,
    where,
)
from medalloc.ui.demand.answer import Coming
from medalloc.ui.kit import layout, palette, pictures, samples, telling, uploads, words
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _


def coming() -> Coming | None:
    """Return what comes next; None before there is a forecast.

    Raises
    ------
    MedallocError
        If the counts, or what was set by hand, have faults.
    """
    found, expected = asking.ask(demands.outlook), asking.ask(demands.expected_counts)
    if found is None or expected is None:
        return None
    counted = asking.study().demand.counted.strip() or _("cases")
    # nothing on the screen is of counts that may not be told
    found = replace(found, panel=telling.over_time(found.panel))
    return Coming(found, expected, counted, asking.ask(demands.by_hand) or {}, asking.map_ground())


def is_older() -> bool:
    """Whether the forecast is of other counts or settings than those that stand."""
    return asking.answers().is_older(demands.outlook)


def sentence_on_top() -> str | None:
    """Answer the screen's question with the current numbers; None before there is an answer, or when it is stale."""
    try:
        of = coming()
    except MedallocError:
        # the faults of the counts are said where they can be replaced
        return None
    return None if of is None or is_older() else answer.in_one_sentence(of)


def take() -> None:
    """Offer the sample and the uploader of counts."""
    source.take(back=_can_go_back())


def _can_go_back() -> bool:
    return asking.study().demand.counts_file is not None and asking.ask(tables.table) is not None


def screen() -> None:
    """Show the source of the counts, what is asked of them, and what comes next."""
    table, chosen, older = asking.ask(tables.counts), asking.study().demand, is_older()
    if table is None:
        st.info(_("There are no counts yet: take the sample, or your own table."))
        take()
        return
    given = _panel()
    if given is None:
        return
    of = coming()
    if of is not None:
        answer.few_dates(of.expected)
        by_hand.outdated(of, chosen.forecast_by_hand)
        if older:
            st.caption(answer.in_one_sentence(of))
        else:
            answer.figures(of)
        answer.in_brief(of)
    telling.not_told(given, telling.over_time(given))
    picture, controls = st.columns([7, 5], gap="large")
    with controls:
        settings.controls(given, chosen, older=older)
        if of is not None:
            where.period(of.found)
        sample = chosen.counts_file == samples.COUNTS
        source.in_use(given, table.source.name, sample=sample, back=_can_go_back())
    with picture:
        if of is None:
            first_look(telling.over_time(given), chosen.counted.strip() or _("cases"))
        else:
            where.on_the_map(of)
    changed.show(_before(), given, None if of is None or older else of.found, chosen.counted.strip() or _("cases"))
    if of is not None:
        _in_full(of, chosen, older=older)


def _before() -> Outlook | None:
    """Return the newest forecast of other counts than those in use, or None."""
    answers = asking.answers()
    other = (
        each for each in answers.done(demands.outlook) if each.of["counts"] != answers.asked(demands.outlook)["counts"]
    )
    earlier = next(other, None)
    return None if earlier is None else answers.result(demands.outlook, earlier)


def _panel() -> Panel | None:
    """Return the counts; where their table has faults, say them all and offer to take another one."""
    try:
        return asking.ask(demands.panel)
    except MedallocError as error:
        layout.faults(layout.faults_of(error))
        if would_be_mended(error):
            st.button(
                _("Sum rows of one region and period"),
                type=palette.main_button(),
                icon=":material/functions:",
                on_click=state.change,
                kwargs={"sum_rows": True},
                disabled=state.locked(),
            )
        take()
        return None


def first_look(given: Panel, counted: str) -> None:
    """Draw what was counted in all regions together, before there is a forecast."""
    shown = pd.DataFrame({"date": given.dates, "count": given.filled.sum(axis=0)})
    title = _("{counted} in a period, in all regions").format(counted=counted)
    pictures.altair(Sketch(drawing.part, shown.dropna(), (title,)), alt=title)


def _in_full(of: Coming, chosen: Demand, *, older: bool) -> None:
    """Show one region in full, all of them, the forecasters, and what it takes."""
    one, every, forecasters, units, hand_over = st.tabs(
        [_("One region"), _("All regions"), _("Forecasters"), in_units.title(), _("Plan for it")]
    )
    with one:
        region.detail(of)
    with every:
        where.bars(of)
        where.table(of)
        where.every_period(of.found)
        where.for_a_hub(of.found)
    with forecasters:
        answer.verdict(of)
        leaderboard.show(of.found)
    if older:
        for place in (units, hand_over):
            place.info(_("Forecast again first: what stands here would be out of date."))
        return
    with units:
        placed, days = asking.known(plans.resources_in_use) or (), of.found.panel.calendar.days(of.expected.dates)
        in_units.section(of.expected, chosen.conversions, placed, days)
    with hand_over:
        _regions(chosen)
    layout.glossary("demand", "interval")
    layout.lead_to("allocate", _("Allocate: which region gets what"))


def _regions(chosen: Demand) -> None:
    """Take population and existing units of the regions."""
    st.markdown(
        _(
            "Allocate places beds, staff and money for what is expected in the chosen periods; What if holds the plan "
            "against futures as uncertain as the forecast."
        )
    )
    with uploads.folded(_("Population and existing units of these regions"), "counts_regions_upload"):
        uploads.tables(
            _("Table of regions"),
            "counts_regions_upload",
            _take_regions,
            help=_("One row a region, with its name as in the counts, its population and, if known, existing units."),
        )
        if chosen.counts_regions_file is not None:
            name = words.escape(chosen.counts_regions_name)
            st.caption(_("Population and existing units from: {name}").format(name=name))


def _take_regions(file: str, table: Table) -> None:
    table.required("region")
    given = {"counts_regions_file": file, "counts_regions_name": table.source.name}
    # only the names of the regions can tell whether the table is about these
    asking.would(demands.region_table, **given)
    state.change(**given, resources=None)

"""Parts of the What-if screen: sliders, deltas against the base, both plans by region."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.fitting.conflicts import largest_floor
from medalloc.allocation.fitting.remedies import Remedies
from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.scorecard.region_groups import Groups
from medalloc.errors import InfeasibleError
from medalloc.geography.matching import Ground
from medalloc.scenarios import Change, Scenario
from medalloc.sentences import Sentence
from medalloc.ui import state
from medalloc.ui.allocate import coverage_bars, repairs
from medalloc.ui.choices import at
from medalloc.ui.kit import charts, downloads, layout, maps, palette, picking, pictures, printed, regional, words
from medalloc.ui.kit.sketch import Sketch
from medalloc.ui.kit.words import _
from medalloc.ui.what_if import further

MOST_DRAWN = 20
"""Regions drawn as bars; the table shows all. [count]"""

ROUNDING = 1e-6
"""Part of a percentage point by which a floor that fits exactly may miss a whole one. [percentage points]"""


def sliders(
    problem: Problem,
    besides: Sequence[Change],
    groups: Groups,
    models: Sequence[str],
    sites: Sequence[str],
    *,
    budget: bool,
) -> None:
    """Let the visitor move the world, and take changes back.

    Parameters
    ----------
    models : sequence of str
        Models or forecasters whose demand is at hand.
    sites : sequence of str
        Places that are known and no regions yet.
    """
    st.slider(
        _("Demand changes by [%]"),
        -50,
        100,
        step=5,
        help=_("In every region alike."),
        **state.bound(at.study.what_if.demand_change),
    )
    st.slider(
        _("Stock of every resource changes by [%]"), -100, 200, step=5, **state.bound(at.study.what_if.stock_change)
    )
    if budget:
        st.slider(_("Budget changes by [%]"), -100, 100, step=5, **state.bound(at.study.what_if.budget_change))
    else:
        st.caption(_("No budget limits the base, so there is none to change; set one on the Allocate screen."))
    st.slider(
        _("Floor changes by [percentage points]"), -100, 100, step=1, **state.bound(at.study.what_if.floor_change)
    )
    further.one_more(problem, groups, models, sites)
    if besides:
        st.caption(_("Changed besides:"))
        further.listed(besides)
    st.button(_("Back to the base"), on_click=back_to_base, icon=":material/undo:", disabled=state.locked())


def changes_on_paper(scenario: Scenario | None) -> None:
    """Say on paper what is changed, which the screen shows by its sliders."""
    if scenario is not None and scenario.changes:
        printed.lines([words.plainly(each.sentence) for each in scenario.changes])


def back_to_base() -> None:
    """Take every change back."""
    state.change(demand_change=0, stock_change=0, budget_change=0, floor_change=0, changes=(), epidemic_on=False)


def answer(base: Plan | None, now: Plan | None, scenario: Scenario | None) -> str | None:
    """Answer the screen's question in one sentence."""
    if base is None:
        return None
    if now is None:
        return _("These changes break limits, or cannot be made; the base meets {coverage} of expected need.").format(
            coverage=words.percent(base.total_coverage)
        )
    if scenario is None or not scenario.changes:
        return _("This is the base: {coverage} of expected need is met. Move a slider.").format(
            coverage=words.percent(base.total_coverage)
        )
    said = {
        "coverage": words.percent(now.total_coverage),
        "before": words.percent(base.total_coverage),
        "lowest": words.percent(now.lowest_coverage),
        "lowest_before": words.percent(base.lowest_coverage),
    }
    met = said["coverage"] != said["before"]
    if said["lowest"] == said["lowest_before"]:
        template = (
            _("Then {coverage} of expected need is met instead of {before}; the worst-off region still gets {lowest}.")
            if met
            else _("Then still {coverage} of expected need is met, and the worst-off region still gets {lowest}.")
        )
    elif met:
        template = _(
            "Then {coverage} of expected need is met instead of {before}; the worst-off region gets {lowest} "
            "instead of {lowest_before}."
        )
    else:
        template = _(
            "Then still {coverage} of expected need is met; the worst-off region gets {lowest} "
            "instead of {lowest_before}."
        )
    return template.format(**said)


def conflicts(error: InfeasibleError, changed: Problem, floor: float) -> None:
    """Say why the changed limits cannot be kept, and offer what would make them fit, as further changes.

    Parameters
    ----------
    floor : float
        Of the base. [fraction]
    """
    repairs.conflicts(error, changed, _change_further, lambda: _largest_floor(changed, floor))


def _change_further(every: Remedies) -> None:
    state.revise(at.study.what_if.changes, lambda now: (*now, *every.changes))


def _largest_floor(changed: Problem, floor: float) -> None:
    try:
        fits = int(100 * largest_floor(changed) + ROUNDING)
    except InfeasibleError:
        # locks or floors of single regions break a limit, whatever the common floor is
        st.markdown(_("No common floor fits; take a change back, or change locks and floors of single regions."))
        return
    st.button(
        _("Back to {floor}%, the largest floor that fits").format(floor=fits),
        type=palette.main_button(),
        icon=":material/build:",
        on_click=state.change,
        kwargs={"floor_change": fits - round(100 * floor)},
        disabled=state.locked(),
    )


def on_the_map(base: Plan, now: Plan | None, inert: tuple[Sentence, ...], ground: Ground) -> None:
    """Show on the map what changes, or the plan as it is; the base stays where no plan keeps the limits."""
    for each in inert:
        st.info(words.say(each))
    places = () if ground.points is None else set(ground.points["region"])
    # a region that is opened lies on the map where its place is known; before, nobody was served there
    drawn = base.problem.regions
    if now is not None and all(each in places for each in now.problem.regions[len(drawn) :]):
        drawn = now.problem.regions
    extra = {words.in_unit(_("Demand [{unit}]")): (now or base).problem.demand[: len(drawn)]}
    before = np.pad(base.coverage, (0, len(drawn) - len(base.coverage)))
    if now is not None and (moved := 100 * (now.coverage[: len(drawn)] - before)).any():
        picture = maps.Picture(_("Change of coverage [points]"), "+.1f", regional.both_sides(moved), change=True)
        regional.draw(drawn, moved, picture, extra=extra, ground=ground, key="what_if_map")
    else:
        picture = maps.Picture(_("Coverage of the base"), ".0%", (0.0, 1.0))
        regional.draw(drawn, before, picture, extra=extra, ground=ground, key="what_if_base_map")


def moves(base: Plan, now: Plan | None) -> bool:
    """Return whether there is another plan, and some region fares otherwise in it or is new."""
    return now is not None and not np.array_equal(now.coverage, base.coverage)


def _grown(of_base: Array, now: Plan) -> Array:
    """Return numbers of the regions of the base, and none of those that the what-if opens."""
    return np.pad(of_base, (0, len(now.coverage) - len(of_base)), constant_values=np.nan)


def by_region(base: Plan, now: Plan | None) -> None:
    """Show every region: those that change most; where nothing moves, those that are worst off."""
    drawn, beside = st.columns([6, 6], gap="large")
    if moves(base, now) and now is not None:
        regions, before = now.problem.regions, _grown(base.coverage, now)
        change = now.coverage - before
        order = np.argsort(-np.abs(np.nan_to_num(change, nan=1.0)), kind="stable")
        shown = pd.DataFrame({"region": regions, "before": before, "now": now.coverage})
        more = {"now": 100 * now.coverage, "change": 100 * change}
        more["served"] = now.served - np.nan_to_num(_grown(base.served, now))
        with drawn:
            st.subheader(_("Where coverage changes"), anchor=False)
            _most_changed(picking.of_picked(shown.iloc[order]))
    else:
        regions, before, more = base.problem.regions, base.coverage, {"unmet": base.unmet}
        order = np.argsort(base.coverage, kind="stable")
        with drawn:
            st.subheader(_("Who is served, and who is not"), anchor=False)
            coverage_bars.draw(base, None, picking.picked(regions), MOST_DRAWN)
    with beside:
        st.subheader(_("By region"), anchor=False)
        picking.said(regions)
        _table(pd.DataFrame({"region": regions, "before": 100 * before, **more}).iloc[order])
    layout.glossary("demand", "coverage", "floor", "gini")


def _most_changed(ranked: pd.DataFrame) -> None:
    few = ranked.head(MOST_DRAWN).sort_values("before")
    pictures.altair(
        Sketch(charts.before_and_now, few, (_("Coverage"),)),
        title=_("Coverage in the base (hollow) and what if (filled)"),
        alt=_("Coverage of every region in the base and in the what-if"),
    )
    if len(ranked) > len(few):
        said = _("Drawn are the {count} regions that change most, of {all}; the table has all.")
        st.caption(said.format(count=words.number(len(few)), all=words.number(len(ranked))))


def _table(table: pd.DataFrame) -> None:
    shown, ticking = picking.in_table(table, "what_if_table")
    number = st.column_config.NumberColumn
    printed.grid(
        shown,
        column_config={
            "region": st.column_config.TextColumn(_("Region"), pinned=True),
            "before": number(_("Coverage in the base [%]"), format="%.1f"),
            "unmet": number(words.in_unit(_("Unmet [{unit}]")), format="%,.0f"),
            "now": number(_("Coverage what if [%]"), format="%.1f"),
            "change": number(_("Change [points]"), format="%+.1f"),
            "served": number(words.in_unit(_("Change in served [{unit}]")), format="%+,.0f"),
        },
        alt=_("Base and what-if by region"),
        **ticking,
    )
    downloads.offer(picking.of_picked(table), "what_if", key="what_if")

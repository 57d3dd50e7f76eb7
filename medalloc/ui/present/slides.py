"""What is shown of a plan to a board, one idea after the other."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from medalloc.allocation.plan import Plan
from medalloc.geography.matching import Ground
from medalloc.quantities.units_named import all_of
from medalloc.scenarios import Scenario
from medalloc.scenarios.side_by_side import Tried
from medalloc.ui import state
from medalloc.ui.allocate import coverage_bars, plan, plan_map, plan_table, waterfall
from medalloc.ui.kit import charts, layout, maps, pictures, regional, small_maps, words
from medalloc.ui.kit.layout import Figure
from medalloc.ui.kit.words import _

MOST_DRAWN, MOST_MOVED = 12, 7
"""Regions that are drawn of a plan and of a what-if, so that all of a slide is seen at once. [count]"""

MOST_KEPT = 3
"""Scenarios that are told. [count]"""


@dataclass(frozen=True)
class Story:
    """What the slides are made of."""

    plan: Plan
    """What is asked for."""

    today: Plan | None
    """What the existing units serve; None where that takes a search."""

    ground: Ground
    """Where regions are of which no boundary is known."""

    scenario: Scenario | None
    """What is tried, where something is."""

    changed: Plan | None
    """The plan of that."""

    kept: Sequence[Tried] = ()
    """Scenarios that have a name."""


@dataclass(frozen=True)
class Slide:
    """One idea."""

    title: str
    """The question."""

    show: Callable[[Story], None]
    """Answers it."""


def name() -> str:
    """Return what the talk is called."""
    return _("Present")


def slides(story: Story) -> list[Slide]:
    """Return the slides in their order; a what-if only where something is tried, scenarios where some were kept."""
    tried = story.scenario is not None and story.scenario.changes and story.changed is not None
    return [
        Slide(_("How much care is needed"), situation),
        Slide(_("What there is"), resources),
        Slide(_("The plan"), the_plan),
        Slide(_("Who is served, and who is not"), who),
        Slide(_("How fair it is"), fairness),
        *([Slide(_("What if"), what_if)] if tried else []),
        *([Slide(_("Scenarios side by side"), scenarios)] if _planned(story) else []),
        Slide(_("What we ask for"), asked_for),
    ]


def situation(story: Story) -> None:
    """Show demand on the map."""
    problem = story.plan.problem
    most = problem.regions[int(problem.demand.argmax())]
    st.markdown(
        words.in_unit(_("{demand} {unit} are expected to need care in {regions}; most of them in {most}.")).format(
            demand=words.number(float(problem.demand.sum()), 0),
            regions=words.regions(len(problem.regions)),
            most=words.escape(most),
        )
    )
    picture = maps.Picture(words.in_unit(_("Demand [{unit}]")), ",.0f", regional.domain(problem.demand))
    _map(story, problem.demand, picture, "present_demand")


def resources(story: Story) -> None:
    """Show each resource: how much is there, how much there is to place, what a person takes."""
    problem = story.plan.problem
    for place, resource in enumerate(problem.resources):
        st.markdown(f"**{words.escape(words.resource(resource.name))}**")
        layout.figures(
            [
                Figure(_("There today [units]"), words.figure(float(problem.existing[:, place].sum()))),
                Figure(_("To place [units]"), words.figure(resource.stock)),
                Figure(_("One person uses [units]"), words.escape(f"{resource.requirement:g}")),
            ]
        )


def the_plan(story: Story) -> None:
    """Show the plan's answer and its map."""
    st.markdown(f"**{plan.answer(story.plan)}**")
    picture, coverage = plan_map.pictures(story.plan)["coverage"]
    _map(story, coverage, picture, "present_plan")


def who(story: Story) -> None:
    """Show the regions that are worst off, and why."""
    bars, why = st.columns([6, 6], gap="large")
    with bars:
        coverage_bars.draw(story.plan, story.today, most=MOST_DRAWN)
    with why:
        plan_table.in_groups(story.plan)


def fairness(story: Story) -> None:
    """Show how far the plan reaches its aims, and how far that is from today."""
    layout.figures(plan.figures(story.plan, story.today)[1:])
    if story.today is not None:
        waterfall.draw(story.plan, story.today)


def what_if(story: Story) -> None:
    """Show what is tried, and what would change most."""
    if story.scenario is None or story.changed is None:
        return
    tried = "; ".join(words.say(each.sentence) for each in story.scenario.changes)
    st.markdown(f"**{tried}**")
    layout.figures(plan.figures(story.changed, story.plan))
    regions = story.plan.problem.regions
    shown = pd.DataFrame({"region": regions, "before": story.plan.coverage, "now": _of(story.changed, regions)})
    most = (shown["now"] - shown["before"]).abs().sort_values(ascending=False, kind="stable").index
    pictures.altair(
        charts.before_and_now(shown.loc[most].head(MOST_MOVED).sort_values("before"), _("Coverage")),
        title=_("Coverage in the base (hollow) and what if (filled)"),
        alt=_("Coverage of every region in the base and in the what-if"),
        download=False,
    )


def scenarios(story: Story) -> None:
    """Show what scenarios that were kept would give, and their maps on one scale."""
    shown = {_("Base"): story.plan.coverage}
    for scenario, made in _planned(story)[:MOST_KEPT]:
        what = "; ".join(words.say(change.sentence) for change in scenario.changes)
        st.markdown(f"- **{words.escape(scenario.name)}** ({what}): {plan.answer(made)}")
        if made.problem.regions == story.plan.problem.regions:
            shown[scenario.name] = made.coverage
    picture = maps.Picture(_("Coverage"), ".0%", (0.0, 1.0))
    small_maps.draw(story.plan.problem.regions, shown, picture, story.ground, key="present_scenarios")


def _planned(story: Story) -> list[tuple[Scenario, Plan]]:
    return [(each.scenario, each.plan) for each in story.kept if each.plan is not None]


def asked_for(story: Story) -> None:
    """Say what the plan takes, what stays unmet, and what would be needed for that."""
    problem = story.plan.problem
    names = [words.resource(each) for each in problem.resource_names]
    takes = [f"{words.figure(units)} {name}" for name, units in zip(names, story.plan.used, strict=True)]
    st.markdown(_("- The plan places {units}.").format(units=_and(takes)))
    if story.plan.spent > 0:
        st.markdown(_("- It costs {money}.").format(money=words.figure(story.plan.spent)))
    unmet = float(story.plan.unmet.sum())
    if round(unmet) <= 0:
        st.markdown(_("- Everybody in need is served."))
        return
    missing = (
        (problem.requirement * story.plan.unmet[:, None]).sum(axis=0)
        if story.plan.served_of is None or problem.demand_of is None
        else (problem.requirement * np.maximum(0.0, problem.demand_of - story.plan.served_of)).sum(axis=0)
    )
    needed = [f"{words.figure(np.ceil(units))} {name}" for name, units in zip(names, missing, strict=True)]
    st.markdown(
        words.in_unit(_("- {unmet} {unit} stay without care. To serve them too takes {units} where they are.")).format(
            unmet=words.figure(unmet), units=_and(needed)
        )
    )


def _and(parts: Sequence[str]) -> str:
    joined = all_of(parts)
    return words.escape(joined) if isinstance(joined, str) else words.say(joined)


def _of(of: Plan, regions: Sequence[str]) -> list[float]:
    known = dict(zip(of.problem.regions, of.coverage.tolist(), strict=True))
    return [known[each] for each in regions]


def _map(story: Story, values: NDArray[np.float64], picture: maps.Picture, key: str) -> None:
    extra = {words.in_unit(_("Demand [{unit}]")): story.plan.problem.demand}
    regional.draw(
        story.plan.problem.regions, values, picture, extra=extra, ground=story.ground, key=key, controls=False
    )


def controls(count: int) -> None:
    """Lead to the slide before and after, by button and by arrow key, and back to the plan."""
    now = state.look().slide
    with st.container(horizontal=True, horizontal_alignment="center", key="present_controls"):
        st.button(
            _("Back"),
            icon=":material/arrow_back:",
            shortcut="Left",
            disabled=now == 0,
            on_click=state.change,
            kwargs={"slide": max(0, now - 1)},
        )
        st.caption(_("{number} of {count}").format(number=now + 1, count=count), width="content")
        st.button(
            _("Next"),
            icon=":material/arrow_forward:",
            icon_position="right",
            shortcut="Right",
            disabled=now >= count - 1,
            on_click=state.change,
            kwargs={"slide": min(count - 1, now + 1)},
        )
        layout.lead_to("allocate", _("End"))

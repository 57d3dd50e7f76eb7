"""What is shown of a plan to a board, one idea after the other."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from medalloc.allocation.plan import Plan
from medalloc.geography.matching import Ground
from medalloc.scenarios import Scenario
from medalloc.ui import state
from medalloc.ui.allocate import coverage_bars, plan, plan_map, plan_table, waterfall
from medalloc.ui.kit import charts, layout, maps, pictures, regional, words
from medalloc.ui.kit.layout import Figure
from medalloc.ui.kit.words import _

MOST_MOVED = 14
"""Regions of a what-if that are drawn. [count]"""


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
    """Return the slides in their order; a what-if only where something is tried."""
    tried = story.scenario is not None and story.scenario.changes and story.changed is not None
    return [
        Slide(_("How much care is needed"), situation),
        Slide(_("What there is"), resources),
        Slide(_("The plan"), the_plan),
        Slide(_("Who is served, and who is not"), who),
        Slide(_("How fair it is"), fairness),
        *([Slide(_("What if"), what_if)] if tried else []),
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
    plan_table.in_groups(story.plan)
    coverage_bars.draw(story.plan, story.today)


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
    shown = coverage_bars.coverage(story.plan, None)[["region"]].assign(
        before=lambda frame: _of(story.plan, frame["region"].tolist()),
        now=lambda frame: _of(story.changed or story.plan, frame["region"].tolist()),
    )
    pictures.altair(
        charts.before_and_now(shown.head(MOST_MOVED), title=_("Coverage: hollow is the base, filled is what if")),
        alt=_("Coverage of every region in the base and in the what-if"),
        download=False,
    )


def asked_for(story: Story) -> None:
    """Say what the plan takes, what stays unmet, and what would be needed for that."""
    problem = story.plan.problem
    names = [words.resource(each) for each in problem.resource_names]
    takes = [f"{words.figure(units)} {words.escape(name)}" for name, units in zip(names, story.plan.used, strict=True)]
    st.markdown(_("- The plan places {units}.").format(units=", ".join(takes)))
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
    needed = [
        f"{words.figure(np.ceil(units))} {words.escape(name)}" for name, units in zip(names, missing, strict=True)
    ]
    st.markdown(
        words.in_unit(_("- {unmet} {unit} stay without care. To serve them too takes {units} where they are.")).format(
            unmet=words.figure(unmet), units=", ".join(needed)
        )
    )


def _of(of: Plan, regions: list[str]) -> list[float]:
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

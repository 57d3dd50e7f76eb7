"""The view in which the world is changed: sliders, the changed plan on the map, and every region's numbers."""

from collections.abc import Sequence

import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.scenarios.change import Scenario
from medalloc.study.entries import entries
from medalloc.study.steps import measures, rivals, worlds
from medalloc.ui import asking
from medalloc.ui.kit import layout
from medalloc.ui.what_if import base_and_scenario, epidemic, scenarios


def show(
    problem: Problem, base: Plan | None, now: Plan | None, scenario: Scenario | None, kept: Sequence[Scenario]
) -> None:
    """Show what can be changed, and what follows.

    Parameters
    ----------
    base, now : Plan, optional
        Without the changes and with them; None where limits conflict or a search goes on.
    """
    base_and_scenario.changes_on_paper(scenario)
    # a telephone shows the map before what changes it
    inputs, result = st.container(key="what_if_answer").columns([2, 3], gap="large")
    with inputs, layout.failures_as_sentences():
        _inputs(problem)
        scenarios.keep(scenario, kept)
    with result, layout.failures_as_sentences():
        changed, conflict = asking.ask(worlds.changed_problem), asking.attempt(worlds.changed_plan)[1]
        if conflict and changed:
            base_and_scenario.conflicts(conflict, changed, asking.study().limits.floor)
        if base:
            inert = () if now is None else asking.known(worlds.inert_changes) or ()
            base_and_scenario.on_the_map(base, now, inert, asking.map_ground())
    if base:
        base_and_scenario.by_region(base, now)
    epidemic.section(problem, lambda: asking.ask(worlds.epidemic))


def _inputs(problem: Problem) -> None:
    further = entries(changes=asking.study().what_if.changes).changes
    points = asking.map_ground().points
    base_and_scenario.sliders(
        problem,
        further,
        asking.sure(measures.region_groups),
        asking.known(rivals.other_models) or (),
        () if points is None else points["region"].tolist(),
        budget=asking.study().limits.budget is not None,
    )

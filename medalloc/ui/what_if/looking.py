"""The view in which a plan is looked at closely, one question at a time."""

from collections.abc import Sequence

import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.allocation.program.needed import takes_long
from medalloc.scenarios.change import Scenario
from medalloc.scenarios.sensitivity import ways
from medalloc.study.steps import sampling, worlds
from medalloc.ui import asking
from medalloc.ui.allocate import fairness
from medalloc.ui.kit.words import _
from medalloc.ui.what_if import closer, futures, grid, nearly, robust, views, without


def show(problem: Problem, base: Plan | None, scenario: Scenario | None, kept: Sequence[Scenario]) -> None:
    """Let the visitor choose a question about the base, and answer it.

    Parameters
    ----------
    base : Plan, optional
        Its plan; None where limits conflict.
    scenario : Scenario, optional
        What is changed just now, which is left out here.
    """
    question = views.question()
    if scenario and scenario.changes:
        st.caption(_("What follows is of the base, without what is changed."))
    if question == "futures":
        _futures(problem, base, kept)
    elif question == "fair":
        fairness.frontier(problem)
    elif base is None:
        st.info(_("There is nothing to look at until the base keeps its limits."))
    elif takes_long(problem):
        closer.takes_long()
    elif question == "hangs":
        chosen = asking.study().what_if
        closer.tornado(base, asking.sure(worlds.plan_sensitivity))
        pair = worlds.grid_ways(problem, chosen.grid_down, chosen.grid_across)
        grid.section(list(ways(problem)), pair, lambda: asking.sure(worlds.plan_grid))
    elif question == "true":
        closer.goal(base)
    elif question == "plans":
        nearly.section(base, asking.sure(worlds.near_plans))
    else:
        without.section(base, asking.sure(worlds.plan_replacements))


def _futures(problem: Problem, base: Plan | None, kept: Sequence[Scenario]) -> None:
    if not futures.can_be_planned(problem, base):
        return
    futures.section(
        problem,
        asking.study().what_if,
        asking.sure(sampling.futures_sources),
        lambda: asking.ask(sampling.futures),
        asking.ask(sampling.held_futures),
        older=asking.answers().is_older(sampling.held_futures),
    )
    robust.section(asking.ask(worlds.scenario_regrets) if kept else None)

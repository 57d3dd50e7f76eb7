"""What if the world changes: the changes as a scenario, an epidemic, and futures that may come."""

from collections.abc import Mapping
from typing import Any

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.allocation.program.going_on import is_found_at_once
from medalloc.allocation.scorecard.region_groups import Groups
from medalloc.allocation.solving import solve
from medalloc.allocation.uncertainty import Futures
from medalloc.demand.surge import Measure, Surge, surge
from medalloc.demand.surge_assumptions import SurgeAssumptions, usual_rates
from medalloc.errors import MedallocError
from medalloc.jobs.planning import FindPlan
from medalloc.scenarios import Change, NearPlan, Scenario, apply, near_optimal, without_effect
from medalloc.scenarios.grid import Grid, two_at_once
from medalloc.scenarios.promises import Promise
from medalloc.scenarios.promises import promises as promised
from medalloc.scenarios.regret import Fared, regrets
from medalloc.scenarios.sensitivity import Swing, Way, sensitivity, ways
from medalloc.scenarios.side_by_side import Tried, side_by_side
from medalloc.scenarios.surging import surge_scenario
from medalloc.scenarios.without import Replacement, without
from medalloc.sentences import Sentence
from medalloc.study.entries import entries
from medalloc.study.step import long
from medalloc.study.steps.plans import found_for, large

NAME = "what if"


def living(problem: Problem) -> float:
    """Return who lives in all regions; 0 where that is not known. [persons]."""
    return 0.0 if problem.population is None else float(problem.population.sum())


def epidemic_or_fault(
    problem: Problem,
    epidemic_population: float | None,
    epidemic_today: float,
    epidemic_doubling: float,
    epidemic_reduction: int,
    epidemic_rate: float,
    epidemic_stay: int,
    epidemic_days: int,
) -> Surge | MedallocError | None:
    """Return the epidemic by day, or what is wrong with it; None while nobody has said how many live there."""
    population, share = epidemic_population or living(problem), epidemic_rate / 100
    if not population:
        return None
    usual = usual_rates(share)
    try:
        return surge(
            SurgeAssumptions(
                population=population,
                infected_hospitalized=epidemic_today,
                doubling_days=epidemic_doubling,
                contact_reduction=epidemic_reduction / 100,
                hospital_rate=share,
                intensive_care_rate=usual["intensive_care_rate"],
                ventilator_rate=usual["ventilator_rate"],
                hospital_days=epidemic_stay,
                days=epidemic_days,
            )
        )
    except MedallocError as error:
        return error


def epidemic(epidemic_or_fault: Surge | MedallocError) -> Surge:
    """Return the epidemic by day; what is wrong with it is raised."""
    if isinstance(epidemic_or_fault, MedallocError):
        raise epidemic_or_fault
    return epidemic_or_fault


def epidemic_changes(
    epidemic_or_fault: Surge | MedallocError | None,
    epidemic_on: bool,
    epidemic_base: float | None,
    epidemic_by: Measure,
) -> tuple[Change, ...]:
    """Return what the epidemic changes: nothing while it is not taken; one that cannot be followed is told."""
    if not epidemic_on or epidemic_base is None or epidemic_or_fault is None:
        return ()
    return surge_scenario(NAME, epidemic(epidemic_or_fault), epidemic_base, by=epidemic_by).changes


def scenario(
    problem: Problem,
    demand_change: int,
    stock_change: int,
    budget_change: int,
    floor_change: int,
    changes: tuple[Mapping[str, Any], ...],
    epidemic_changes: tuple[Change, ...],
) -> Scenario:
    """Return what is changed, as a scenario."""
    made = []
    if demand_change:
        made.append(Change("demand", factor=1 + demand_change / 100))
    if stock_change:
        made.append(Change("stock", factor=1 + stock_change / 100))
    if budget_change and problem.budget is not None:
        made.append(Change("budget", factor=1 + budget_change / 100))
    if floor_change:
        made.append(Change("floor", value=min(100.0, max(0.0, 100 * problem.common_floor + floor_change)) / 100))
    return Scenario(NAME, (*made, *entries(changes=changes).changes, *epidemic_changes))


def kept_scenarios(
    problem: Problem,
    scenarios: tuple[Mapping[str, Any], ...],
    model_demands: dict[str, dict[str, float]],
    time_limit: float | None,
) -> tuple[Tried, ...]:
    """Return every scenario that was kept, with its plan or why there is none."""
    return side_by_side(problem, entries(scenarios=scenarios).scenarios, model_demands, time_limit=time_limit)


def plan_sensitivity(plan: Plan) -> tuple[Swing, ...]:
    """Return what each number does to who is served, one at a time."""
    return sensitivity(plan)


def plan_grid(problem: Problem, grid_down: str, grid_across: str, grid_aim: str, grid_step: int) -> Grid:
    """Return what comes of two numbers that change together; demand and the first stock unless others are chosen."""
    down, across = grid_ways(problem, grid_down, grid_across)
    return two_at_once(problem, down, across, aim=grid_aim, step=grid_step / 100)


def grid_ways(problem: Problem, grid_down: str, grid_across: str) -> tuple[Way, Way]:
    """Return the two numbers that change together; one that is not there any more is that of the beginning."""
    known = {str(each): each for each in ways(problem)}
    first, second = list(known)[:2]
    return known.get(grid_down, known[first]), known.get(grid_across, known[second])


def plan_replacements(plan: Plan) -> tuple[Replacement, ...]:
    """Return what is lost without each resource and without each region's share."""
    return without(plan)


def near_plans(plan: Plan) -> tuple[NearPlan, ...]:
    """Return up to three plans that serve within 1 % of this one and place units otherwise."""
    return near_optimal(plan)


def scenario_regrets(plan: Plan, kept_scenarios: tuple[Tried, ...], futures: Futures) -> tuple[Fared, ...]:
    """Return how the base and every kept scenario fare in the sampled futures."""
    # futures are of the regions of the base
    plans = ((each.scenario.name, each.plan) for each in kept_scenarios)
    kept = {name: made for name, made in plans if made is not None and made.problem.regions == plan.problem.regions}
    return regrets({"": plan, **kept}, futures)


def kept_promises(plan: Plan, promises: tuple[str, ...], region_groups: Groups) -> tuple[Promise, ...]:
    """Return which promises the plan keeps."""
    return promised(promises, plan, region_groups)


def changed_problem(problem: Problem, scenario: Scenario, model_demands: dict[str, dict[str, float]]) -> Problem:
    """Return the problem with the scenario's changes."""
    return apply(problem, scenario, model_demands)


def large_change(changed_problem: Problem) -> Problem | None:
    """Return the changed problem where a job searches for its plan; None where that is found at once."""
    return None if is_found_at_once(changed_problem) else large(changed_problem)


@long(FindPlan)
def searched_change(large_change: Problem, time_limit: float | None) -> FindPlan:
    """State which plan of the changed problem is searched for."""
    return FindPlan(large_change, time_limit)


def changed_plan(
    changed_problem: Problem,
    large_change: Problem | None,
    scenario: Scenario,
    time_limit: float | None,
    searched_plan: Plan | None,
    searched_change: Plan | None,
) -> Plan | None:
    """Return the plan of the changed problem, that of an earlier search included; without changes it is the base's."""
    if large_change is None:
        return solve(changed_problem, time_limit=time_limit)
    return found_for(changed_problem, searched_change if scenario.changes else searched_plan)


def inert_changes(
    plan: Plan, changed_plan: Plan, scenario: Scenario, model_demands: dict[str, dict[str, float]]
) -> tuple[Sentence, ...]:
    """Return which changes make no difference to the plan, and why."""
    return without_effect(plan, changed_plan, scenario, model_demands)

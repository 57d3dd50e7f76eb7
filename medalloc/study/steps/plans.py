"""What is asked, the plan, why it is so, and what else would be possible."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from medalloc.allocation.explaining.grouping import grouped
from medalloc.allocation.explaining.marginal import Marginal, marginal
from medalloc.allocation.explaining.reasons import reasons
from medalloc.allocation.fitting.conflicts import require_feasible
from medalloc.allocation.plan import Plan
from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.policies.today import TODAY
from medalloc.allocation.policy import Policy, policy_of
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.problem.idle import idle
from medalloc.allocation.problem.overriding import overridden
from medalloc.allocation.problem.region_table import for_resources, problem_from_table
from medalloc.allocation.problem.start import example_resources
from medalloc.allocation.problem.understood import understood
from medalloc.allocation.program.needed import needs_program, takes_long
from medalloc.allocation.solving import cost_of_locks, solve
from medalloc.demand.demand import Demand
from medalloc.demand.hidden import ends_of_hidden, hidden_said
from medalloc.jobs.planning import FindMargin, FindPlan, FindRivals, rivals_of
from medalloc.resource_names import named
from medalloc.sentences import Sentence, sentence
from medalloc.study.entries import entries
from medalloc.study.step import long
from medalloc.tables.table import Table


def suggested_resources(region_table: Table) -> tuple[Resource, ...]:
    """Return examples that suit the regions, until somebody says what there is to place."""
    return example_resources(region_table)


def stated_resources(
    resources: tuple[Mapping[str, Any], ...] | None, suggested_resources: tuple[Resource, ...] | None
) -> tuple[Resource, ...] | None:
    """Return what is placed as somebody said it, or else the examples."""
    return suggested_resources if resources is None else entries(resources=resources).resources


def resources_in_use(stated_resources: tuple[Resource, ...] | None, fractions: bool) -> tuple[Resource, ...] | None:
    """Return what is placed, in parts of units where these are allowed."""
    if not fractions or stated_resources is None:
        return stated_resources
    return tuple(replace(one, whole=False) for one in stated_resources)


def requirements_confirmed(
    resources_in_use: tuple[Resource, ...], requirement_sources: tuple[tuple[str, float, str], ...]
) -> Mapping[str, str]:
    """Return the source of every requirement that somebody has confirmed, by resource."""
    now = {(each.name, each.requirement) for each in resources_in_use}
    return {name: source for name, requirement, source in requirement_sources if (name, requirement) in now}


def assumed_requirements(
    resources: tuple[Mapping[str, Any], ...] | None,
    resources_in_use: tuple[Resource, ...],
    requirements_confirmed: Mapping[str, str],
) -> tuple[Sentence, ...]:
    """Return which requirements are defaults that nobody has confirmed."""
    usual = Resource("", 0.0).requirement
    return tuple(
        sentence(
            "Assumption: a person takes {requirement} of {name}; that is a default, and nobody has confirmed it.",
            requirement=each.requirement,
            name=named(each.name),
        )
        for each in resources_in_use
        if each.name not in requirements_confirmed and (resources is None or each.requirement == usual)
    )


def policy_in_use(policy: str, alpha: float) -> Policy:
    """Return what is called best."""
    return policy_of(policy, alpha)


def understood_columns(
    table: Table | None,
    region_table: Table,
    resources_in_use: tuple[Resource, ...],
    equity_by: str | None,
    hidden_demand: dict[str, tuple[float, float]],
    patients_demand: Demand | None,
    people: Table | None,
) -> tuple[Sentence, ...]:
    """Return how the columns of a table of regions of one's own were understood, or whom patients stand for."""
    own = table is region_table
    if not own:
        return () if patients_demand is None or people is not None else _scaled_up(patients_demand)
    said = understood(region_table, (each.name for each in resources_in_use), equity_by)
    return (*said, *hidden_said(hidden_demand))


def _scaled_up(found: Demand) -> tuple[Sentence, ...]:
    if found.population is None or np.allclose(found.population, found.weight_sum):
        return ()
    return (
        sentence(
            "Patients stand for all {people} people who live in their regions: demand is scaled up to them. That can "
            "be changed on the Demand screen, in commands by --patients-only.",
            people=round(float(found.population.sum())),
        ),
    )


def hidden_demand(region_table: Table) -> dict[str, tuple[float, float]]:
    """Return the least and the most demand of every region whose own was hidden, such as <5 [persons/period]."""
    return ends_of_hidden(region_table)


def problem_of_file(
    region_table: Table,
    resources_in_use: tuple[Resource, ...],
    budget: float | None,
    floor: float,
    policy_in_use: Policy,
) -> Problem | None:
    """Return what would be solved with the numbers of regions as they are in their table."""
    if not resources_in_use:
        return None
    known = for_resources(region_table, (each.name for each in resources_in_use))
    return problem_from_table(known, resources_in_use, budget=budget, floor=floor, policy=policy_in_use)


def problem(problem_of_file: Problem, region_changes: Mapping[str, Mapping[str, float | None]]) -> Problem:
    """Return what is to be solved, with what was changed by hand."""
    return overridden(problem_of_file, region_changes)


def idle_choices(
    problem: Problem, suggested_resources: tuple[Resource, ...] | None, time_limit: float | None
) -> tuple[Sentence, ...]:
    """Return which limits and costs change nothing; costs that nobody chose are not spoken of."""
    said = tuple(idle(problem, {each.name: each.unit_cost for each in suggested_resources or ()}))
    if time_limit is None or needs_program(problem):
        return said
    return (*said, sentence("The time limit has no effect: this plan takes no search."))


def large_problem(problem: Problem) -> Problem | None:
    """Return the problem where a job searches for its plan; None where that is found at once.

    Limits that cannot be kept together are an error that carries the conflicts.
    """
    return large(problem)


@long(FindPlan)
def searched_plan(large_problem: Problem, time_limit: float | None) -> FindPlan:
    """State which plan is searched for."""
    return FindPlan(large_problem, time_limit)


def plan(
    problem: Problem, large_problem: Problem | None, time_limit: float | None, searched_plan: Plan | None
) -> Plan | None:
    """Return the plan, that of an earlier search included; None while the first search goes on.

    Limits that cannot be kept together are an error that carries the conflicts.
    """
    return solve(problem, time_limit=time_limit) if large_problem is None else found_for(problem, searched_plan)


def large(problem: Problem) -> Problem | None:
    """Return a problem whose plan takes long and whose limits can be kept together."""
    if not takes_long(problem):
        return None
    require_feasible(problem)
    return problem


def found_for(problem: Problem, searched: Plan | None) -> Plan | None:
    """Return what was searched for, unless it is about other regions or resources than are asked about now."""
    return searched if searched is not None and is_about(searched, problem) else None


def is_about(plan: Plan, problem: Problem) -> bool:
    """Whether a plan, perhaps an earlier one, is about the regions and resources of a problem."""
    of = plan.problem
    return of.regions == problem.regions and of.resource_names == problem.resource_names


def todays_plan(plan: Plan) -> Plan | None:
    """Return what the existing units serve where they stand; None where that takes a search."""
    return None if takes_long(plan.problem) else solve(replace(plan.problem, policy=Policy(TODAY.kind)))


def plan_reasons(plan: Plan) -> tuple[Sentence, ...]:
    """Return the reason of every region, in the plan's order."""
    return reasons(plan)


def grouped_reasons(plan: Plan, plan_reasons: tuple[Sentence, ...]) -> list[tuple[Sentence, tuple[str, ...]]]:
    """Return why regions get no more, each reason with the regions of which it is true."""
    return grouped(plan, plan_reasons)


def locks_cost(plan: Plan) -> float:
    """Return how many fewer persons are served because of the locks. [persons/period]."""
    return cost_of_locks(plan)


@long(FindMargin)
def searched_margin(large_plan: Plan) -> FindMargin:
    """State of which plan is searched for what a unit more or less would change."""
    return FindMargin(large_plan)


def large_plan(plan: Plan) -> Plan | None:
    """Return the plan where a job found it; None where it is found at once."""
    return plan if takes_long(plan.problem) else None


def plan_margin(plan: Plan, large_plan: Plan | None, searched_margin: Marginal | None) -> Marginal | None:
    """Return what one unit more and one unit less of every limit would change; None while that is searched for."""
    return marginal(plan) if large_plan is None else searched_margin


@long(FindRivals)
def searched_rivals(large_problem: Problem, alpha: float, time_limit: float | None) -> FindRivals:
    """State of which problem the other policies' plans are searched for."""
    return FindRivals(large_problem, alpha, time_limit)


def every_policy(
    plan: Plan,
    alpha: float,
    time_limit: float | None,
    large_problem: Problem | None,
    searched_rivals: dict[str, Plan] | None,
) -> dict[str, Plan] | None:
    """Return the plan under each policy that can be followed; None while those of a large problem are not found."""
    if large_problem is None:
        rivals: dict[str, Plan] = {
            each.policy: solve(each, time_limit=time_limit) for each in rivals_of(plan.problem, alpha)
        }
    elif searched_rivals is None or not all(is_about(each, plan.problem) for each in searched_rivals.values()):
        return None
    else:
        rivals = dict(searched_rivals)
    made: dict[str, Plan] = {**rivals, plan.problem.policy: plan}
    order = list(CATALOGUE)
    return dict(sorted(made.items(), key=lambda each: order.index(each[0].partition(":")[0])))

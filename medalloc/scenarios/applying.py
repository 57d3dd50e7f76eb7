"""From a base problem and a scenario to the problem it asks for."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.problem.numbers import held, with_held
from medalloc.errors import require
from medalloc.quantities import CELLS, REGIONS, Quantity
from medalloc.scenarios.change import MODEL, SITE, TRIED, UNLIMITED, Change, Scenario
from medalloc.sentences import Sentence, listed, sentence

Demands = Mapping[str, Mapping[str, float]]
"""What other models or forecasters make of the demand of the base, by their name and by region. [persons/period]"""

NO_OTHERS: Demands = {}


def apply(problem: Problem, scenario: Scenario, demands: Demands = NO_OTHERS) -> Problem:
    """Return the problem with every change made, in their order.

    Parameters
    ----------
    demands : mapping, optional
        Of the models or forecasters that may be taken instead.

    Raises
    ------
    InputError
        With every name the problem does not know; with every number that is not there to be multiplied or added to;
        or if the changed problem has faults.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> base = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),))
    >>> apply(base, Scenario("surge", (Change("demand", factor=2, region="South"),))).demand.tolist()
    [30.0, 20.0]
    """
    require(*_name_faults(problem, scenario.changes), *_model_faults(problem, scenario.changes, demands))
    faults = []
    for change in scenario.changes:
        if change.what == "policy":
            problem = replace(problem, policy=change.value)  # type: ignore[arg-type]
        elif change.what == SITE:
            problem = _with_site(problem, str(change.region), float(change.value or 0))
        elif change.what == MODEL:
            made = demands[str(change.value)]
            by_region = zip(problem.regions, problem.demand.tolist(), strict=True)
            problem = replace(problem, demand=np.array([made.get(each, now) for each, now in by_region]))
        elif _lacks(problem, change):
            faults.append(_lacking(problem, change))
        else:
            problem = with_held(problem, {each: _changed(problem, each, change) for each in about(problem, change)})
    require(*faults)
    return problem


def _with_site(problem: Problem, region: str, demand: float) -> Problem:
    """Return the problem with one more region: without units or limits, inhabitants in proportion."""
    given = {"demand": demand}
    if problem.population is not None:
        given["population"] = demand * float(problem.population.sum()) / (float(problem.demand.sum()) or np.inf)
    grown: dict[str, Any] = {}
    for quantity in (*REGIONS, *CELLS):
        if (now := held(problem, quantity)) is not None:
            usual = given.get(quantity.name, 0.0) if quantity.usual is None else quantity.usual
            more = np.full((1, *now.shape[1:]), 0.0 if quantity.field == "demand_of" else usual)
            grown[quantity.field] = np.concatenate([now, more])
    return replace(problem, regions=(*problem.regions, region), **grown)


def about(problem: Problem, change: Change) -> list[Quantity]:
    """Return what a change is about: the regions' own floors, requirements and prices only where they are meant."""
    every = [each for each in TRIED[change.what] if each.of != "cell" or held(problem, each) is not None]
    if change.what == "demand":
        return every[-1:]
    if change.region is not None:
        return [each for each in every if each.of in ("region", "cell")]
    common = [each for each in every if each.of in ("plan", "resource")]
    return every if change.factor is not None or not common else common


def present(problem: Problem, change: Change) -> Array:
    """Return the numbers that a change is about as they are now, not finite where there is none."""
    every = [np.array(held(problem, each))[_where(problem, each, change)] for each in about(problem, change)]
    return np.concatenate([each.ravel() for each in every])


def _changed(problem: Problem, quantity: Quantity, change: Change) -> Array:
    numbers = np.array(held(problem, quantity))
    where = _where(problem, quantity, change)
    if change.factor is not None:
        # no limit times nothing is still no limit, not the missing number that infinity times 0 would be
        finite = np.isfinite(numbers[where])
        numbers[where] = np.where(finite, np.where(finite, numbers[where], 0.0) * change.factor, numbers[where])
    elif change.added is not None:
        numbers[where] += change.added
    else:
        numbers[where] = quantity.nothing if change.value == UNLIMITED else change.value
    return numbers


def _where(problem: Problem, quantity: Quantity, change: Change) -> Any:
    """Return the place of what is changed among all numbers of a quantity."""
    row = slice(None) if change.region is None else problem.regions.index(change.region)
    column = slice(None) if change.resource is None else problem.resource_names.index(change.resource)
    return {"region": row, "resource": column, "cell": (row, column), "plan": ...}[quantity.of]


def _lacks(problem: Problem, change: Change) -> bool:
    """Return whether there is no number to multiply or to add to; no limit times a factor is still none."""
    if change.value is not None:
        return False
    counted = change.added is not None or all(each.of in ("plan", "resource") for each in about(problem, change)[:1])
    return counted and not np.isfinite(present(problem, change)).any()


def _lacking(problem: Problem, change: Change) -> Sentence:
    names = [change.resource] if change.resource is not None else sorted(problem.resource_names)
    quantity = TRIED[change.what][0]
    if quantity.of == "plan":
        what = quantity.title
    else:
        what = sentence("{what} of {names}", what=quantity.title, names=listed(names))
    if change.factor is None:
        return sentence("There is no {what} that could be added to; set one first.", what=what)
    return sentence("There is no {what} that could be multiplied; set one first.", what=what)


def _name_faults(problem: Problem, changes: tuple[Change, ...]) -> list[Sentence]:
    """Return what the changes name that the problem does not have."""
    faults = _site_faults(problem, changes)
    opened = [str(change.region) for change in changes if change.what == SITE]
    for what, known, named in (
        ("region", (*problem.regions, *opened), [change.region for change in changes]),
        ("resource", problem.resource_names, [change.resource for change in changes]),
    ):
        unknown = [name for name in dict.fromkeys(named) if name is not None and name not in known]
        if unknown:
            faults.append(
                sentence(
                    "The scenario changes an unknown {what}: {names}; known are: {known}.",
                    what=what,
                    names=listed(unknown),
                    known=listed(known),
                )
            )
    return faults + _demand_faults(problem, changes)


def _site_faults(problem: Problem, changes: tuple[Change, ...]) -> list[Sentence]:
    """Return which regions are opened although they are there, or are changed before they are opened."""
    faults, there = [], set(problem.regions)
    later = {change.region for change in changes if change.what == SITE} - there
    for change in changes:
        if change.what == SITE and change.region in there:
            faults.append(
                sentence("There is a region {region} already; call the new one otherwise.", region=change.region)
            )
        elif change.what == SITE:
            there.add(str(change.region))
            if problem.demand_of is not None and change.value:
                faults.append(
                    sentence(
                        "Every resource has people of its own: open {region} with demand 0, then set each one's.",
                        region=str(change.region),
                    )
                )
        elif change.region in later - there:
            faults.append(
                sentence("{region} is changed before it is opened; open it first.", region=str(change.region))
            )
    return faults


def _model_faults(problem: Problem, changes: tuple[Change, ...], demands: Demands) -> list[Sentence]:
    """Return which models are asked for that make no demand of this base."""
    wanted = dict.fromkeys(str(change.value) for change in changes if change.what == MODEL)
    if not wanted or problem.demand_of is not None:
        return [sentence("Demand of each resource alone comes from the table, not from a model.")] if wanted else []
    return [
        sentence(
            "There is no demand by “{model}” here: it was not trained, or takes long; there is: {known}.",
            model=each,
            known=listed(demands) or "–",
        )
        for each in wanted
        if each not in demands
    ]


def _demand_faults(problem: Problem, changes: tuple[Change, ...]) -> list[Sentence]:
    """Return where a change of demand names a resource that has no persons of its own, or leaves out one that has."""
    faults = []
    for change in changes:
        if change.what != "demand":
            continue
        if problem.demand_of is None and change.resource is not None:
            faults.append(
                sentence(
                    "A person needs every resource, so there is no demand of {resource} alone; leave it out.",
                    resource=change.resource,
                )
            )
        if problem.demand_of is not None and change.resource is None and change.factor is None:
            faults.append(
                sentence(
                    "Every resource has people of its own, so setting the demand of {region} needs one of: {names}.",
                    region=str(change.region),
                    names=", ".join(problem.resource_names),
                )
            )
    return faults

"""From a base problem and a scenario to the problem it asks for."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from medalloc.allocation.problem import Array, Problem, Resource
from medalloc.errors import InputError
from medalloc.scenarios.change import PER_RESOURCE, UNLIMITED, Change, Scenario
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.quantities import PER_CELL

IN_REGIONS = {"requirement": "region_requirement", "unit_cost": "region_cost"}
"""Numbers of a resource that a region may have of its own, and where those are."""


def apply(problem: Problem, scenario: Scenario) -> Problem:
    """Return the problem with every change made, in their order.

    Raises
    ------
    InputError
        With every name the problem does not know; or if the changed problem has faults.

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> base = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),))
    >>> apply(base, Scenario("surge", (Change("demand", factor=2, region="South"),))).demand.tolist()
    [30.0, 20.0]
    """
    faults = _name_faults(problem, scenario.changes)
    if faults:
        raise InputError(*faults)
    for change in scenario.changes:
        problem = _changed(problem, change)
    return problem


def _name_faults(problem: Problem, changes: tuple[Change, ...]) -> list[Sentence]:
    """Return what the changes name that the problem does not have."""
    faults = []
    for what, known, named in (
        ("region", problem.regions, [change.region for change in changes]),
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
    first = next((change for change in changes if change.what == "budget"), None)
    if first is not None and first.factor is not None and problem.budget is None:
        faults.append(sentence("There is no budget that could be multiplied; set one first."))
    return faults + _demand_faults(problem, changes) + _stay_faults(problem, changes)


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
        if problem.demand_of is not None and change.resource is None and change.value is not None:
            faults.append(
                sentence(
                    "Every resource has persons of its own, so setting the demand of {region} needs one of: {names}.",
                    region=str(change.region),
                    names=", ".join(problem.resource_names),
                )
            )
    return faults


def _stay_faults(problem: Problem, changes: tuple[Change, ...]) -> list[Sentence]:
    """Return where a length of stay is multiplied before there is one."""
    known = {one.name for one in problem.resources if one.length_of_stay is not None}
    faults = []
    for change in changes:
        if change.what != "length_of_stay":
            continue
        named = set(problem.resource_names) if change.resource is None else {change.resource}
        if change.value is not None:
            known |= named
        elif not named & known:
            faults.append(
                sentence(
                    "There is no length of stay of {names} that could be multiplied; set one first.",
                    names=listed(sorted(named)),
                )
            )
    return faults


def _changed(problem: Problem, change: Change) -> Problem:
    if change.what == "policy":
        return replace(problem, policy=change.value)  # type: ignore[arg-type]
    new = _new_number(change)
    if change.what == "budget":
        budget = np.inf if problem.budget is None else problem.budget
        changed = new(np.array(budget)).item()
        return replace(problem, budget=None if np.isinf(changed) else changed)
    if change.what in PER_RESOURCE:
        return _changed_resources(problem, change, new)
    if change.what == "demand" and problem.demand_of is not None:
        persons = problem.demand_of.copy()
        persons[_where(problem, change)] = new(persons[_where(problem, change)])
        return replace(problem, demand_of=persons, demand=persons.sum(axis=1))
    changes: dict[str, Any] = {}
    if change.what == "floor" and change.region is None:
        changes["common_floor"] = new(np.array(problem.common_floor)).item()
    if change.what != "floor" or change.region is not None or change.factor is not None:
        array = getattr(problem, change.what).copy()
        where = _where(problem, change)
        cells = new(array[where])
        array[where] = np.where(np.isinf(cells), np.nan, cells) if change.what == "locked" else cells
        changes[change.what] = array
    return replace(problem, **changes)


def _changed_resources(problem: Problem, change: Change, new: Callable[[Array], Array]) -> Problem:
    resources = tuple(
        replace(one, **_one_number(one, change.what, new)) if change.resource in (None, one.name) else one
        for one in problem.resources
    )
    own = IN_REGIONS.get(change.what)
    if own is None or change.factor is None:
        return replace(problem, resources=resources)
    array = getattr(problem, own).copy()
    columns = slice(None) if change.resource is None else problem.resource_names.index(change.resource)
    array[:, columns] = new(array[:, columns])
    return replace(problem, resources=resources, **{own: array})


def _new_number(change: Change) -> Callable[[Array], Array]:
    """Return what makes new numbers of the present ones."""
    if change.factor is not None:
        factor = change.factor
        # No limit times nothing is still no limit, not the missing number that infinity times 0 would be.
        return lambda present: np.where(np.isinf(present), present, np.where(np.isinf(present), 0.0, present) * factor)
    value = np.inf if change.value == UNLIMITED else float(change.value)  # type: ignore[arg-type]
    return lambda present: np.full_like(present, value, dtype=np.float64)


def _where(problem: Problem, change: Change) -> Any:
    rows = slice(None) if change.region is None else problem.regions.index(change.region)
    if change.what not in PER_CELL and (change.what != "demand" or problem.demand_of is None):
        return rows
    return rows, slice(None) if change.resource is None else problem.resource_names.index(change.resource)


def _one_number(resource: Resource, what: str, new: Callable[[Array], Array]) -> dict[str, Any]:
    present = getattr(resource, what)
    if what == "length_of_stay" and present is None:
        # a value needs no present number, and a factor changes nothing where there is none
        changed = new(np.array(np.nan)).item()
        return {what: None if np.isnan(changed) else changed}
    return {what: new(np.array(present)).item()}

"""The remedies of conflicts, together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from medalloc.allocation.problem import Problem
from medalloc.allocation.problem.overriding import Overrides, overridden
from medalloc.quantities import MAY_BE_EMPTY


@dataclass(frozen=True)
class Remedies:
    """What would make limits fit, sorted by where it is set."""

    stock: Mapping[str, float] = field(default_factory=dict)
    """Stock to raise to, by resource. [units]"""

    budget: float | None = None
    """Budget to raise to; None to leave it. [money]"""

    regions: Overrides = field(default_factory=dict)
    """Caps, spaces and locks to change, by region."""

    @property
    def changes(self) -> tuple[dict[str, object], ...]:
        """The same as changes of a scenario.

        Examples
        --------
        >>> Remedies({"beds": 12.0}, regions={"Ohio": {"cap:beds": None}}).changes[1]
        {'what': 'cap', 'value': 'unlimited', 'region': 'Ohio', 'resource': 'beds'}
        """
        made: list[dict[str, object]] = [
            {"what": "stock", "value": number, "resource": name} for name, number in self.stock.items()
        ]
        made += [] if self.budget is None else [{"what": "budget", "value": self.budget}]
        for region, numbers in self.regions.items():
            for role, number in numbers.items():
                what, _colon, resource = role.partition(":")
                value: float | str = "unlimited" if number is None else number
                about = {"region": region} | ({"resource": resource} if resource else {})
                made.append({"what": what, "value": value, **about})
        return tuple(made)


def remedies(changes: Iterable[Mapping[str, object]]) -> Remedies:
    """Return changes of conflicts sorted by where they are set; of several for the same limit the largest.

    Examples
    --------
    >>> remedies([{"what": "stock", "resource": "beds", "value": 12.0}, {"what": "budget", "value": 5.0}])
    Remedies(stock={'beds': 12.0}, budget=5.0, regions={})
    """
    stock: dict[str, float] = {}
    regions: dict[str, dict[str, float | None]] = {}
    budget = None
    for change in changes:
        what, resource, value = change["what"], str(change.get("resource", "")), change["value"]
        number = None if value == "unlimited" else float(str(value))
        if what == "stock" and number is not None:
            stock[resource] = max(number, stock.get(resource, 0.0))
        elif what == "budget" and number is not None:
            budget = max(number, budget or 0.0)
        elif what in MAY_BE_EMPTY and "region" in change:
            numbers = regions.setdefault(str(change["region"]), {})
            role = f"{what}:{resource}" if resource else str(what)
            before = numbers.get(role, number)
            numbers[role] = None if number is None or before is None else max(number, before)
    return Remedies(stock, budget, regions)


def remedied(problem: Problem, every: Remedies) -> Problem:
    """Return the problem with these remedies."""
    resources = tuple(replace(each, stock=every.stock.get(each.name, each.stock)) for each in problem.resources)
    budget = problem.budget if every.budget is None else every.budget
    return overridden(replace(problem, resources=resources, budget=budget), every.regions)

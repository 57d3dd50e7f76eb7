"""What one more person would take that there is none of: stock, units that may be moved, money, room."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from medalloc.allocation.explaining.exchange import coming, exchanged, movable_left
from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.program.needed import needs_program
from medalloc.quantities.units_named import all_of
from medalloc.sentences import Sentence, counted, sentence

NEAR = 1e-7
"""Share of itself by which a number may miss a limit and still be at it."""

SOLVED = 1e-6
"""The same where a solver's tolerance is in the number."""


@dataclass(frozen=True)
class Shortage:
    """What a plan leaves of every limit, worked out once."""

    plan: Plan
    """The plan, to which locked units are as good as existing."""

    takes: NDArray[np.bool_]
    """Whether one more person would take new units, shape (n_regions, n_resources)."""

    helping: NDArray[np.bool_]
    """Whether a resource may do more of the work of one that is taken, shape (n_regions, n_resources)."""

    cap: Array
    """Most units that can come to a region, whole ones where they must be, shape (n_regions, n_resources). [units]"""

    left: Array
    """Units that stay in stock, shape (n_resources,). [units]"""

    movable: Array
    """Further existing units that may be moved, shape (n_resources,). [units]"""

    money: float
    """What is left of the budget; infinite without one. [money]"""

    room: Array
    """What is left of the space, shape (n_regions,); infinite where there is no limit. [space]"""

    @classmethod
    def of(cls, plan: Plan) -> "Shortage":
        """Work it out."""
        problem, near = plan.problem, SOLVED if needs_program(plan.problem) else NEAR
        need, there = problem.requirement * plan.served[:, None], problem.existing + exchanged(plan)
        takes = need * (1 + near) >= there
        # a whole unit may still have time for the next person; then something else is short
        tight = need * (1 + near) >= there + coming(plan)
        takes = np.where(tight.any(axis=1, keepdims=True), takes & tight, takes) & (problem.requirement > 0)
        return cls(
            plan=plan,
            takes=takes,
            helping=_helping(plan, need, takes),
            cap=np.where(problem.whole, np.floor(problem.cap), problem.cap),
            left=plan.left,
            movable=movable_left(plan),
            money=np.inf if problem.budget is None else problem.budget - plan.spent,
            room=problem.space - plan.units @ problem.unit_space,
        )

    def said(self) -> list[Sentence]:
        """Return what one more person in every region would take that there is none of."""
        problem, least = self.plan.problem, np.where(self.plan.problem.whole, 1 - NEAR, 0.0)
        taken = self.takes | self.helping
        # regions that lack the same are told the same: there may be thousands, and few ways to lack
        ways = np.hstack([taken, problem.unit_cost])
        _, first, way = np.unique(ways, axis=0, return_index=True, return_inverse=True)
        told = [self._said(index, taken[index], least) for index in first.tolist()]
        return [told[each] for each in way.ravel().tolist()]

    @property
    def filled(self) -> NDArray[np.bool_]:
        """Whether a region has no room for the next unit of what one more person would take, like `takes`."""
        problem = self.plan.problem
        space = np.where(np.isfinite(problem.space), SOLVED * problem.space, 0.0)[:, None]
        each = np.where(problem.whole, 1 - NEAR, 0.0) * problem.unit_space
        # a person takes a unit of everything that is used up, unless one may do the work of another
        together = np.where(self.helping.any(axis=1), 0.0, self.takes @ each)[:, None]
        smallest = np.maximum(np.maximum(each, together), space)
        return (self.takes | self.helping) & (problem.unit_space > 0) & (self.room[:, None] <= smallest)

    def _said(self, index: int, takes: NDArray[np.bool_], least: Array) -> Sentence:
        problem = self.plan.problem
        gone = takes & (self.left <= np.maximum(least, NEAR * problem.stock))
        rest = gone & (self.left > NEAR * np.maximum(1.0, problem.stock))
        parts = []
        if (gone & ~rest).any():
            parts += used_up(self.plan, gone & ~rest)
        if rest.any():
            parts.append(sentence("no whole unit of {resources} is left", resources=names_of(self.plan, rest)))
        parts += self.of_moving(index, gone, least)
        parts += self._of_money(index, takes, least)
        if not parts and self.plan.status == "best found":
            return sentence("no better use of what there is was found")
        return listed(parts) if parts else sentence("serving more here would serve fewer elsewhere")

    def of_moving(self, index: int, gone: NDArray[np.bool_], least: Array) -> list[Sentence]:
        """Return why none of what is used up comes from other regions, if any may be moved at all."""
        problem = self.plan.problem
        existing = problem.existing.sum(axis=0)
        moves = gone & np.array([one.is_moved for one in problem.resources]) & (existing > 0)
        if self.plan.moved is None or not moves.any():
            return []
        all_moved = moves & (self.movable <= np.maximum(least, SOLVED * existing))
        parts = []
        if all_moved.any():
            parts.append(sentence("no more {resources} may be moved", resources=names_of(self.plan, all_moved)))
        if (moves & ~all_moved).any() and not self._is_broke(index, moves & ~all_moved, least):
            kept = names_of(self.plan, moves & ~all_moved)
            parts.append(sentence("moving more {resources} here would serve fewer elsewhere", resources=kept))
        return parts

    def _of_money(self, index: int, takes: NDArray[np.bool_], least: Array) -> list[Sentence]:
        if not self._is_broke(index, takes, least):
            return []
        if self.money > NEAR * max(1.0, self.plan.problem.budget or 0.0):
            return [sentence("what is left of the budget pays for no more")]
        return [sentence("the budget is spent")]

    def _is_broke(self, index: int, takes: NDArray[np.bool_], least: Array) -> bool:
        """Whether the money that is left pays for none of some resources."""
        problem = self.plan.problem
        if problem.budget is None:
            return False
        costs = problem.unit_cost[index]
        if self.plan.moved is not None:
            costs = np.maximum(costs, [one.move_cost if one.is_moved else 0.0 for one in problem.resources])
        each = least * takes * costs
        alone = self.plan.moved is not None or self.helping[index].any()
        return bool((takes * costs).any()) and self.money <= max(
            NEAR * problem.budget, float(each.max() if alone else each.sum())
        )


def _helping(plan: Plan, need: Array, takes: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return whether units of a resource could do more work of one that is taken, if there were more of them."""
    problem, helping = plan.problem, np.zeros_like(takes)
    if plan.standing_in is None:
        return helping
    for place, one in enumerate(problem.resources):
        if one.stands_in_for:
            other = problem.resource_names.index(one.stands_in_for)
            most = one.stand_in_share * need[:, other] / one.productivity
            helping[:, place] = takes[:, other] & (plan.standing_in[:, place] < most * (1 - SOLVED))
    return helping


def never_and_gone(problem: Problem, which: NDArray[np.bool_]) -> tuple[list[str], list[str]]:
    """Return of which of some resources there never was a stock, and those whose stock is used up."""
    names, none = np.array(problem.resource_names), problem.stock <= 0
    return names[which & none].tolist(), names[which & ~none].tolist()


def used_up(plan: Plan, which: NDArray[np.bool_]) -> list[Sentence]:
    """Return that there is no more of some resources; of which there never was any is said by itself."""
    never, gone = never_and_gone(plan.problem, which)
    parts = [sentence("there is no stock of {resources}", resources=all_of(never))] if never else []
    if gone:
        parts.append(
            counted(
                "the stock of {resources} is used up",
                "the stocks of {resources} are used up",
                count=len(gone),
                resources=all_of(gone),
            )
        )
    return parts


def names_of(plan: Plan, which: NDArray[np.bool_]) -> str:
    """Return the names of some resources, one after the other."""
    return ", ".join(name for name, named in zip(plan.problem.resource_names, which, strict=True) if named)


def listed(parts: Sequence[Sentence]) -> Sentence:
    """Return one part after the other."""
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        return sentence("{first} and {rest}", first=parts[0], rest=parts[1])
    return sentence("{first}, {rest}", first=parts[0], rest=listed(parts[1:]))

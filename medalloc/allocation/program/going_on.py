"""Programs of many regions that stay loaded: the next problem goes on from where the one before it ended.

What is found depends on the problem alone, not on what was asked before it: every step has one best corner.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from threading import Lock
from typing import Any, TypeVar

import numpy as np

from medalloc.allocation.closed_forms.simplex import SolverError
from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.program.by_prices import MANY
from medalloc.allocation.program.found import Found, NoPlanError, OutOfTimeError, bound_by_prices
from medalloc.allocation.program.live import Live
from medalloc.allocation.program.model import Model, goal_of
from medalloc.allocation.program.netting import Netting

T = TypeVar("T")

MOST_TO_SPREAD = 600
"""Groups of persons up to which plans that serve equally many are told apart by how equal they are; those of more are
told apart by the units they take."""

LOADED = 2
"""Programs that stay loaded, those last asked for. [count]"""

RESIZED = 16.0
"""How many times larger or smaller a column may become before the program is loaded afresh, in sizes that suit it."""

AT_ONCE = 12_000
"""Resources of regions of which a plan is found within a second even where nothing was loaded. [count]"""

MORE = 1e-6
"""By what share of all that could be taken prices are of more stock and budget: at a corner, of what is beyond it."""

BESIDE = 1e-3
"""What the least effort counts for beside the goal where a program is first solved, so that it ends close to both."""

APART = 0.01
"""By what share efforts that count alike are told apart."""


@dataclass(eq=False)
class Standing:
    """A program in HiGHS and the corners at which it ended, by what was asked; changed in place."""

    live: Live
    corners: dict[str, Any] = field(default_factory=dict)

    def suits(self, model: Model) -> bool:
        """Whether a model has the same rows and columns, of about the same sizes; ends and goals may differ."""
        now, then = model.matrix, self.live.model.matrix
        if now.shape != then.shape or now.nnz != then.nnz or model.layout != self.live.model.layout:
            return False
        ratio = model.sizes / self.live.size
        same = (np.array_equal(getattr(now, part), getattr(then, part)) for part in ("indptr", "indices", "data"))
        return bool(ratio.max() <= RESIZED and ratio.min() >= 1 / RESIZED) and all(same)

    def run(self, what: str, goal: Array, after: str = "") -> Found:
        """Return the best point, gone on from where this was found the last time or, at first, something else was."""
        corner = self.corners.get(what, self.corners.get(after))
        if corner is None:
            self.live.solver.clearSolver()
        else:
            self.live.solver.setBasis(corner)
        found = self.live.run(goal)
        self.corners[what] = self.live.solver.getBasis()
        return found

    def here(self, goal: Array) -> float | None:
        """Return the best value if the corner that serves the most is the best one by another goal, too."""
        if "most" not in self.corners:
            return None
        self.live.solver.setBasis(self.corners["most"])
        try:
            return self.live.run(goal, steps=0).value
        except OutOfTimeError:
            return None


class Programs:
    """What stays loaded from one problem to the next; each is used by one thread at a time."""

    def __init__(self) -> None:
        self.one_at_a_time = Lock()
        self._standing: list[Standing] = []
        self._asked: tuple[Problem, Model] | None = None

    def model(self, problem: Problem, make: Callable[[Problem], Model]) -> Model:
        """Return the model of a problem, made once while the same is asked about."""
        if self._asked is None or self._asked[0] is not problem:
            self._asked = problem, make(problem)
        return self._asked[1]

    def taken(self, model: Model) -> Standing:
        """Return the program of a model, one that was loaded before if it suits; it is gone until it is kept again."""
        for each in self._standing:
            if each.suits(model):
                self._standing.remove(each)
                each.live.take(model)
                return each
        return Standing(Live(model))

    def keep(self, standing: Standing) -> None:
        """Let a program stay loaded, in place of the one that was not asked for the longest."""
        self._standing = [*self._standing[1 - LOADED :], standing]


_programs: ContextVar[Programs | None] = ContextVar("programs", default=None)


@contextmanager
def going_on(programs: Programs | None = None) -> Iterator[None]:
    """Let programs that are solved inside go on from each other, and from these if nobody else uses them just now.

    They are needed several calls below whoever keeps them: they do not travel through all of their signatures.
    """
    if programs is None and _programs.get() is not None:
        yield
        return
    mine = programs is not None and programs.one_at_a_time.acquire(blocking=False)
    token = _programs.set(programs if mine else Programs())
    try:
        yield
    finally:
        _programs.reset(token)
        if mine and programs is not None:
            programs.one_at_a_time.release()


def programs() -> Programs:
    """Return what stays loaded."""
    return _programs.get() or Programs()


def goes_on(problem: Problem, until: float = np.inf) -> bool:
    """Whether a program is one of those that stay loaded: of many regions, in parts of units, not against the clock."""
    groups = problem.demand.size if problem.demand_of is None else problem.demand_of.size
    return groups > MOST_TO_SPREAD and problem.demand.size <= MANY and not problem.whole.any() and until == np.inf


def is_found_at_once(problem: Problem) -> bool:
    """Whether the plan of a problem that was changed need not be searched for: it goes on from the one before."""
    return problem.aim.serves_most and goes_on(problem) and problem.cap.size <= AT_ONCE


def most_and_least(model: Model) -> tuple[Array, float, float, Array]:
    """Return amounts, value, bound and prices of the plan that serves the most and, of these, takes the least."""

    def found(standing: Standing, netting: Netting) -> tuple[Array, float, float, Array]:
        most = _most(standing, netting)
        standing.live.hold()
        least = standing.run("least", netting.goal(-effort_of(model)), "most")
        standing.live.release()
        amounts = netting.apart(least.amounts)
        return amounts, float(model.persons.value @ amounts[model.layout.served]), most.bound, most.price

    return _gone_on(model, found)


def most(model: Model) -> Found:
    """Return the best point of a model, each person counted with its value, and the prices of a little more."""
    return _gone_on(model, _most)


def most_alike(model: Model) -> float:
    """Return the most persons that can be served. [persons]."""

    def found(standing: Standing, netting: Netting) -> float:
        goal = netting.goal(goal_of(model, np.ones_like(model.persons.value)))
        here = standing.here(goal)
        return standing.run("alike", goal).value if here is None else here

    return _gone_on(model, found)


def _gone_on(model: Model, find: Callable[[Standing, Netting], T]) -> T:
    """Return what is found from a program that may have been loaded before; where that fails, from one that was not."""
    netting, kept = Netting(model), programs()
    standing = kept.taken(netting.netted)
    try:
        found = find(standing, netting)
    except (NoPlanError, SolverError):
        standing = Standing(Live(netting.netted))
        found = find(standing, netting)
    kept.keep(standing)
    return found


def _most(standing: Standing, netting: Netting) -> Found:
    model, live = netting.model, standing.live
    goal = netting.goal(goal_of(model, model.persons.value))
    if not standing.corners and 2 * np.unique(model.persons.value).size < model.persons.value.size:
        # of many plans that serve equally many the solver is led to where little is taken
        effort = netting.goal(-effort_of(model))
        beside = BESIDE * float(np.abs(goal * live.size).max() / np.abs(effort * live.size).max())
        standing.run("most", goal + beside * effort)
    rows = np.concatenate([model.rows["stock"], model.rows.get("budget", np.zeros(0, dtype=np.int64))])
    upper, lower = live.ends.row_upper[rows] / live.row_size[rows], np.full(rows.size, -np.inf)
    # of what all regions could take, which does not depend on what the program was loaded with
    reach = (abs(netting.netted.matrix) @ netting.netted.ends.column_upper)[rows]
    live.change_rows(rows, lower, upper + MORE * (1 + drawn(rows.size)) * np.maximum(1e-9, reach) / live.row_size[rows])
    price = standing.run("most", goal).price
    live.change_rows(rows, lower, upper)
    found = standing.run("most", goal)
    bound = max(found.value, bound_by_prices(netting.netted, goal, found.price))
    return replace(found, amounts=netting.apart(found.amounts), bound=bound, price=netting.prices(price))


def effort_of(model: Model) -> Array:
    """Return what a plan takes, by column, of which no two count quite alike: of equal plans one is the least.

    A unit of each resource counts alike everywhere, as a share of what its largest region may get; a moved one counts
    half as much more, one that stands in a tenth. Persons who count for something are rather served than not.
    """
    layout, persons, effort = model.layout, model.persons, np.zeros(model.layout.columns)
    unit = 1.0 / model.sizes[layout.new].max(axis=0)
    moved = unit[list(layout.movable)]
    effort[layout.new], effort[layout.taken], effort[layout.given] = unit, 1.5 * moved, 0.01 * moved
    effort[layout.helped] = 0.1 * unit[[helper for helper, _ in layout.helps]]
    effort[layout.served] = BESIDE * np.where(persons.value > 0, -1.0, 1.0) * persons.alike
    return np.asarray(effort * (1 + APART * drawn(effort.size)))


def drawn(count: int) -> Array:
    """Return as many numbers in [0, 1) in no order, always the same: splitmix64.

    Examples
    --------
    >>> drawn(3).round(6).tolist()
    [0.883311, 0.431528, 0.026434]
    """
    made = np.arange(1, count + 1, dtype=np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    made = (made ^ (made >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    made = (made ^ (made >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray((made ^ (made >> np.uint64(31))) >> np.uint64(11)) / 2.0**53

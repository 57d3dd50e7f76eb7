"""Answers to the steps of a study: each asked once, from inputs that its own parameters name."""

import inspect
from collections.abc import Callable, Mapping
from functools import cache
from types import NoneType
from typing import Any, Literal, TypeVar, cast, get_args, get_type_hints, overload

from medalloc.allocation.program.going_on import Programs, going_on
from medalloc.errors import MedallocError
from medalloc.jobs.protocol import Jobs, Task
from medalloc.jobs.run import Status
from medalloc.study.kept import PLAIN, Kept
from medalloc.study.step import Files, Long, Step
from medalloc.study.story import STORY
from medalloc.study.study import PART_OF, Study
from medalloc.study.tickets import Ticket, noted

T = TypeVar("T")
Standing = Literal["missing", "working", "ready", "older", "failed", "cancelled", "lost"]


@cache
def inputs_of(step: Step) -> dict[str, bool]:
    """Return the inputs of a step by name, and whether it can go on without each."""
    function = step.state if isinstance(step, Long) else step
    hints = get_type_hints(function)
    return {name: NoneType in get_args(hints[name]) for name in inspect.signature(function).parameters}


@cache
def fields_of(step: Step) -> frozenset[str]:
    """Return the names of all choices that a step depends on, through the steps before it."""
    found: set[str] = set()
    for name in inputs_of(step):
        before = steps().get(name)
        found |= {name} if before is None else fields_of(before)
    return frozenset(found & PART_OF.keys())


@cache
def longs_of(step: Step) -> frozenset[str]:
    """Return the names of all long steps that a step depends on."""
    found: set[str] = {step.__name__} if isinstance(step, Long) else set()
    for name in inputs_of(step):
        if (before := steps().get(name)) is not None:
            found |= longs_of(before)
    return frozenset(found)


@cache
def steps() -> Mapping[str, Step]:
    """Return every step of the story by name."""
    return {each.__name__: each for each in STORY}


class Answers:
    """What follows from a study, and from its runs as they stood when they were first looked at.

    Parameters
    ----------
    tickets : tuple of Ticket
        What was handed to them, the newest first.
    kept : Kept, optional
        What is known already; shared by all who ask in one visit.
    """

    def __init__(
        self, study: Study, files: Files, jobs: Jobs, tickets: tuple[Ticket, ...] = (), kept: Kept | None = None
    ) -> None:
        self.study, self.files, self.jobs, self.tickets = study, files, jobs, tickets
        self.kept = Kept() if kept is None else kept
        self.programs = self.kept.beside(Programs)
        self._known: dict[str, tuple[Any, MedallocError | None]] = {}
        self._asked: dict[str, Mapping[str, Any]] = {}
        self._seen: dict[str, Status] = {}

    @overload
    def __call__(self, step: Long[T]) -> T | None: ...
    @overload
    def __call__(self, step: Callable[..., T | None]) -> T | None: ...
    def __call__(self, step: Any) -> Any:
        """Return the answer of a step; None where something before it is missing.

        Raises
        ------
        MedallocError
            What a user can repair, of this step or one before it.
        """
        return self._of(step.__name__)

    def after(self, study: Study, tickets: tuple[Ticket, ...]) -> "Answers":
        """Return the answers of a study that was changed; what no change touches is not asked again."""
        later = Answers(study, self.files, self.jobs, tickets, self.kept)
        changed = {name for name in PART_OF if self.study.choice(name) is not study.choice(name)}
        moved = {name for name, step in steps().items() if isinstance(step, Long) and self._has_moved(step, later)}
        for name, known in self._known.items():
            step = steps().get(name)
            if step is not None and not fields_of(step) & changed and not longs_of(step) & moved:
                later._known[name] = known
        return later

    def standing(self, step: Long[Any]) -> Standing:
        """Return how a long step stands; older is an answer to what was asked before."""
        status, ticket = self.status(step), self.ticket(step)
        if status is None:
            return "missing"
        if not status.ended:
            return "working"
        if ticket is not None:
            return "ready" if self.is_of_now(step, ticket) else "older"
        return cast(Standing, status.state)

    def is_older(self, step: Long[Any]) -> bool:
        """Whether the answer of a long step is one to what was asked before."""
        ticket = self.ticket(step)
        return ticket is not None and not self.is_of_now(step, ticket)

    def status(self, step: Long[Any]) -> Status | None:
        """Return how far the newest run of a long step is; None before the first one."""
        newest = self._newest(step)
        return None if newest is None else self.status_of(newest)

    def status_of(self, ticket: Ticket) -> Status:
        """Return how far a run was when it was first asked for, so that all that is said together agrees."""
        if ticket.id not in self._seen:
            self._seen[ticket.id] = self.jobs.status(ticket.id)
        return self._seen[ticket.id]

    def ticket(self, step: Long[Any]) -> Ticket | None:
        """Return the run whose answer is in use: one of what is asked now, else the newest that was done."""
        done = self.done(step)
        return next((each for each in done if self.is_of_now(step, each)), done[0] if done else None)

    def done(self, step: Long[Any]) -> list[Ticket]:
        """Return the runs of a long step that have an answer, the newest first."""
        own = (each for each in self.tickets if each.task == step.__name__)
        return [each for each in own if self.status_of(each).state == "done"]

    def result(self, step: Long[T], ticket: Ticket) -> T:
        """Return what a run that is done answered."""
        return self.kept.answer(step.result, self.jobs, ticket.id)

    def is_of_now(self, step: Long[Any], ticket: Ticket) -> bool:
        """Whether a run was given what the long step would be given now."""
        return ticket.of == self.asked(step)

    def asked(self, step: Long[Any]) -> Mapping[str, Any]:
        """Return what a long step would be given now, as its ticket notes it."""
        if step.__name__ not in self._asked:
            self._asked[step.__name__] = self._noted(step)
        return self._asked[step.__name__]

    def task(self, step: Long[T]) -> Task[T] | None:
        """Return what a job is to do for a long step; None where something before it is missing."""
        inputs = self._inputs(step)
        return None if inputs is None else step.state(**inputs)

    def submit(self, step: Long[Any]) -> Ticket | None:
        """Hand a long step to the jobs and return the ticket; None where something before it is missing."""
        task = self.task(step)
        return None if task is None else Ticket(step.__name__, self.jobs.submit(task), self.asked(step))

    def adopt(self, step: Long[T], of: Mapping[str, Any], found: Mapping[str, bytes]) -> Ticket | None:
        """Take over what a long step found elsewhere; None where that was of something else than is asked now."""
        task = self.task(step) if dict(of) == dict(self.asked(step)) else None
        return None if task is None else Ticket(step.__name__, self.jobs.adopt(task, found), self.asked(step))

    def _of(self, name: str) -> Any:
        step = steps().get(name)
        if step is None:
            return self.files if name == "files" else self.study.choice(name)
        if name not in self._known:
            try:
                self._known[name] = (self._answer(step), None)
            except MedallocError as error:
                self._known[name] = (None, error)
        value, failed = self._known[name]
        if failed is not None:
            raise failed.with_traceback(None)
        return value

    def _answer(self, step: Step) -> Any:
        if isinstance(step, Long):
            ticket = self.ticket(step)
            return None if ticket is None else self.result(step, ticket)
        inputs = self._inputs(step)
        if inputs is None:
            return None
        with going_on(self.programs):
            return self.kept.answer(step, *inputs.values())

    def _inputs(self, step: Step) -> dict[str, Any] | None:
        """Return the inputs of a step; None where one that it needs is missing."""
        inputs = {}
        for name, optional in inputs_of(step).items():
            inputs[name] = self._of(name)
            if inputs[name] is None and not optional:
                return None
        return inputs

    def _noted(self, step: Step) -> Mapping[str, Any]:
        """Return what a step is given: plain values themselves, everything else by what it is made from."""
        of: dict[str, Any] = {}
        for name in inputs_of(step):
            before = steps().get(name)
            if before is None:
                of |= {} if name == "files" else {name: noted(self.study.choice(name))}
            elif (plain := _plain(self._quietly(name))) is not None:
                of[name] = noted(plain)
            else:
                of[name] = dict(self._noted(before))
        return of

    def _quietly(self, name: str) -> Any:
        try:
            return self._of(name)
        except MedallocError:
            return None

    def _newest(self, step: Long[Any]) -> Ticket | None:
        return next((each for each in self.tickets if each.task == step.__name__), None)

    def _has_moved(self, step: Long[Any], later: "Answers") -> bool:
        known = self._known.get(step.__name__)
        ticket = later.ticket(step)
        now = None if ticket is None else later.result(step, ticket)
        return known is None or known[0] is not now


def _plain(value: Any) -> Any:
    """Return a value as JSON knows it; None where it is none that JSON knows."""
    return value.to_json() if hasattr(value, "to_json") else value if isinstance(value, PLAIN) else None

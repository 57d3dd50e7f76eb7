"""What follows from a visitor's choices; only the screens themselves ask, and hand the answers to their parts."""

from collections.abc import Callable
from typing import Any, TypeVar, overload

from medalloc.errors import InfeasibleError, MedallocError, SourceError
from medalloc.geography.matching import Ground
from medalloc.study import Answers, Study
from medalloc.study.step import Long
from medalloc.study.steps import demands, maps, tables
from medalloc.ui import state
from medalloc.ui.own_studies import count_rows
from medalloc.ui.visit import chosen, files, jobs, visit

T = TypeVar("T")


def study() -> Study:
    """Return what the visitor has chosen."""
    return chosen().study


def answers() -> Answers:
    """Return what follows from the choices as they stand."""
    now, choices = visit(), chosen()
    if now.answers is None:
        now.answers = Answers(choices.study, files(), jobs(), choices.tickets, now.kept)
    elif now.answers.study is not choices.study or now.answers.tickets is not choices.tickets:
        now.answers = now.answers.after(choices.study, choices.tickets)
    return now.answers


def begin() -> None:
    """Begin a run of a page: what jobs have ended meanwhile is seen, and what demand is counted in."""
    now, choices = visit(), chosen()
    if now.answers is not None:
        now.answers = now.answers.after(choices.study, choices.tickets)
    now.counted_in = known(demands.demand_unit) or None
    table = known(tables.came_in)
    count_rows(None if table is None else len(table.frame))


@overload
def ask(step: Long[T]) -> T | None: ...
@overload
def ask(step: Callable[..., T | None]) -> T | None: ...
def ask(step: Any) -> Any:
    """Return the answer of a step of the visitor's study; None where something before it is missing."""
    return answers()(step)


def sure(step: Callable[..., T]) -> T:
    """Return the answer of a step that nothing can be missing for."""
    answer: T | None = answers()(step)
    if answer is None:
        raise RuntimeError(f"Something is missing for {step.__name__}.")
    return answer


@overload
def known(step: Long[T]) -> T | None: ...
@overload
def known(step: Callable[..., T | None]) -> T | None: ...
def known(step: Any) -> Any:
    """Return the answer of a step where there is one; what is wrong with it is said where it can be mended."""
    try:
        return answers()(step)
    except MedallocError:
        return None


def map_ground() -> Ground:
    """Return what maps are drawn from; boundaries that cannot be read any more are told of on the Data screen."""
    return known(maps.ground) or Ground(points=known(maps.points))


def attempt(step: Callable[..., T | None]) -> tuple[T | None, InfeasibleError | None]:
    """Return the answer of a step, or the limits that cannot be kept together."""
    try:
        return answers()(step), None
    except InfeasibleError as error:
        return None, error


def would(step: Callable[..., T | None], **changed: Any) -> T | None:
    """Return what a step would answer if something else were chosen, by the names of the choices."""
    return answers().after(study().changed(**changed), chosen().tickets)(step)


def search(step: Long[Any]) -> None:
    """Have the jobs do a long step that nobody has to ask for, unless they do or did; what is out of date is stopped.

    One that was cancelled or failed waits until somebody asks for it.
    """
    now, newest = answers(), state.newest(step.__name__)
    if now.task(step) is None or not state.allowed("change"):
        return
    if newest is not None:
        if now.is_of_now(step, newest):
            return
        if not now.status_of(newest).ended:
            jobs().cancel(newest.id)
            begin()
    ticket = answers().ticket(step)
    if ticket is None or not answers().is_of_now(step, ticket):
        submit(step)


def submit(step: Long[Any]) -> None:
    """Hand a long step to the jobs."""
    try:
        state.required("change")
        ticket = answers().submit(step)
    except SourceError as error:
        visit().not_kept = error.said
        return
    if ticket is not None:
        state.adopt(ticket)

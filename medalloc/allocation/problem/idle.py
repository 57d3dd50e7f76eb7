"""Which limits and costs of a problem change nothing, in words."""

from collections.abc import Iterator, Mapping

import numpy as np

from medalloc.allocation.problem.statement import Problem
from medalloc.resource_names import named
from medalloc.sentences import Sentence, sentence


def idle(problem: Problem, examples: Mapping[str, float]) -> Iterator[Sentence]:
    """Yield what was said of money and space and has no effect, and what it would take.

    Parameters
    ----------
    problem : Problem
        What is asked.
    examples : mapping
        Costs of a unit by resource that nobody has chosen. [money/unit]

    Examples
    --------
    >>> from medalloc.allocation.problem import Resource
    >>> for said in idle(Problem(("North",), [30], (Resource("beds", 20, space=2),), budget=5), {}):
    ...     print(said)
    The budget has no effect: nothing costs money.
    The space that beds take has no effect: no region says how much space it has.
    """
    chosen = {each.name for each in problem.resources if each.unit_cost not in (0.0, examples.get(each.name))}
    moving = {each.name for each in problem.resources if each.is_moved and each.move_cost}
    costly = bool((problem.unit_cost > 0).any() or moving)
    spacious = [each.name for each in problem.resources if each.space > 0]
    limited = bool(np.isfinite(problem.space).any())
    if problem.budget is not None and not costly:
        yield sentence("The budget has no effect: nothing costs money.")
    if problem.budget is None and chosen | moving:
        names = ", ".join(each for each in problem.resource_names if each in chosen | moving)
        yield sentence("The costs of {names} have no effect: there is no budget.", names=named(names))
    costly_to_move = [each.name for each in problem.resources if each.move_cost and not each.is_moved]
    if costly_to_move:
        names = ", ".join(costly_to_move)
        yield sentence("What moving {names} costs has no effect: no unit of them may be moved.", names=named(names))
    replacing = [one.name for one in problem.resources if (one.productivity, one.stand_in_share) != (1.0, 1.0)]
    alone = ", ".join(one.name for one in problem.resources if one.name in replacing and not one.stands_in_for)
    if alone:
        yield sentence("How much {names} can replace has no effect: they stand in for nothing.", names=named(alone))
    if problem.aim.rule is not None and any(one.is_moved or one.stands_in_for for one in problem.resources):
        yield sentence("Under this policy nothing is moved, and nothing substitutes for others.")
    if spacious and not limited:
        names = ", ".join(spacious)
        yield sentence(
            "The space that {names} take has no effect: no region says how much space it has.", names=named(names)
        )
    if limited and not spacious:
        yield sentence("The space of regions has no effect: no resource takes any.")

"""What is asked, the plan, and why it is so."""

import json
from collections.abc import Mapping
from typing import Any

from medalloc.allocation.explaining.marginal import Marginal, marginal
from medalloc.allocation.explaining.reasons import reasons
from medalloc.allocation.plan import Plan
from medalloc.allocation.policy import Policy
from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.problem.overriding import overridden
from medalloc.allocation.problem.region_table import for_resources, problem_from_table
from medalloc.allocation.problem.start import example_resources
from medalloc.allocation.scorecard import Score, scorecard
from medalloc.allocation.solving import cost_of_locks, solve
from medalloc.sentences import Sentence
from medalloc.ui import state
from medalloc.ui.chain.demanding import region_table
from medalloc.ui.kit import words


def resources() -> tuple[Mapping[str, Any], ...] | None:
    """Return the rows of the resource table: the visitor's, or examples that suit the regions."""
    if (chosen := state.get().resources) is not None:
        return chosen
    start = region_table()
    if start is None:
        return None
    return state.remember(
        "examples",
        (start.source, state.get().scale_to_population),
        lambda: tuple(vars(each) for each in example_resources(start)),
    )


def alpha_fair() -> Policy:
    """Return the alpha-fair policy with the visitor's alpha."""
    return Policy(f"alpha:{state.get().alpha:g}")


def policy() -> Policy:
    """Return what the visitor calls best."""
    chosen = state.get().policy
    return alpha_fair() if chosen == "alpha" else Policy(chosen)


def problem() -> Problem | None:
    """Return what is to be solved, with what was changed by hand, or None when a step before is missing."""
    asked, changes = problem_of_file(), state.get().region_changes
    if asked is None:
        return None
    key = (state.Same(asked), json.dumps(changes, sort_keys=True))
    return state.remember("problem", key, lambda: overridden(asked, changes))


def problem_of_file() -> Problem | None:
    """Return what would be solved with the numbers of regions as they are in their table."""
    start, rows = region_table(), resources()
    if start is None or not rows:
        return None
    choices = state.get()
    listed = tuple(Resource(**row) for row in rows)
    key = (state.Same(start), listed, choices.budget, choices.floor, policy())
    return state.remember(
        "problem of file",
        key,
        lambda: problem_from_table(
            for_resources(start, (each.name for each in listed)),
            listed,
            budget=choices.budget,
            floor=choices.floor / 100,
            policy=policy(),
        ),
    )


def plan() -> Plan | None:
    """Return the plan of the current problem, or None when a step before is missing.

    Raises
    ------
    InfeasibleError
        If the limits cannot be kept.
    """
    asked = problem()
    return None if asked is None else state.remember("plan", state.Same(asked), lambda: solve(asked))


def why(of: Plan) -> tuple[Sentence, ...]:
    """Return the reason of every region, in the plan's order."""
    return state.remember("why", state.Same(of), lambda: reasons(of))


def why_in_words(of: Plan) -> list[str]:
    """Return the reason of every region in the visitor's words, for a table."""
    return state.remember("why in words", (state.Same(of), state.get().language), lambda: words.all_plainly(why(of)))


def locks_cost(of: Plan) -> float:
    """Return how many fewer persons are served because of the locks. [persons/period]."""
    return state.remember("locks cost", state.Same(of), lambda: cost_of_locks(of))


def at_the_margin(of: Plan) -> Marginal:
    """Return what one unit more and one unit less of every limit would change, by solving again."""
    return state.remember("margin", state.Same(of), lambda: marginal(of))


def scores(of: Plan) -> tuple[Score, ...]:
    """Return every measure of fairness of a plan."""
    return state.remember("scores", state.Same(of), lambda: scorecard(of))

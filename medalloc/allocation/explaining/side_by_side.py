"""Several plans for the same regions next to each other: by region, and by how fair they are."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd
from numpy.typing import ArrayLike

from medalloc.allocation.plan import Plan
from medalloc.allocation.scorecard import Score, scorecard
from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence

TIE = 1e-9
"""Distance from the best value by which two plans may differ and still be equally good."""


@dataclass(frozen=True)
class ScoreOfPlans:
    """One measure for several plans."""

    key: str
    """What a program calls it."""

    name: Sentence
    """What a reader calls it."""

    best: float
    """What it would be at best, in its unit."""

    unit: Literal["fraction", "1"]
    """``fraction`` reads as a percentage; ``1`` is a plain number."""

    scores: Mapping[str, Score]
    """The score of every plan, with its value, its level and its meaning, by the name of the plan."""

    @property
    def fairest(self) -> tuple[str, ...]:
        """Names of the plans that come closest to the best value; more than one in a tie."""
        away = {name: abs(score.value - self.best) for name, score in self.scores.items()}
        nearest = min(away.values())
        return tuple(name for name, distance in away.items() if distance <= nearest + TIE)


def scores_side_by_side(
    plans: Mapping[str, Plan],
    *,
    groups: Sequence[object] | None = None,
    rank: ArrayLike | None = None,
    floor: float | None = None,
) -> tuple[ScoreOfPlans, ...]:
    """Return the scorecards of several plans, measure by measure.

    Parameters
    ----------
    plans : mapping of str to Plan
        Plans for the same regions, by name.
    groups, rank, floor
        As in `scorecard`. Without a floor every plan is held against its own.

    Raises
    ------
    InputError
        If there is no plan, the regions are not the same, or as `scorecard` does.

    Examples
    --------
    >>> from dataclasses import replace
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> problem = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),), value=[1, 2])
    >>> equal = solve(replace(problem, policy="proportional"))
    >>> found = scores_side_by_side({"most": solve(problem), "equal": equal})
    >>> found[0].key, found[0].fairest
    ('lowest_coverage', ('equal',))
    """
    _require_same_regions(plans)
    cards = {name: scorecard(plan, groups=groups, rank=rank, floor=floor) for name, plan in plans.items()}
    rows = (dict(zip(cards, scores, strict=True)) for scores in zip(*cards.values(), strict=True))
    return tuple(_row(scores) for scores in rows)


def regions_side_by_side(plans: Mapping[str, Plan]) -> pd.DataFrame:
    """Return what every region gets in each plan, one row a plan and region, in the order given.

    Columns are plan, region, demand, served, unmet [persons/period], coverage [fraction], for every resource of any of
    the plans ``placed NAME`` [units, empty where a plan has no such resource], and spent [money].

    Raises
    ------
    InputError
        If there is no plan, or the regions are not the same, in the same order.
    """
    _require_same_regions(plans)
    frames = [_region_frame(name, plan) for name, plan in plans.items()]
    table = pd.concat(frames, ignore_index=True)
    return table[[*(column for column in table if column != "spent"), "spent"]]


def _row(scores: Mapping[str, Score]) -> ScoreOfPlans:
    first = next(iter(scores.values()))
    return ScoreOfPlans(first.key, first.name, first.best, first.unit, scores)


def _region_frame(name: str, plan: Plan) -> pd.DataFrame:
    problem = plan.problem
    columns: dict[str, object] = {
        "plan": name,
        "region": list(problem.regions),
        "demand": problem.demand,
        "served": plan.served,
        "unmet": plan.unmet,
        "coverage": plan.coverage,
    }
    columns |= {f"placed {kind}": plan.units[:, place] for place, kind in enumerate(problem.resource_names)}
    return pd.DataFrame(columns | {"spent": (plan.units * problem.unit_cost).sum(axis=1)})


def _require_same_regions(plans: Mapping[str, Plan]) -> None:
    regions = {plan.problem.regions for plan in plans.values()}
    if not regions:
        raise InputError(sentence("There is no plan to compare."))
    if len(regions) > 1:
        raise InputError(sentence("Only plans for the same regions, in the same order, can be compared."))

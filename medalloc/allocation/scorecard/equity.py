"""Who is served, by anything that is known of the regions: deprivation, income, age, a province."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.allocation import measures
from medalloc.allocation.plan import Plan, coverage_of
from medalloc.allocation.problem import Array
from medalloc.allocation.scorecard.score import coverage, people, percent
from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence, together

FIFTHS = 5
"""Groups that numbers are cut into, each with as many people as the others, as far as regions allow. [count]"""

FEW = 8
"""Different numbers up to which each is a group of its own, such as a quintile that is given. [count]"""

FEWEST = 2
"""Groups that can be compared. [count]"""

MOST_GROUPS = 60
"""Groups of text beyond which a column is a name rather than a group. [count]"""


@dataclass(frozen=True, eq=False)
class Equity:
    """The coverage of groups of regions, lowest number or first name first."""

    by: str
    """The column."""

    ordered: bool
    """Whether the groups have an order: from its lowest number to its highest."""

    groups: tuple[Sentence, ...]
    """What the groups are called."""

    regions: tuple[int, ...]
    """Regions in each. [count]"""

    demand: Array
    """People in need in each. [persons/period]"""

    served: Array
    """Those of them who are served. [persons/period]"""

    curve: Array
    """Where ordered: cumulated share of people and of coverage, lowest number first, shape (n + 1, 2), from (0, 0) to
    (1, 1); the diagonal is equality. Empty otherwise. [fraction]"""

    index: float | None
    """Concentration index of coverage, above 0 where high numbers have more; None without order. [1]"""

    said: Sentence
    """What this means."""

    @property
    def coverage(self) -> Array:
        """Served over demand of each group; 1 where nobody is in need [fraction]."""
        return coverage_of(self.served, self.demand)

    def to_json(self) -> dict[str, object]:
        """Return plain values, a row a group; the sentence is in English."""
        rows = zip(
            self.groups, self.regions, self.demand.tolist(), self.served.tolist(), self.coverage.tolist(), strict=True
        )
        names = ("group", "regions", "demand", "served", "coverage")
        return {
            "by": self.by,
            "said": str(self.said),
            "concentration_index": self.index,
            "groups": [dict(zip(names, (str(row[0]), *row[1:]), strict=True)) for row in rows],
        }


def equity(plan: Plan, by: str, cells: Sequence[object] | pd.Series) -> Equity:
    """Return who is served, by a column of the table of regions.

    Parameters
    ----------
    plan : Plan
        What is judged.
    by : str
        Name of the column.
    cells : sequence of length n_regions
        Numbers are ranked and cut into fifths of the people; few different ones, and text, are groups as they are.
        Regions without a cell are left out, and this is said.

    Raises
    ------
    InputError
        If there are fewer than two groups, or so many that each is hardly more than one region.

    Examples
    --------
    >>> from medalloc.allocation.problem import Problem, Resource
    >>> from medalloc.allocation.solving import solve
    >>> beds = Resource("beds", stock=30)
    >>> plan = solve(Problem(("A", "B", "C", "D"), [20] * 4, (beds,), cap=[[4], [6], [8], [12]]))
    >>> found = equity(plan, "deprivation", [4, 3, 2, 1])
    >>> found.coverage.tolist()
    [0.6, 0.4, 0.3, 0.2]
    >>> print(found.said)
    By deprivation, coverage goes from 60% (1) to 20% (4). Coverage leans to low numbers of it: about 16.2% of it would have to move to the other half.
    """  # noqa: E501
    column = pd.Series(list(cells))
    known = column.notna().to_numpy()
    ordered = is_ordered(column)
    reached, persons = coverage(plan)[known], people(plan)[known]
    named: NDArray[Any] = column[known].astype(str).to_numpy()
    index, curve, rank = None, np.empty((0, 2)), np.empty(0)
    if ordered:
        rank = pd.to_numeric(column[known]).to_numpy(float)
        named = _fifths(rank, persons)
        index = measures.concentration_index(reached, rank, persons)
        curve = _curve(reached, rank, persons)
    groups, place = np.unique(named, return_inverse=True)
    if len(groups) < FEWEST:
        raise InputError(sentence("Column “{column}” does not tell regions apart; choose another.", column=by))
    demand, served = (
        np.bincount(place, each[known], len(groups)).astype(float) for each in (plan.problem.demand, plan.served)
    )
    if ordered:
        names = tuple(_of_numbers(rank[place == group]) for group in range(len(groups)))
    else:
        names = tuple(Sentence("{name}", {"name": name}) for name in groups.tolist())
    said = [
        _said(by, names, coverage_of(served, demand), ordered=ordered),
        *([_leaning(index)] if index is not None else []),
    ]
    if missing := int((~known).sum()):
        said.append(sentence("Regions left out, because “{column}” is blank: {count}.", column=by, count=missing))
    counted = tuple(np.bincount(place, minlength=len(groups)).tolist())
    return Equity(by, ordered, names, counted, demand, served, curve, index, together(said))


def is_ordered(cells: pd.Series) -> bool:
    """Whether all cells that are there are numbers, so that regions can be ranked by them."""
    known = cells.dropna()
    return bool(len(known)) and bool(pd.to_numeric(known, errors="coerce").notna().all())


def can_be_compared(cells: pd.Series) -> bool:
    """Whether a column of the table of regions says something by which coverage can be compared."""
    known = cells.dropna()
    if known.nunique() < 2:
        return False
    return is_ordered(cells) or bool(known.astype(str).nunique() <= min(MOST_GROUPS, len(known) / 2))


def _fifths(rank: Array, persons: Array) -> Array:
    """Return the group of every region: its number where these are few, else which fifth of all people it lies in."""
    if len(np.unique(rank)) <= FEW:
        return rank
    return np.minimum(np.floor(FIFTHS * measures.fractional_rank(rank, persons)), FIFTHS - 1)


def _of_numbers(numbers: Array) -> Sentence:
    low, high = float(numbers.min()), float(numbers.max())
    return sentence("{low} to {high}", low=low, high=high) if high > low else Sentence("{number}", {"number": low})


def _curve(reached: Array, rank: Array, persons: Array) -> Array:
    """Return the concentration curve; regions of one rank are one step."""
    _, step = np.unique(rank, return_inverse=True)
    steps = [np.cumsum(np.bincount(step, each)) for each in (persons, persons * reached)]
    return np.vstack([[0.0, 0.0], np.column_stack([each / each[-1] if each[-1] > 0 else each for each in steps])])


def _said(by: str, names: Sequence[Sentence], reached: Array, *, ordered: bool) -> Sentence:
    first, last = (0, len(names) - 1) if ordered else (int(reached.argmax()), int(reached.argmin()))
    return sentence(
        "By {column}, coverage goes from {high}% ({first}) to {low}% ({last}).",
        column=by,
        high=percent(float(reached[first])),
        first=names[first],
        low=percent(float(reached[last])),
        last=names[last],
    )


def _leaning(index: float) -> Sentence:
    """Return what would have to change hands along the numbers."""
    moving = percent(0.75 * abs(index))
    if moving == 0:
        return sentence("Coverage leans neither to high nor to low numbers of it.")
    template = (
        sentence("Coverage leans to high numbers of it: about {percent}% of it would have to move to the other half.")
        if index > 0
        else sentence(
            "Coverage leans to low numbers of it: about {percent}% of it would have to move to the other half."
        )
    )
    return Sentence(template.template, {"percent": moving})

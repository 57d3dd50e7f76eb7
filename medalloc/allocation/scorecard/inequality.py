"""How unequal is coverage among all persons? One number each, in several ways of minding."""

import numpy as np

from medalloc.allocation import measures
from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Array
from medalloc.allocation.scorecard.score import Score, coverage, people, percent
from medalloc.sentences import sentence

AVERSIONS = (0.5, 1.0)
"""How much the Atkinson indices mind inequality. [1]"""


def inequality(plan: Plan) -> list[Score]:
    """Return Gini, Theil, Atkinson and Palma of the coverage that persons have."""
    reached, persons, level = coverage(plan), people(plan), plan.total_coverage
    top, bottom = measures.top_and_bottom(reached, persons)
    return [
        Score(
            key="gini",
            name=sentence("Gini index of coverage"),
            value=plan.gini,
            best=0.0,
            meaning=sentence(
                "On average, two people picked at random differ in coverage by {percent}% of the average coverage.",
                percent=percent(2 * plan.gini),
            ),
            level=level,
            unit="1",
        ),
        Score(
            key="theil",
            name=sentence("Theil index of coverage"),
            value=measures.theil(reached, persons),
            best=0.0,
            meaning=sentence(
                "It is {percent}% of what it would be if only the region with the fewest people were served.",
                percent=percent(_theil_of_most(reached, persons)),
            ),
            level=level,
            unit="1",
        ),
        *(_atkinson(plan, aversion) for aversion in AVERSIONS),
        Score(
            key="palma",
            name=sentence("Palma ratio of coverage"),
            value=measures.palma(reached, persons),
            best=0.25,
            meaning=sentence(
                "The best-covered tenth of people has {top}% of all coverage, the worst-covered four tenths {bottom}%.",
                top=percent(top),
                bottom=percent(bottom),
            ),
            level=level,
            unit="1",
        ),
    ]


def _atkinson(plan: Plan, aversion: float) -> Score:
    loss = measures.atkinson(coverage(plan), aversion, people(plan))
    if loss < 1.0:
        meaning = sentence("Shared equally, {percent}% less coverage would do as well.", percent=percent(loss))
    else:
        meaning = sentence("Some people are not covered at all, and at this aversion nothing makes up for that.")
    return Score(
        key=f"atkinson_{aversion:g}",
        name=sentence("Atkinson index of coverage, aversion {aversion}", aversion=aversion),
        value=loss,
        best=0.0,
        meaning=meaning,
        level=plan.total_coverage,
        unit="fraction",
    )


def _theil_of_most(reached: Array, persons: Array) -> float:
    """Return Theil T over its value when the smallest group has everything."""
    counted = persons[persons > 0]
    most = float(np.log(counted.sum() / counted.min())) if len(counted) else 0.0
    return measures.theil(reached, persons) / most if most > 0 else 0.0

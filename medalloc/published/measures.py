"""Published numbers about intervals of shares, scores of probabilities and scores of forecasts."""

from functools import partial

import numpy as np

from medalloc.demand.forecasting.scoring import interval_score
from medalloc.need.evaluation.intervals import wilson
from medalloc.need.measures.scores import scores
from medalloc.published.case import Case

NEWCOMBE = "R. G. Newcombe, Statistics in Medicine 17, 1998, table I, method 3"
LIBRARY = "documentation of scikit-learn, example of the measure"
SCORING = "R packages scoringutils and covidEnsembles, tests of the weighted interval score"
EVALCAST = "R package evalcast, test-err-measures.R, with the levels of the COVID-19 forecast hub"

HUB = (0.01, 0.025, *(0.05 * step for step in range(1, 20)), 0.975, 0.99)


def _end(place: int, successes: int, rows: int) -> float:
    return float(wilson(np.array([float(successes)]), np.array([float(rows)]))[place][0])


SHARES = tuple(
    Case(
        f"Wilson's interval, {name} end",
        f"{successes} of {rows}, 95 %",
        expected,
        4,
        NEWCOMBE,
        partial(_end, place, successes, rows),
    )
    for successes, rows, ends in (
        (81, 263, (0.2553, 0.3662)),
        (15, 148, (0.0624, 0.1605)),
        (0, 20, (0.0, 0.1611)),
        (1, 29, (0.0061, 0.1718)),
    )
    for place, (name, expected) in enumerate(zip(("lower", "upper"), ends, strict=True))
)
"""How sure a share is."""


def _scored(field: str, need: tuple[int, ...], probability: tuple[float, ...]) -> float:
    return float(getattr(scores(np.array(need), np.array(probability)), field))


PROBABILITIES = tuple(
    Case(
        name,
        f"need {', '.join(map(str, need))}; probability {', '.join(map(str, said))}",
        expected,
        digits,
        LIBRARY,
        partial(_scored, field, need, said),
    )
    for name, field, need, said, expected, digits in (
        ("ROC AUC", "roc_auc", (0, 0, 1, 1), (0.1, 0.4, 0.35, 0.8), 0.75, 9),
        ("Average precision", "average_precision", (0, 0, 1, 1), (0.1, 0.4, 0.35, 0.8), 0.83, 2),
        ("Brier score", "brier", (0, 1, 1, 0), (0.1, 0.9, 0.8, 0.3), 0.0375, 9),
    )
)
"""How good probabilities of need are."""


def _interval(actual: float, quantiles: tuple[float, ...], levels: tuple[float, ...]) -> float:
    return float(interval_score(np.array(actual), np.array(quantiles, dtype=np.float64), levels))


INTERVALS = tuple(
    Case(
        "Weighted interval score",
        f"counted {actual}, quantiles {', '.join(map(str, quantiles))} of {', '.join(map(str, levels))}",
        expected,
        9,
        SCORING,
        partial(_interval, actual, quantiles, levels),
    )
    for levels, each in (
        ((0.5,), ((1, (1,), 0), (-15, (2,), 17), (22, (3,), 19))),
        ((0.25, 0.75), ((1, (0, 2), 0.5), (-15, (1, 2), 16.25), (22, (0, 3), 19.75))),
        ((0.25, 0.5, 0.75), ((1, (0, 1, 2), 1 / 3), (-15, (1, 2, 2), 16.5), (22, (0, 3, 3), 19.5))),
    )
    for actual, quantiles, expected in each
) + (
    Case(
        "Weighted interval score",
        "counted 10, quantiles 1 to 23 of the 23 levels of the hub",
        19.22 / 11.5,
        9,
        EVALCAST,
        partial(_interval, 10, tuple(range(1, 24)), HUB),
    ),
)
"""How good forecasts with intervals are."""

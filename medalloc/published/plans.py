"""Published numbers about plans that are made from forecasts."""

from functools import partial

import numpy as np

from medalloc.demand.forecasting.unmet import avoidable, placed
from medalloc.published.case import Case

GERDING = "Gerding, Reich, Rogers and Ray, Journal of the Royal Statistical Society A 2024, example 1"

_QUANTILES = np.outer(-np.log1p(-np.linspace(0.01, 0.99, 99)), [1.0, 4.0])
_CAME = np.array([1.0, 10.0])


def _units(stock: float, place: int) -> float:
    return float(placed(_QUANTILES, np.array([stock]))[0, place])


def _score(stock: float) -> float:
    stocks = np.array([stock])
    return float(avoidable(placed(_QUANTILES, stocks), _CAME, stocks)[0])


PLANS = tuple(
    Case(f"{name}, stock {stock}", "demand exponential with means 1 and 4", expected, 9, GERDING, partial(made, *given))
    for name, stock, expected, made, given in (
        ("Plan from a forecast: first region", 5, 1.0, _units, (5.0, 0)),
        ("Plan from a forecast: second region", 5, 4.0, _units, (5.0, 1)),
        ("Plan from a forecast: first region", 10, 2.0, _units, (10.0, 0)),
        ("Plan from a forecast: second region", 10, 8.0, _units, (10.0, 1)),
        ("Allocation score where 1 and 10 come", 5, 0.0, _score, (5.0,)),
        ("Allocation score where 1 and 10 come", 10, 1.0, _score, (10.0,)),
    )
)

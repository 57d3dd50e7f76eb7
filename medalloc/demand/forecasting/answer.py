"""A forecast as plain values, for scripts."""

from math import isfinite
from typing import Any

from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.forecasting.scoring import Score, Scores


def outlook_json(found: Outlook) -> dict[str, Any]:
    """Return a forecast, and why it is to be believed, as plain values.

    Parameters
    ----------
    found : Outlook
        What was forecast.

    Returns
    -------
    dict
        ``backtest`` has an entry for each forecaster and horizon; what could not be measured is None.
    """
    rows = found.forecast.frame().to_dict("records")
    return {
        "model": found.verdict.chosen,
        "horizon": found.forecast.horizon,
        "every": found.panel.calendar.every,
        "backtest": [row for each in found.compared.values() for row in _by_horizon(each)],
        "by_season": [
            {"months": months, **_score(score)}
            for each in found.compared.values()
            for months, score in each.by_season.items()
        ],
        "by_region": [
            {"region": region, "model": each.model, "mase": _number(error)}
            for each in found.compared.values()
            for region, error in zip(found.panel.regions, each.by_region, strict=True)
        ],
        "plans": [
            {"model": each.model, "avoidable_unmet": _number(each.unmet), "used": each.model == found.verdict.chosen}
            for each in found.compared.values()
        ],
        "kept_aside": [row for each in found.kept.values() for row in _by_horizon(each)],
        "origins": {
            "compared": _dates(found, found.origins.compared),
            "kept_aside": _dates(found, found.origins.kept),
        },
        "verdict": " ".join(str(each) for each in found.verdict.said),
        "coverage": {f"{chance:g}": _number(share) for chance, share in found.coverage.counts.items()},
        "coverage_of_sums": _number(found.coverage.sums),
        "coverage_dates": found.coverage.dates,
        "notes": [str(each) for each in found.notes],
        "regions": [{name: _plain(value) for name, value in row.items()} for row in rows],
    }


def _by_horizon(found: Scores) -> list[dict[str, Any]]:
    return [{"horizon": ahead, **_score(each)} for ahead, each in enumerate(found.by_horizon, start=1)]


def _score(found: Score) -> dict[str, Any]:
    return {
        "model": found.model,
        "mase": _number(found.mase),
        "wape": _number(found.wape),
        "mae": _number(found.mae),
        "wis": _number(found.wis),
        "seeds": [_number(each) for each in found.seeds],
    }


def _dates(found: Outlook, origins: tuple[int, ...]) -> list[str]:
    return [found.panel.calendar.date(each).date().isoformat() for each in origins]


def _plain(value: Any) -> Any:
    return _number(value) if isinstance(value, float) else value


def _number(value: float) -> float | None:
    """Return a number, None where there is none: JSON has neither NaN nor infinity."""
    return float(value) if isfinite(value) else None

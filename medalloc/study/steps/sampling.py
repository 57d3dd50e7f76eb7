"""Demands that may come: where they are drawn from, and plans that are held against them."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.uncertainty import Futures, futures_from_table, spread_futures
from medalloc.demand import Demand, sampled
from medalloc.demand.forecasting.expecting import Expected, futures_expected
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.hidden import between_ends
from medalloc.jobs.planning import HoldFutures
from medalloc.study.step import Files, long


def futures_sources(
    is_from_counts: bool, expected_counts: Expected | None, patients_demand: Demand | None
) -> tuple[str, ...]:
    """Return where futures can come from; the demand's own uncertainty is known where patients were summed to it."""
    if is_from_counts and expected_counts is not None:
        return ("forecast", "spread", "file")
    return ("spread", "file") if is_from_counts or patients_demand is None else ("demand", "spread", "file")


def source_of(futures_from: str, futures_sources: tuple[str, ...]) -> str:
    """Return where futures come from: as chosen, or the first source where that is not to be had."""
    return futures_from if futures_from in futures_sources else futures_sources[0]


def futures(
    problem: Problem,
    futures_sources: tuple[str, ...],
    futures_from: str,
    futures_file: str | None,
    futures_name: str,
    futures_count: int,
    futures_seed: int,
    futures_cv: int,
    futures_common: int,
    patients_demand: Demand | None,
    outlook: Outlook | None,
    by_hand: dict[str, Mapping[str, Any]] | None,
    period_ahead: int | None,
    hidden_demand: dict[str, tuple[float, float]],
    files: Files,
) -> Futures | None:
    """Return the futures, columns as in the problem; None while no file has been chosen."""
    source = source_of(futures_from, futures_sources)
    if source == "file":
        if futures_file is None:
            return None
        given = futures_from_table(files.table(futures_file, futures_name))
        return Futures(problem.regions, given.ordered_as(problem.regions))
    if source == "forecast" and outlook is not None:
        drawn = futures_expected(outlook.forecast, by_hand or {}, futures_count, futures_seed, horizon=period_ahead)
        return _ordered(outlook.forecast.regions, drawn, problem)
    if source == "demand" and patients_demand is not None:
        drawn = sampled(patients_demand, samples=futures_count, seed=futures_seed)
        return _ordered(patients_demand.regions, drawn, problem)
    spread = spread_futures(
        problem.regions,
        problem.demand,
        cv=futures_cv / 100,
        common=futures_common / 100,
        samples=futures_count,
        seed=futures_seed,
    )
    if not hidden_demand:
        return spread
    return Futures(problem.regions, between_ends(spread.demand, problem.regions, hidden_demand, futures_seed))


@long(HoldFutures)
def held_futures(problem: Problem, futures: Futures) -> HoldFutures:
    """State which plans are held against which futures."""
    return HoldFutures(problem, np.asarray(futures.demand))


def _ordered(regions: tuple[str, ...], possible: Array, problem: Problem) -> Futures:
    return Futures(problem.regions, Futures(regions, possible).ordered_as(problem.regions))

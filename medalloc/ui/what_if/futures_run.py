"""Sampled futures as the visitor has chosen them, and the run that holds plans against them."""

import hashlib
import json
from typing import Any

import numpy as np

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.uncertainty import Futures, futures_from_table, spread_futures
from medalloc.demand import sampled
from medalloc.tables.reading import read_bytes
from medalloc.ui import chain, state
from medalloc.ui.demand import outlooks
from medalloc.ui.kit import runs


def sources() -> tuple[str, ...]:
    """Return where futures can come from; the demand's own uncertainty is known where patients were summed to it."""
    if chain.expected_counts() is not None:
        return ("forecast", "spread", "file")
    return ("spread", "file") if chain.demand() is None else ("demand", "spread", "file")


def futures(asked: Problem) -> Futures | None:
    """Return the futures, columns as in the problem, or None while no file has been chosen.

    Raises
    ------
    InputError
        If the file does not fit the problem.
    """
    choices, expected = state.get(), chain.demand()
    if choices.futures_from == "file":
        if choices.futures_file is None:
            return None
        return from_file(chain.content(choices.futures_file), choices.futures_name, asked)
    drawn = {"samples": choices.futures_count, "seed": choices.futures_seed}
    if choices.futures_from == "forecast" and (counted := chain.expected_counts()) is not None:
        possible = outlooks.futures(choices.futures_count, choices.futures_seed)
        return None if possible is None else Futures(asked.regions, _ordered(counted.regions, possible, asked))
    if choices.futures_from == "demand" and expected is not None:
        return Futures(asked.regions, _ordered(expected.regions, sampled(expected, **drawn), asked))
    return spread_futures(
        asked.regions,
        asked.demand,
        cv=choices.futures_cv / 100,
        common=choices.futures_common / 100,
        **drawn,
    )


def _ordered(regions: tuple[str, ...], possible: Array, asked: Problem) -> Array:
    """Return possible demands with their columns in the order of the problem."""
    return Futures(regions, possible).ordered_as(asked.regions)


def from_file(content: bytes, name: str, asked: Problem) -> Futures:
    """Return the futures of a file, columns as in the problem.

    Raises
    ------
    InputError
        If the file is no table of futures, or one of other regions; every fault at once.
    """
    given = futures_from_table(read_bytes(content, name))
    return Futures(asked.regions, given.ordered_as(asked.regions))


def fingerprint(asked: Problem, given: Futures) -> str:
    """Return what a run would be given, as a hash."""
    return hashlib.sha256(json.dumps(asked.to_json()).encode() + given.demand.tobytes()).hexdigest()


def start(asked: Problem, given: Futures) -> None:
    """Put a run in line for this problem and these futures."""
    run = state.jobs().submit(
        "futures", {"problem": asked.to_json()}, lambda folder: np.save(folder / "demand.npy", given.demand)
    )
    state.change(futures_run=run, futures_run_of=fingerprint(asked, given))


def is_stale(asked: Problem, given: Futures | None) -> bool:
    """Whether the run was given another problem or other futures than the current ones."""
    return given is None or state.get().futures_run_of != fingerprint(asked, given)


def answer() -> dict[str, Any] | None:
    """Return what the finished run found, or None before that."""
    run, now = state.get().futures_run, runs.status("futures_run")
    if run is None or now is None or now.state != "done":
        return None
    path = state.jobs().run(run).folder / "answer.json"
    found: dict[str, Any] = state.remember("futures", run, lambda: json.loads(path.read_text(encoding="utf-8")))
    return found

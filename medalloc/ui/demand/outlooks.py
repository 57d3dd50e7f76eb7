"""The forecast of the visitor's counts: the run that makes it, whether it is stale, and what it says."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from medalloc.demand.forecasting.catalogue import NETWORKS
from medalloc.demand.forecasting.expecting import Expected, expected, futures_expected
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.forecasting.panel import Floats, Panel
from medalloc.demand.forecasting.question import Question
from medalloc.demand.forecasting.reading import read_panel
from medalloc.demand.forecasting.recognising import is_counts
from medalloc.demand.forecasting.storage import load_outlook
from medalloc.tables.storage import save_table
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.kit import runs


def holds_counts(table: Table) -> bool:
    """Whether a table is one of counts over time."""
    return state.remember("is counts", state.Same(table), lambda: is_counts(table))


def panel(given: Table) -> Panel:
    """Return the counts of a table.

    Raises
    ------
    InputError
        With every fault of the table at once.
    """
    return state.remember("panel", state.Same(given), lambda: read_panel(given).panel)


def question() -> dict[str, Any]:
    """Return what is asked of the counts as JSON, which is what the run is given."""
    choices = state.get()
    # with no forecaster chosen the usual ones are compared
    models = choices.forecast_models or ("auto",)
    asked = Question(
        choices.forecast_horizon,
        models,
        choices.forecast_seeds,
        choices.forecast_seed,
        choices.forecast_optimizer if set(models) & set(NETWORKS) else "adam",
    )
    return asked.to_json()


def table_fingerprint(given: Table) -> str:
    """Return the counts as a hash; the same cells in the same roles have the same one."""

    def compute() -> str:
        found = panel(given)
        text = json.dumps([found.regions, found.calendar.every, found.calendar.start.isoformat()])
        return hashlib.sha256(text.encode() + found.values.tobytes()).hexdigest()

    return state.remember("fingerprint of counts", state.Same(given), compute)


def fingerprint(given: Table) -> str:
    """Return what a run would be given, as a hash."""
    return hashlib.sha256(json.dumps([table_fingerprint(given), question()]).encode()).hexdigest()


def start(given: Table) -> None:
    """Put a forecast of these counts in line; the last one of other counts is kept to be compared with."""
    choices, of_table, now = state.get(), table_fingerprint(given), runs.status("forecast_run")
    before = choices.forecast_before
    if choices.forecast_run_table != of_table and now is not None and now.state == "done":
        before = choices.forecast_run
    run = state.jobs().submit("forecast", question(), lambda folder: save_table(given, folder / "table"))
    state.change(
        forecast_run=run,
        forecast_run_of=fingerprint(given),
        forecast_run_table=of_table,
        forecast_before=before,
    )


def is_stale(given: Table) -> bool:
    """Whether the run was given other counts or another question than the present ones."""
    return state.get().forecast_run is not None and state.get().forecast_run_of != fingerprint(given)


def outlook() -> Outlook | None:
    """Return what the finished run found, or None before that."""
    return of_run(state.get().forecast_run, "outlook")


def before(given: Table) -> Outlook | None:
    """Return the forecast of the counts that were taken in before these, or None."""
    choices = state.get()
    newer = choices.forecast_run_table != table_fingerprint(given)
    return of_run(choices.forecast_run if newer else choices.forecast_before, "outlook before")


def of_run(run: str | None, name: str) -> Outlook | None:
    """Return what a run found, or None where it did not end well."""
    if run is None or state.jobs().run(run).status().state != "done":
        return None
    return state.remember(name, run, lambda: load_outlook(state.jobs().run(run).folder))


def horizon() -> int | None:
    """Return the period ahead that is shown and planned for; None for all of them."""
    found, chosen = outlook(), state.get().forecast_period
    return None if found is None or not 1 <= chosen <= found.forecast.horizon else chosen


def span(found: Outlook) -> dict[str, str]:
    """Return the first day of the first and of the last period ahead, as JSON."""
    dates = found.forecast.dates
    return {"first": dates[0].date().isoformat(), "last": dates[-1].date().isoformat()}


def by_hand() -> dict[str, Mapping[str, Any]]:
    """Return what was set by hand for the periods of the present forecast, by region."""
    found = outlook()
    given = {} if found is None else state.get().forecast_by_hand
    of_these = {} if found is None else span(found)
    return {name: each for name, each in given.items() if of_these.items() <= each.items()}


def outdated_by_hand() -> list[str]:
    """Return the regions whose number was set by hand for other periods, and so does not hold for these."""
    return [name for name in state.get().forecast_by_hand if name not in by_hand()]


def expected_counts() -> Expected | None:
    """Return what the forecast expects in the chosen periods, or None before there is one."""
    found, given = outlook(), by_hand()
    if found is None:
        return None
    key = (state.get().forecast_run, horizon(), json.dumps(given, sort_keys=True))
    return state.remember("expected counts", key, lambda: expected(found.forecast, given, horizon=horizon()))


def futures(count: int, seed: int) -> Floats | None:
    """Draw futures of the chosen periods, one row a future, or return None before there is a forecast."""
    found = outlook()
    if found is None:
        return None
    return futures_expected(found.forecast, by_hand(), count, seed, horizon=horizon())


def days(found: Outlook, expected: Expected) -> float:
    """Return the length of the chosen periods. [days]."""
    first = found.panel.calendar.number(pd.DatetimeIndex(expected.dates[:1]))[0]
    ends = found.panel.calendar.dates(np.array([first, first + len(expected.dates)]))
    return float((ends[1] - ends[0]).days)

"""From a message to forecasts and proposed moves in all 3,142 US counties: `python -m benchmarks.live`.

A plan of beds and clinicians is in force; its history are 200 weeks of Poisson counts around levels that wander, which
the median of the simple forecasters has learned. First every message tells all counties anew, a twentieth of them
changed by seven tenths up or down. Then, with `--minutes`, a message a second tells one county alone. At most 5 % of
the units may move.
"""

import argparse
import resource
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic, perf_counter, process_time, sleep

import numpy as np
import pandas as pd

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.panel import Panel
from medalloc.live.forecasting import Ahead, forecasting_of
from medalloc.live.heard import State, heard
from medalloc.live.message import read_message
from medalloc.live.watch import Told, Watch, told, watch_of
from medalloc.study.parts import Live

REGIONS, WEEKS, SHARE = 3_142, 200, 5
NAMES = tuple(f"county {each}" for each in range(REGIONS))
CALENDAR = Calendar("week", pd.Timestamp("2022-01-02"))


@dataclass
class Measured:
    """What was measured of some messages. Changed in place."""

    seconds: list[float] = field(default_factory=list)
    used: list[float] = field(default_factory=list)
    moved: list[float] = field(default_factory=list)
    memory: list[int] = field(default_factory=list)

    @property
    def _half(self) -> int:
        return (len(self.memory) + 1) // 2

    def said(self, what: str) -> str:
        """Return it in a line."""
        return (
            f"{what}, to proposed moves: median {np.median(self.seconds):.2f} s, of a hundred one takes more than"
            f" {np.quantile(self.seconds, 0.99):.2f} s, slowest {max(self.seconds):.2f} s (aim 2), of the processor"
            f" median {np.median(self.used):.2f} s, most {max(self.used):.2f} s; moved at most"
            f" {100 * max(self.moved):.2f} % (aim {SHARE}); memory after 1, {self._half} and {len(self.memory)}"
            f" messages: {self.memory[0]}, {self.memory[self._half - 1]}, {self.memory[-1]} MB"
        )


def main(given: Sequence[str] | None = None) -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=10, help="that tell all counties")
    options.add_argument("--minutes", type=float, default=0.0, help="of messages that tell one county, one a second")
    options.add_argument("--whole", action="store_true", help="only whole units")
    chosen = options.parse_args(given)
    draw = np.random.default_rng(1)
    counts = draw.lognormal(6, 1.3, REGIONS).round()
    watch = _watch(counts, chosen.whole, draw)
    watch, state = _measured("a message of all counties", watch, State(), _of_all(counts, chosen.messages, draw))
    if chosen.minutes:
        _measured("a message of one county", watch, state, _of_one(counts, chosen.minutes, draw))


def _watch(counts: np.ndarray, whole: bool, draw: np.random.Generator) -> Watch:
    kinds = (("beds", 0.01), ("clinicians", 0.02))
    placed = tuple(Resource(name, round(0.5 * use * counts.sum()), use, whole=whole) for name, use in kinds)
    plan = solve(Problem(NAMES, counts, placed))
    wandered = np.cumsum(draw.normal(0, 0.2, (REGIONS, WEEKS)), axis=1)
    expected = counts[:, None] * np.exp(np.clip(wandered - wandered[:, -1:], -3, 3))
    panel = Panel(NAMES, CALENDAR, draw.poisson(expected).astype(float))
    begun = process_time()
    forecasting = forecasting_of(panel, NAMES, Ahead(1), None)
    print(f"a forecaster has learned: {process_time() - begun:.1f} s of the processor")
    return watch_of(Live(move_share=SHARE), plan.problem, plan.units, panel, forecasting=forecasting)


def _of_all(counts: np.ndarray, messages: int, draw: np.random.Generator) -> Iterator[str]:
    for message in range(messages):
        now = counts.copy()
        changed = draw.choice(REGIONS, REGIONS // 20, replace=False)
        now[changed] = (now[changed] * draw.choice([0.3, 1.7], changed.size)).round()
        day = CALENDAR.date(WEEKS + message).date().isoformat()
        yield "\n".join(f"{name},{count:.0f},{day}" for name, count in zip(NAMES, now.tolist(), strict=True))


def _of_one(counts: np.ndarray, minutes: float, draw: np.random.Generator) -> Iterator[str]:
    begun = monotonic()
    while monotonic() - begun < 60 * minutes:
        row, ends = int(draw.integers(REGIONS)), monotonic() + 1
        at = CALENDAR.date(WEEKS + 20) + pd.Timedelta(seconds=monotonic() - begun)
        yield f"{NAMES[row]},{draw.poisson(counts[row] * draw.choice([0.3, 1.0, 1.7])):.0f},{at.isoformat()}"
        sleep(max(0.0, ends - monotonic()))


def _measured(what: str, watch: Watch, state: State, rows: Iterator[str]) -> tuple[Watch, State]:
    measured, found = Measured(), None
    for each in rows:
        begun, used = perf_counter(), process_time()
        message = read_message(f"region,count,at\n{each}\n".encode(), "counties", "2026-01-01T00:00+00:00")
        state = heard(state, message, NAMES, "2030-01-01T00:00+00:00")
        found = told(watch, state)
        measured.seconds.append(perf_counter() - begun)
        measured.used.append(process_time() - used)
        watch = found.watch
        measured.moved.append(_leaving(found) / watch.placed.sum())
        measured.memory.append(int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() >> 20)
    print(measured.said(what))
    if found is not None:
        gain = float(found.replan.served_after.sum() - found.replan.served_now.sum())
        print(f"  the last: {len(found.replan.moves)} moves serve {gain:,.0f} more")
    return watch, state


def _leaving(found: Told) -> float:
    return sum(part.units for each in found.replan.moves for part in each.parts if part.origin)


if __name__ == "__main__":
    main()

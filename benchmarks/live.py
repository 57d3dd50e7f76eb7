"""From a message of all 3,142 US counties to proposed moves: `python -m benchmarks.live`.

A plan of beds and clinicians is in force; its history are 200 weeks of Poisson counts. Every message tells all counties
anew, a twentieth of them changed by seven tenths up or down; at most 5 % of the units may move. Then a hundred messages
one after the other, which is looked at for memory.
"""

import argparse
import resource
from collections.abc import Sequence
from dataclasses import replace
from time import perf_counter

import numpy as np

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.solving import solve
from medalloc.live.alarms import calibrated
from medalloc.live.heard import State, heard
from medalloc.live.levels import LevelRule
from medalloc.live.message import read_message
from medalloc.live.move import MoveLimits
from medalloc.live.watch import Watch, told

REGIONS, SHARE = 3_142, 0.05


def main(given: Sequence[str] | None = None) -> None:
    """Print the figures."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--messages", type=int, default=10)
    options.add_argument("--whole", action="store_true", help="only whole units")
    chosen = options.parse_args(given)
    draw = np.random.default_rng(1)
    counts = draw.lognormal(6, 1.3, REGIONS).round()
    regions = tuple(f"county {each}" for each in range(REGIONS))
    kinds = (("beds", 0.01), ("clinicians", 0.02))
    placed = tuple(Resource(name, round(0.5 * use * counts.sum()), use, whole=chosen.whole) for name, use in kinds)
    plan = solve(Problem(regions, counts, placed))
    history = draw.poisson(counts[:, None], (REGIONS, 200)).astype(float)
    watch = Watch(plan.problem, plan.units, MoveLimits(SHARE), LevelRule(), history=history)
    watch = replace(watch, alarms=calibrated(history, 7.0))
    state, seconds, moved, memory = State(), list[float](), list[float](), list[int]()
    for message in range(chosen.messages):
        now = counts.copy()
        changed = draw.choice(REGIONS, REGIONS // 20, replace=False)
        now[changed] = (now[changed] * draw.choice([0.3, 1.7], changed.size)).round()
        at = f"2026-{1 + message // 28 % 12:02}-{1 + message % 28:02}"
        rows = [f"{name},{count:.0f},{at}" for name, count in zip(regions, now.tolist(), strict=True)]
        content = "\n".join(["region,count,at", *rows]).encode()
        begun = perf_counter()
        state = heard(state, read_message(content, "counties", at), regions, at + "T23:00")
        found = told(watch, state)
        seconds.append(perf_counter() - begun)
        watch = found.watch
        leaving = sum(part.units for each in found.replan.moves for part in each.parts if part.origin)
        moved.append(leaving / plan.units.sum())
        memory.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
    gain = float(found.replan.served_after.sum() - found.replan.served_now.sum())
    print(
        f"message to proposed moves, {REGIONS} regions: median {np.median(seconds):.2f} s, slowest {max(seconds):.2f} s"
        f" (aim 2); moved at most {100 * max(moved):.2f} % (aim {100 * SHARE:.0f}); last: {len(found.replan.moves)}"
        f" moves serve {gain:,.0f} more; memory after 1 and {len(memory)} messages: {memory[0]}, {memory[-1]} MB"
    )


if __name__ == "__main__":
    main()

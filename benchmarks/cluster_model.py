"""The cost model of docs/scale.md against a simulation of parts, workers, network and failures.

    python -m benchmarks.cluster_model

Nothing is measured here. Parts wait in one queue; a worker takes one, needs a while that varies, sends its sums through
the one line of whoever asked, and takes the next. A worker that fails loses the part in hand, which goes back, and is
there again after a while. The formula spreads the work evenly; the simulation says where that is right.
"""

import heapq
from dataclasses import dataclass, replace

import numpy as np


@dataclass(frozen=True)
class Setting:
    """What is computed, and on what."""

    rows: float
    """Rows of the table. [millions]"""

    regions: int = 50
    """Regions. [count]"""

    workers: int = 1
    """Workers, each of one core. [count]"""

    predict: float = 1.5
    """Work of a million rows in one pass. [CPU s]"""

    passes: int = 2
    """Passes over all rows: one draws the sample, one predicts. [count]"""

    alone: float = 15.0
    """Start and training, which nobody shares. [s]"""

    spread: float = 0.1
    """Standard deviation of the time of a part over its mean. [1]"""

    line: float = 100.0
    """What the network carries. [MB/s]"""

    add: float = 0.02
    """Time in which whoever asked writes the sums of a part down. [s]"""

    between_failures: float = np.inf
    """Mean time between two failures of one worker. [s]"""

    repair: float = 60.0
    """Time until it is there again. [s]"""

    @property
    def parts(self) -> int:
        """Parts of a million rows [count]."""
        return max(1, int(np.ceil(self.rows)))

    @property
    def megabytes(self) -> float:
        """Sums of one part; it has no more classes than rows [MB]."""
        return min(0.05 * self.regions, 72.0)


def by_formula(asked: Setting) -> float:
    """Return the time that the formula says [s]."""
    written = asked.parts * (asked.add + asked.megabytes / asked.line)
    work = asked.predict * asked.rows / asked.workers
    # whole parts are handed out; what is sent one after the other may be what takes longest
    last = asked.predict * (1 - 1 / asked.workers) / 2
    lost = 1 + (asked.repair + asked.predict / 2) / asked.between_failures
    return asked.alone + asked.passes * max(work * lost + last, written)


def simulated(asked: Setting, seed: int = 1) -> tuple[float, float]:
    """Return the time that it takes, and the work that was done, of lost parts included [s, CPU s]."""
    draw = np.random.default_rng(seed)
    clock, work = asked.alone, asked.alone
    for _ in range(asked.passes):
        begun, left = clock, asked.parts
        free, busy = [(begun, worker) for worker in range(asked.workers)], [begun]
        line = begun
        until = begun + draw.exponential(asked.between_failures, asked.workers)
        if not np.isfinite(asked.between_failures):
            until[:] = np.inf
        while left:
            now, worker = heapq.heappop(free)
            needs = asked.predict * asked.rows / asked.parts * max(0.1, draw.normal(1, asked.spread))
            ends = now + needs
            if until[worker] < ends:
                work += max(0.0, until[worker] - now)
                back = max(now, until[worker]) + asked.repair
                until[worker] = back + draw.exponential(asked.between_failures)
                heapq.heappush(free, (back, worker))
                continue
            work, left = work + needs, left - 1
            heapq.heappush(free, (ends, worker))
            busy.append(ends)
        for each in sorted(busy[1:]):
            line = max(line, each) + asked.add + asked.megabytes / asked.line
        clock = line
    return clock, work


MEASURED = (
    ("plan, 250,000 rows", Setting(0.25), 16.2),
    ("plan, 10,000,000 rows", Setting(10), 45.5),
    ("score, 1,000,000 rows", Setting(1, passes=1, alone=2), 3.2),
    ("score, 4,000,000 rows", Setting(4, passes=1, alone=2), 7.5),
    ("score, 10,000,000 rows", Setting(10, passes=1, alone=2), 17.5),
)
"""What was measured on one core. [CPU s]"""

LARGE = Setting(1000)
ASKED = (
    ("a thousand million rows", LARGE),
    ("on 8 workers", replace(LARGE, workers=8)),
    ("on 64 workers", replace(LARGE, workers=64)),
    ("on 512 workers", replace(LARGE, workers=512)),
    ("on 8, each failing once an hour", replace(LARGE, workers=8, between_failures=3600.0)),
    ("on 8, each failing every five minutes", replace(LARGE, workers=8, between_failures=300.0)),
    ("on 64, a hundred thousand regions", replace(LARGE, workers=64, regions=100_000)),
)


def main() -> None:
    for name, asked, seconds in MEASURED:
        print(f"{name}: formula {by_formula(asked):.1f}, simulated {simulated(asked)[1]:.1f}, measured {seconds} CPU s")
    for name, asked in ASKED:
        found = [simulated(asked, seed) for seed in range(20)]
        clock, work = (float(np.mean(each)) for each in zip(*found, strict=True))
        said = by_formula(asked)
        print(f"{name}: formula {said:.0f}, simulated {clock:.0f} s ({clock / said:.2f}), {work / 3600:.2f} core hours")


if __name__ == "__main__":
    main()

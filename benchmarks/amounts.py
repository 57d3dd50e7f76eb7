"""Demand in amounts where regions differ beyond their patients' features.

    python -m benchmarks.amounts            # every case, a few minutes of one core

Twelve regions; what is expected of a patient is gamma with mean 3, and what comes is Poisson around that times a number
of the region, log-normal with the given standard deviation, and times a gamma number of the patient's own, so that
counts are overdispersed. Expectations are right on the whole and know no regions. Held against demand of a population
of 10,000 in each region: the relative error of `amounts_demand`, of the plain sum of expectations, and of the mean that
was counted, and the share of 90 % intervals that held.
"""

import argparse
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.amounts import amounts_demand
from medalloc.tables.table import Source, Table

REGIONS, LIVING = 12, 10_000.0
SPREADS, ROWS = (0.0, 0.2, 0.5), (30, 300)


def world(seed: int, sd: float, rows: int) -> NDArray[np.float64]:
    """Return squared relative errors of ours, the plain sum and counting, and the share of our intervals that held."""
    draw = np.random.default_rng(seed)
    region, factor = np.repeat(np.arange(REGIONS), rows), np.exp(draw.normal(0, sd, REGIONS))
    expected, own = draw.gamma(2, 1.5, len(region)), draw.gamma(2, 0.5, len(region))
    came = draw.poisson(expected * factor[region] * own)
    names = [f"R{each:02}" for each in range(REGIONS)]
    frame = pd.DataFrame({"town": np.array(names)[region], "visits": came})
    table = Table(frame, {"town": "region", "visits": "need"}, Source("patients", "0"), need_as="counts")
    said, living = expected * came.sum() / expected.sum(), dict.fromkeys(names, LIVING)
    ours, plain = (amounts_demand(table, said, population=living, know_regions=each) for each in (True, False))
    truth, counted = LIVING * 3 * factor, LIVING * np.bincount(region, came) / rows
    errors = [float(np.mean((each / truth - 1) ** 2)) for each in (ours.mean, plain.mean, counted)]
    return np.array([*errors, float(np.mean((truth >= ours.low) & (truth <= ours.high)))])


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a row a case."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.amounts")
    parser.add_argument("--worlds", type=int, default=60, help="worlds of each case")
    worlds = parser.parse_args(arguments).worlds
    print("Demand in amounts, 12 regions: relative error (root mean square), share of 90% intervals that held")
    for sd in SPREADS:
        for rows in ROWS:
            ours, plain, counted, held = np.mean([world(seed, sd, rows) for seed in range(worlds)], axis=0)
            print(
                f"  sd {sd}, {rows} patients a region: ours {ours**0.5:.3f}, plain sum {plain**0.5:.3f}, "
                f"counted {counted**0.5:.3f}; held {held:.1%}"
            )


if __name__ == "__main__":
    main()

"""Demand by region against a hand-made random intercept, where regions differ beyond their patients' features.

    python -m benchmarks.regions                            # every case, about half an hour of one core
    python -m benchmarks.regions --sd 0.5 --rows 300 --worlds 40

Ten regions; the log-odds of need are -0.8 + x0 + x1 / 2 and a number for each region, normal with the given standard
deviation. Ours is what screens and commands do: logistic regression assessed, its out-of-fold probabilities summed by
`regional_demand`. The peer is a random intercept with the same log-odds as offset, its spread by the Laplace
likelihood, done here by hand. Errors are those of expected need by region over its mean; intervals of 90 % are held
against the need of a new period among the same patients, that of a population a hundred times as large, and that of a
region nobody came from.
"""

import argparse
from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.special import expit, logit

from medalloc.demand import regional_demand
from medalloc.need.evaluation.assessment import assess
from medalloc.need.models.choice import ModelChoice
from medalloc.preparation.recipe import recipe_named
from medalloc.tables.table import Source, Table

Floats = NDArray[np.float64]
REGIONS = 10
SPREADS = (0.0, 0.2, 0.5, 1.0)
ROWS = {30: 100, 300: 60, 3000: 12}
"""Rows a region, and worlds that are drawn."""
LIVING = 100


def random_intercept(offset: Floats, need: Floats, region: NDArray[np.int64]) -> Floats:
    """Return each region's effect at the most likely spread, shape (REGIONS,)."""

    def mode(variance: float) -> tuple[float, Floats]:
        effect = np.zeros(REGIONS)
        for _ in range(40):
            chance = expit(offset + effect[region])
            curvature = np.bincount(region, chance * (1 - chance), REGIONS) + 1 / variance
            effect = effect + (np.bincount(region, need - chance, REGIONS) - effect / variance) / curvature
        margin = offset + effect[region]
        loss = np.logaddexp(0, margin).sum() - need @ margin + 0.5 * (effect**2).sum() / variance
        return float(loss + 0.5 * np.log(variance * curvature).sum()), effect

    best = minimize_scalar(lambda log: mode(np.exp(log))[0], bounds=(-9, 2), method="bounded")
    return mode(float(np.exp(best.x)))[1]


def world(seed: int, sd: float, rows: int) -> dict[str, float]:
    """Return squared relative errors and shares of intervals that held, in one world."""
    draw = np.random.default_rng(seed)
    effect, region = draw.normal(0, sd, REGIONS + 1), np.repeat(np.arange(REGIONS), rows)
    features = draw.normal(size=(len(region), 4))
    chance = expit(-0.8 + features @ [1, 0.5, 0, 0] + effect[region])
    need = (draw.random(len(region)) < chance).astype(int)
    frame = pd.DataFrame(features, columns=list("abcd")).assign(town=[f"R{each:02}" for each in region], sick=need)
    roles = {**dict.fromkeys("abcd", "feature"), "town": "region", "sick": "need"}
    table = Table(frame, roles, Source("patients.csv", "0"))
    said = assess(table, recipe_named("default"), ModelChoice("logistic", seed=seed)).probability
    if said is None:
        raise ValueError("assessed without cross-validation")
    ours, alone = (regional_demand(table, said, know_regions=known) for known in (True, False))
    offset = logit(np.clip(said, 1e-6, 1 - 1e-6))
    by_hand = np.bincount(region, expit(offset + random_intercept(offset, need.astype(float), region)[region]))
    truth = np.bincount(region, chance)
    living = {f"R{each:02}": float(rows * LIVING) for each in range(REGIONS + 1)}
    scaled = regional_demand(table, said, population=living)
    others = draw.normal(size=(40_000, 2)) @ [1, 0.5]
    shares = np.array([expit(-0.8 + others + each).mean() for each in effect])
    again, there = np.bincount(region, draw.random(len(region)) < chance), draw.binomial(rows * LIVING, shares)
    held = (there >= scaled.low) & (there <= scaled.high)
    errors = {"ours": ours.mean, "peer": by_hand, "features": alone.mean, "counted": np.bincount(region, need)}
    return {
        **{name: float(np.mean((each - truth) ** 2)) / float(truth.mean()) ** 2 for name, each in errors.items()},
        "again": float(np.mean((again >= ours.low) & (again <= ours.high))),
        "again, before": float(np.mean((again >= alone.low) & (again <= alone.high))),
        "living": float(held[:-1].mean()),
        "unseen": float(held[-1]),
    }


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a row for each spread and number of rows."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.regions")
    parser.add_argument("--sd", type=float, action="append")
    parser.add_argument("--rows", type=int, action="append")
    parser.add_argument("--worlds", type=int)
    chosen = parser.parse_args(arguments)
    print("spread | rows | ours | by hand | ratio | features alone | counting | held: again, living, unseen; before")
    for sd in chosen.sd or SPREADS:
        for rows in chosen.rows or ROWS:
            found = [world(each, sd, rows) for each in range(chosen.worlds or ROWS.get(rows, 40))]
            mean = pd.DataFrame(found).mean()
            error = np.sqrt(mean[["ours", "peer", "features", "counted"]])
            print(
                f"{sd} | {rows:,} | {error['ours']:.4f} | {error['peer']:.4f} | {error['ours'] / error['peer']:.2f} | "
                f"{error['features']:.4f} | {error['counted']:.4f} | {mean['again']:.1%}, {mean['living']:.1%}, "
                f"{mean['unseen']:.0%}; {mean['again, before']:.1%}",
                flush=True,
            )


if __name__ == "__main__":
    main()

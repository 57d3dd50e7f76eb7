"""Whether probabilities learnt from few rows are as sure as they may be.

    python -m benchmarks.calibration                                     # 20 worlds of 1,500 rows
    python -m benchmarks.calibration --worlds 5 --folds 3 boosting svm

The truth is known: the slope of the true log-odds on those said for new rows is 1 where a model is as sure as it may
be, and below 1 where it is too sure.
"""

import argparse
from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from numpy.random import Generator
from numpy.typing import NDArray

from benchmarks.need_models import table_of
from medalloc.need.measures.calibration import log_odds, sigmoid
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training import training
from medalloc.preparation.recipe import recipe_named

Floats = NDArray[np.float64]
SEED, NEW_ROWS, COLUMNS = 1000, 20_000, "abcdefgh"

WORLDS: dict[str, Callable[[Floats], Floats]] = {
    "plain": lambda x: x[:, 0] + 0.6 * x[:, 1] - 2.2,
    "curved": lambda x: np.abs(x[:, 0]) + 0.6 * x[:, 1] * x[:, 2] - 1.5,
}
"""Log-odds of need by the features."""


def drawn(world: str, rows: int, random: Generator) -> tuple[pd.DataFrame, Floats]:
    """Return patients and their true probabilities."""
    features = random.normal(size=(rows, len(COLUMNS)))
    chance = sigmoid(WORLDS[world](features))
    frame = pd.DataFrame(features.round(5), columns=list(COLUMNS))
    return frame.assign(need=(random.random(rows) < chance).astype(int)), chance


def slope(said: Floats, chance: Floats) -> float:
    """Return the slope of the true log-odds on those said, by Newton's method."""
    margin = np.column_stack([np.ones(len(said)), log_odds(said)])
    found = np.array([0.0, 1.0])
    for _ in range(30):
        fitted = sigmoid(margin @ found)
        curvature = (margin * (fitted * (1 - fitted))[:, None]).T @ margin + 1e-9 * np.eye(2)
        found = found + np.linalg.solve(curvature, margin.T @ (chance - fitted))
    return float(found[1])


def log_loss(said: Floats, chance: Floats) -> float:
    inside = np.clip(said, 1e-6, 1 - 1e-6)
    return float(-np.mean(chance * np.log(inside) + (1 - chance) * np.log1p(-inside)))


def measured(world: str, kind: str, rows: int, seed: int) -> tuple[float, float]:
    """Return the slope, and the log loss above the best there is, of one world."""
    random = np.random.default_rng(SEED + seed)
    seen, (new, chance) = drawn(world, rows, random)[0], drawn(world, NEW_ROWS, random)
    said = training.train(table_of(seen), recipe_named("default"), ModelChoice(kind)).probability(table_of(new))
    return slope(said, chance), log_loss(said, chance) - log_loss(chance, chance)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", metavar="MODEL", help="boosting and forest when left out")
    parser.add_argument("--rows", type=int, default=1_500)
    parser.add_argument("--worlds", type=int, default=20)
    parser.add_argument("--folds", type=int, default=training.OF_FEW)
    asked = parser.parse_args(arguments)
    training.OF_FEW = asked.folds
    for world in WORLDS:
        for kind in asked.kinds or ("boosting", "forest"):
            found = np.array([measured(world, kind, asked.rows, seed) for seed in range(asked.worlds)])
            slopes, loss = found.T
            print(
                f"{world}, {kind}: slope {slopes.mean():.3f} ± {slopes.std():.2f}, loss {loss.mean():.5f}", flush=True
            )


if __name__ == "__main__":
    main()

"""Time and memory of scoring a long file with a kept model, against pandas and plain LightGBM.

    python -m benchmarks.need_scoring                # a million rows of Parquet
    python -m benchmarks.need_scoring --scale 0.05   # a twentieth of them

CPU times as in `benchmarks.need_models`; memory is the largest size of a process that does nothing else.
"""

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.need import line, measure, patients
from benchmarks.need_models import RECIPE, ROWS, in_turns, table_of
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.kept_model import keep_model
from medalloc.need.persistence.model_file import load_model, write_model
from medalloc.need.persistence.scoring import score_file
from medalloc.need.training.training import TrainedModel, train
from medalloc.preparation.encoding import encode
from medalloc.tables.table import Table

SCORED_ROWS = 1_000_000
REGIONS = 50

SCORE = """
import sys
from medalloc.need.persistence.model_file import load_model
from medalloc.need.persistence.scoring import score_file

model = load_model(sys.argv[1])
with open(sys.argv[2], "rb") as file:
    print(score_file(model, file, "patients", region="region").expected)
"""


def scoring(scale: float) -> list[str]:
    import lightgbm

    with tempfile.TemporaryDirectory() as folder:
        model_file, file = Path(folder) / "model.medalloc", Path(folder) / "patients.parquet"
        table = with_regions(int(ROWS * scale), 1)
        trained = train(table, RECIPE, ModelChoice("boosting"))
        write_model(keep_model(trained, table), model_file)
        model = load_model(model_file)
        new = with_regions(int(SCORED_ROWS * scale), 2)
        new.frame.to_parquet(file, index=False)
        matrix = _matrix(trained, new)
        curve = trained.fitted.calibrator
        if curve is None or curve.scores is None or curve.probabilities is None:
            raise RuntimeError("The model was not calibrated by a curve of corners.")
        corners = (curve.scores, curve.probabilities)
        plain = lightgbm.Booster(model_str=trained.fitted.model.to_text().decode())  # type: ignore[attr-defined]

        def ours() -> float:
            with file.open("rb") as opened:
                return score_file(model, opened, "patients", region="region").expected

        def theirs() -> float:
            frame = pd.read_parquet(file)
            made = _matrix(trained, Table(frame, new.roles, new.source))
            own = np.asarray(plain.predict(made, num_threads=1), np.float64)
            chance = pd.Series(np.interp(np.log(own) - np.log1p(-own), *corners))
            return float(chance.groupby(frame["region"].to_numpy()).sum().sum())

        (mine, other, bare), (summed, expected, _) = in_turns(
            ours, theirs, lambda: plain.predict(matrix, num_threads=1)
        )
        if abs(summed - expected) > 1e-6 * expected:
            raise RuntimeError("The sums differ from LightGBM's own, calibrated.")
        peaks = [_peak(model_file, file, new.frame, rows) for rows in (0.01, 0.3, 1.0)]
    return [
        line(
            f"scoring {len(matrix):,} rows from Parquet by region, and pandas with LightGBM, CPU seconds",
            mine,
            other,
            mine / other,
            "at most 1.1",
        ),
        line(
            "the same, and LightGBM's predict on a ready matrix alone, CPU seconds", mine, bare, mine / bare, "no aim"
        ),
        line("scoring, MB at the peak for all rows and for a hundredth", peaks[2], peaks[0], peaks[2] / peaks[0], ""),
        line(
            "scoring, MB more for all rows than for a hundredth",
            peaks[2] - peaks[0],
            64,
            (peaks[2] - peaks[0]) / 64,
            "at most 1",
        ),
        line(
            "scoring, MB more for all rows than for a third",
            peaks[2] - peaks[1],
            64,
            (peaks[2] - peaks[1]) / 64,
            "at most 1",
        ),
    ]


def with_regions(rows: int, seed: int) -> Table:
    names = np.array([f"region {number}" for number in range(REGIONS)])
    frame = patients(rows, seed)
    return table_of(frame.assign(region=names[np.random.default_rng(seed).integers(0, REGIONS, rows)]))


def _matrix(trained: TrainedModel, table: Table) -> NDArray[np.float32]:
    prepared = trained.fitted.prepared
    return prepared.matrix(encode(table.frame, prepared.sources), np.arange(len(table.frame)))


def _peak(model_file: Path, file: Path, frame: pd.DataFrame, share: float) -> float:
    """Return the largest size of a process of its own that scores a share of the rows [MB]."""
    part = file.with_name(f"part{share}.parquet")
    frame.head(int(len(frame) * share)).to_parquet(part, index=False)
    return measure([sys.executable, "-c", SCORE, str(model_file), str(part)]).peak / 1e6


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0)
    chosen = parser.parse_args(arguments)
    print("name: ours, theirs, ratio, aim")
    for said in scoring(chosen.scale):
        print(said, flush=True)


if __name__ == "__main__":
    main()

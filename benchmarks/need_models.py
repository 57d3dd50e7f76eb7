"""Time and memory of each kind of model and of scoring, against plain scikit-learn and LightGBM.

    python -m benchmarks.need_models                     # every case
    python -m benchmarks.need_models boosting scoring    # some of them
    python -m benchmarks.need_models --scale 0.05        # on a twentieth of the rows

Both sides get the same rows in the same process with one thread and take turns; the middle of three CPU times counts,
imports and made-up patients not included. Ours starts from the table's columns and ends with probabilities.
"""

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from benchmarks.need import REPEATS, line, patients
from medalloc.need.measures.scores import roc_auc
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.fitted import FittedModel
from medalloc.need.training.patients import Patients, gather
from medalloc.need.training.training import fit_on, split_patients
from medalloc.preparation.recipe import recipe_named
from medalloc.tables.table import Source, Table

RECIPE = recipe_named("default")
ROWS, SVM_ROWS, EXACT_ROWS = 100_000, 75_000, 20_000


def table_of(frame: pd.DataFrame) -> Table:
    roles: dict[str, str] = {**dict.fromkeys(frame.columns, "feature"), "need": "need"}
    if "region" in frame:
        roles["region"] = "region"
    return Table(frame, roles, Source("patients", "0" * 64))


def in_turns(*sides: Callable[[], Any], repeats: int = REPEATS) -> tuple[list[float], list[Any]]:
    """Return the middle CPU time of each side and what it gave, both taking turns."""
    seconds: list[list[float]] = [[] for _ in sides]
    gave: list[Any] = [None] * len(sides)
    for _ in range(repeats):
        for place, side in enumerate(sides):
            begin = time.process_time()
            gave[place] = side()
            seconds[place].append(time.process_time() - begin)
    return [statistics.median(each) for each in seconds], gave


class Case:
    """Patients split once, with the matrix a plain library is given."""

    def __init__(self, rows: int, kind: str) -> None:
        self.choice = ModelChoice(kind)
        self.patients: Patients = gather(table_of(patients(rows)), RECIPE)
        self.split = split_patients(self.patients, self.choice)
        self.ready = fit_on(self.patients, RECIPE, ModelChoice("boosting"), self.split.train).prepared
        self.matrix = self.ready.matrix(self.patients.features, self.split.train)
        self.test = self.ready.matrix(self.patients.features, self.split.test)
        self.need = self.patients.need[self.split.train].astype(np.int64)

    def ours(self) -> FittedModel:
        """Fit recipe and model on the training rows."""
        return fit_on(self.patients, RECIPE, self.choice, self.split.train)

    def auc_of_ours(self, fitted: FittedModel) -> float:
        """Return the ROC AUC of a fitted model on the test rows."""
        raw = fitted.raw(self.patients.features, self.split.test)
        return float(roc_auc(self.patients.need[self.split.test], fitted.probability(raw)))

    def auc(self, probability: NDArray[np.float64]) -> float:
        """Return the ROC AUC of scores of the test rows."""
        return float(roc_auc(self.patients.need[self.split.test], probability))


def plain_parameters(choice: ModelChoice) -> dict[str, Any]:
    """Return the default options as LightGBM names them."""
    return {
        "objective": "binary",
        "num_threads": 1,
        "verbosity": -1,
        "seed": choice.seed,
        "deterministic": True,
        "force_row_wise": True,
        "learning_rate": choice.option("learning_rate"),
        "num_leaves": choice.count("leaves"),
        "min_data_in_leaf": choice.count("smallest_leaf"),
        "lambda_l2": choice.option("penalty"),
        "max_bin": choice.count("bins"),
    }


def boosting(scale: float) -> list[str]:
    import lightgbm
    from sklearn.ensemble import GradientBoostingClassifier

    case = Case(int(ROWS * scale), "boosting")

    def plain() -> Any:
        data = lightgbm.Dataset(case.matrix, case.need, params={"max_bin": 63, "verbosity": -1})
        return lightgbm.train(plain_parameters(case.choice), data, case.choice.count("trees"))

    (ours, theirs), (mine, other) = in_turns(case.ours, plain)
    slow = GradientBoostingClassifier(random_state=42)
    filled = np.nan_to_num(case.matrix)
    (slow_seconds,), _ = in_turns(lambda: slow.fit(filled, case.need), repeats=1)
    return [
        line(
            "default boosting and LightGBM on a ready matrix, CPU seconds", ours, theirs, ours / theirs, "at most 1.15"
        ),
        line(
            "default boosting and GradientBoostingClassifier, CPU seconds",
            ours,
            slow_seconds,
            ours / slow_seconds,
            "at most 0.1",
        ),
        _areas("default boosting and LightGBM", case.auc_of_ours(mine), case.auc(other.predict(case.test))),
    ]


def forest(scale: float) -> list[str]:
    from sklearn.ensemble import RandomForestClassifier

    case = Case(int(ROWS * scale), "forest")
    theirs_is = RandomForestClassifier(random_state=42, n_jobs=1)
    (ours, theirs), (mine, other) = in_turns(case.ours, lambda: theirs_is.fit(case.matrix, case.need), repeats=1)
    return [
        line("default forest and scikit-learn's defaults, CPU seconds", ours, theirs, ours / theirs, "at most 0.25"),
        _areas(
            "default forest and scikit-learn's", case.auc_of_ours(mine), case.auc(other.predict_proba(case.test)[:, 1])
        ),
    ]


def svm(scale: float) -> list[str]:
    from sklearn.svm import SVC

    # The split takes a fifth away.
    case = Case(int(SVM_ROWS * scale / 0.8), "svm")
    few = slice(0, int(EXACT_ROWS * scale))
    exact = SVC()
    (ours, theirs), (mine, other) = in_turns(case.ours, lambda: exact.fit(case.matrix[few], case.need[few]), repeats=1)
    return [
        line(
            f"support vectors on {len(case.need):,} rows, calibrated, and exact ones on {few.stop:,}, CPU seconds",
            ours,
            theirs,
            ours / theirs,
            "at most 0.1",
        ),
        _areas(
            "support vectors, all rows and exact", case.auc_of_ours(mine), case.auc(other.decision_function(case.test))
        ),
    ]


def contributions(scale: float) -> list[str]:
    import lightgbm

    case = Case(int(ROWS * scale), "boosting")
    fitted = case.ours()
    rows = case.test[:5000]
    plain = lightgbm.Booster(model_str=fitted.model.to_text().decode())  # type: ignore[attr-defined]
    (ours, theirs), (mine, other) = in_turns(
        lambda: fitted.model.contributions(rows), lambda: plain.predict(rows, pred_contrib=True, num_threads=1)
    )
    if not np.array_equal(mine, other):
        raise RuntimeError("The contributions differ from LightGBM's own.")
    return [line("contributions and pred_contrib, CPU seconds", ours, theirs, ours / theirs, "at most 1.05")]


def _areas(names: str, mine: float, other: float) -> str:
    return line(f"{names}, ROC AUC on test rows", mine, other, mine / other, "at least 1")


CASES: dict[str, Callable[[float], list[str]]] = {
    "boosting": boosting,
    "forest": forest,
    "svm": svm,
    "contributions": contributions,
}


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"any of {', '.join(CASES)}; all when left out")
    parser.add_argument("--scale", type=float, default=1.0)
    chosen = parser.parse_args(arguments)
    print("name: ours, theirs, ratio, aim")
    for name in chosen.cases or CASES:
        for said in CASES[name](chosen.scale):
            print(said, flush=True)


if __name__ == "__main__":
    main()

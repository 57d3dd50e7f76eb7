"""What a score is worth when the test has been seen: the two leaks of the article's recipe, measured."""

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.lessons.sample import require_both
from medalloc.need.measures.calibration import sigmoid
from medalloc.need.measures.scores import Scores, scores
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.patients import Patients, gather
from medalloc.need.training.splitting import split
from medalloc.need.training.training import predict_held_out
from medalloc.preparation.adapting import adapted
from medalloc.preparation.encoding import encode
from medalloc.preparation.recipe import Recipe, recipe_named
from medalloc.tables.table import Table

Leak = Literal["scaling", "patients", "both"]
LEAKS: tuple[Leak, ...] = ("scaling", "patients", "both")
TEST_SHARE = 0.2
"""As in the article. [fraction]"""

AGAIN = 0.02
"""How far a patient's second row differs from the first. [standard deviations]"""

PATIENT = "patient"


@dataclass(frozen=True, eq=False)
class Leakage:
    """The same table judged with a leak and without, once for each seed."""

    rows: int
    """Rows of the table, repeated ones among them. [count]"""

    patients: int
    """Patients in it. [count]"""

    seen: float
    """Share of the leaky test's rows whose patient also has a row in the training part; mean. [fraction]"""

    leaky: tuple[Scores, ...]
    """With the leak, by seed."""

    honest: tuple[Scores, ...]
    """Without, by seed."""

    @property
    def gain(self) -> float:
        """Mean ROC AUC with the leak minus that without."""
        return float(np.mean(self._gains))

    @property
    def chance(self) -> float:
        """Two standard errors of the gain: a smaller one can be chance; endless with a single seed."""
        gains = self._gains
        return float(2 * np.std(gains, ddof=1) / np.sqrt(len(gains))) if len(gains) > 1 else float("inf")

    @property
    def _gains(self) -> list[float]:
        return [with_it.roc_auc - without.roc_auc for with_it, without in zip(self.leaky, self.honest, strict=True)]


@dataclass(frozen=True, eq=False)
class Extremes:
    """What the recipe learns of a column from all rows, and from the training part alone."""

    column: str
    """Name of the column."""

    whole: tuple[float, float, float]
    """Smallest, mean and largest of all rows, in the column's unit."""

    training: tuple[float, float, float]
    """The same of the training part."""


def with_repeats(table: Table, *, patients: int, share: float, seed: int) -> Table:
    """Draw patients and give some of them a second row, as a register of visits would.

    Parameters
    ----------
    patients : int
        Patients to draw, at most all. [count]
    share : float
        Share of them that comes twice, with nearly the same numbers and the same need. [fraction]

    Returns
    -------
    Table
        With the column `PATIENT` that says whose row it is.
    """
    draw = np.random.default_rng(seed)
    rows = draw.permutation(len(table.frame))[:patients]
    once = table.frame.iloc[rows].reset_index(drop=True).assign(**{PATIENT: np.arange(len(rows))})
    again = once.iloc[: round(share * len(rows))].copy()
    for name in table.columns("feature"):
        if pd.api.types.is_numeric_dtype(again[name]):
            known = table.frame[name].astype(float)
            moved = again[name].astype(float) + AGAIN * float(known.std()) * draw.standard_normal(len(again))
            # a patient is not made younger than anybody, nor is an income made negative
            again[name] = moved.clip(known.min(), known.max())
    # the patient's own id, where there is one, would part nobody: second rows are new ones
    own = [name for name in table.columns("patient id") if name != PATIENT]
    frame = pd.concat([once, again], ignore_index=True).drop(columns=own)
    roles = {name: role for name, role in table.roles.items() if name not in own}
    return replace(table, frame=frame, roles={**roles, PATIENT: "patient id"})


def leakage(table: Table, leak: Leak, choice: ModelChoice, *, seeds: int) -> Leakage:
    """Judge a model by a test that has leaked, and by one that has not.

    Parameters
    ----------
    leak : str
        ``scaling``: means and extremes are taken from all rows; ``patients``: rows are split without regard to whose
        they are; ``both``.
    choice : ModelChoice
        Which model; its seed is the first one.
    seeds : int
        How many splits. [count]

    Raises
    ------
    InputError
        If the table cannot be learnt from.
    """
    whole = _recipe(table)
    honest_recipe = replace(whole, fitted_on="training part")
    patients = gather(table, whole)
    require_both(patients.need[patients.known])
    of_rows = patients if leak == "scaling" else replace(patients, groups=None)
    leaky, honest, seen = [], [], []
    for seed in range(choice.seed, choice.seed + seeds):
        found, share = _judged(of_rows, patients, honest_recipe if leak == "patients" else whole, choice, seed)
        leaky.append(found)
        seen.append(share)
        honest.append(_judged(patients, patients, honest_recipe, choice, seed)[0])
    return Leakage(len(patients.known), _patients(patients), float(np.mean(seen)), tuple(leaky), tuple(honest))


def extremes(table: Table, *, seed: int) -> tuple[Extremes, ...]:
    """Return what the article's recipe learns of each number from all rows, and what it may: the training part's."""
    patients = gather(table, _recipe(table))
    train = split(patients.known, patients.need, patients.groups, share=TEST_SHARE, seed=seed).train
    return tuple(
        Extremes(each.name, _measured(each.values[patients.known]), _measured(each.values[train]))
        for each in patients.features
        if each.kind == "number"
    )


def _recipe(table: Table) -> Recipe:
    """Return the article's recipe, without what it says of columns that the table lacks."""
    return adapted(recipe_named("article"), {e.name: e.kind for e in encode(table.frame, table.columns("feature"))})


def _judged(
    parted: Patients, patients: Patients, recipe: Recipe, choice: ModelChoice, seed: int
) -> tuple[Scores, float]:
    """Return the scores, and the share of test rows whose patient is in the training part too."""
    parts = split(parted.known, parted.need, parted.groups, share=TEST_SHARE, seed=seed)
    # as in the article nothing is calibrated, which would take three more trainings and leave every rank as it is
    held_out = predict_held_out(parted, recipe, replace(choice, seed=seed), parts.train, parts.test)
    said = sigmoid(held_out.margin) if held_out.probability is None else held_out.probability
    groups = patients.groups
    seen = 0.0 if groups is None else float(np.isin(groups[parts.test], groups[parts.train]).mean())
    return scores(parted.need[parts.test], said), seen


def _patients(patients: Patients) -> int:
    return len(patients.known if patients.groups is None else np.unique(patients.groups[patients.known]))


def _measured(values: NDArray[np.float64]) -> tuple[float, float, float]:
    return float(values.min()), float(values.mean()), float(values.max())

"""Assessments of amounts as files: a JSON text and plain arrays, nothing that could run."""

import json
import math
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np

from medalloc.errors import SourceError
from medalloc.need.evaluation.amounts import AmountAssessment, AmountFolds
from medalloc.need.evaluation.storage import ARRAYS, RESULT, plain, plain_ends
from medalloc.need.explanation.importance import Explanations, Importance
from medalloc.need.measures.amounts import AmountScores, Decile
from medalloc.need.measures.bootstrap import Interval
from medalloc.need.models.choice import ModelChoice
from medalloc.preparation.recipe import Recipe
from medalloc.sentences import Sentence, sentence

AS_THEY_ARE = ("rows", "train_rows", "test_rows", "sha256", "fit_seconds")
PLAIN = ("features", "scores", "cross_validation", "deciles", "importances")


def amount_json(assessment: AmountAssessment) -> dict[str, Any]:
    """Return what the command line prints: scores, deciles, importances from high to low, and warnings in English."""
    return {
        "rows": assessment.rows,
        "train": assessment.train_rows,
        "test": assessment.test_rows,
        "model": assessment.choice.kind,
        "family": assessment.family,
        "recipe": assessment.recipe.name,
        "scores": plain(assessment.scores),
        "intervals": {name: plain_ends(each) for name, each in assessment.intervals.items()},
        "folds": plain(assessment.cross_validation.mean),
        "folds_spread": plain(assessment.cross_validation.spread),
        "deciles": plain(assessment.deciles),
        "importances": [
            {name: getattr(one, name) for name in ("feature", "permutation", "permutation_sd", "impurity")}
            for one in assessment.importances
        ],
        "warnings": [str(warning) for warning in assessment.warnings],
    }


def save_amounts(assessment: AmountAssessment, folder: Path) -> None:
    """Write an assessment into a folder, which is made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = {"expected": assessment.expected}
    explained = assessment.explanations
    if explained is not None:
        arrays |= {"explained_rows": explained.rows, "contributions": explained.contributions}
    np.savez_compressed(folder / ARRAYS, allow_pickle=False, **arrays)
    about = {
        **{name: plain(getattr(assessment, name)) for name in (*AS_THEY_ARE, *PLAIN)},
        "choice": assessment.choice.to_json(),
        "recipe": assessment.recipe.to_json(),
        "intervals": {name: plain_ends(each) for name, each in assessment.intervals.items()},
        "base": None if explained is None else explained.base,
        "warnings": [warning.to_json() for warning in assessment.warnings],
    }
    (folder / RESULT).write_text(json.dumps(about, ensure_ascii=False, allow_nan=False), encoding="utf-8")


def load_amounts(folder: Path) -> AmountAssessment:
    """Read an assessment that `save_amounts` wrote.

    Raises
    ------
    SourceError
        If the folder does not hold one.
    """
    try:
        data = json.loads((folder / RESULT).read_text(encoding="utf-8"))
        with np.load(folder / ARRAYS, allow_pickle=False) as stored:
            return _from_json(data, {name: stored[name] for name in stored.files})
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(
            sentence("There is no readable assessment in “{folder}”: {reason}.", folder=str(folder), reason=str(error))
        ) from error


def _from_json(data: Mapping[str, Any], arrays: Mapping[str, Any]) -> AmountAssessment:
    folds = data["cross_validation"]
    scores = {name: read_amount_scores(folds[name]) for name in ("mean", "spread")}
    return AmountAssessment(
        **{name: data[name] for name in AS_THEY_ARE},
        features=tuple(data["features"]),
        choice=ModelChoice.from_json(data["choice"]),
        recipe=Recipe.from_json(data["recipe"]),
        scores=read_amount_scores(data["scores"]),
        intervals={
            name: Interval(math.nan, math.nan) if ends is None else Interval(*ends)
            for name, ends in data["intervals"].items()
        },
        cross_validation=AmountFolds(
            folds["folds"],
            folds["kind"],
            **scores,
            by_fold=tuple(read_amount_scores(each) for each in folds["by_fold"]),
            learnt=tuple(folds["learnt"]),
            tested=tuple(folds["tested"]),
        ),
        deciles=tuple(Decile(**_numbers(each)) for each in data["deciles"]),
        importances=tuple(Importance(**each) for each in data["importances"]),
        warnings=tuple(Sentence.from_json(each) for each in data["warnings"]),
        expected=arrays["expected"],
        explanations=None
        if data["base"] is None
        else Explanations(arrays["explained_rows"], arrays["contributions"], data["base"]),
    )


def read_amount_scores(data: Mapping[str, float | None]) -> AmountScores:
    """Return the scores that `plain` wrote.

    Raises
    ------
    KeyError
        If one is missing.
    """
    return AmountScores(**{each.name: _numbers(data)[each.name] for each in fields(AmountScores)})


def _numbers(data: Mapping[str, float | None]) -> dict[str, Any]:
    return {name: math.nan if value is None else value for name, value in data.items()}

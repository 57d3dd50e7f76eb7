"""Assessments as files: a JSON text and plain arrays, nothing that could run."""

import json
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from medalloc.errors import InputError, SourceError
from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.evaluation.conformal import ConformalLevel
from medalloc.need.evaluation.cross_validation import CrossValidation
from medalloc.need.explanation.importance import Explanations, Importance
from medalloc.need.measures.bootstrap import Interval
from medalloc.need.measures.scores import Scores
from medalloc.need.models.choice import ModelChoice
from medalloc.preparation.recipe import Recipe
from medalloc.saved import to_plain
from medalloc.sentences import Sentence, sentence

VERSION = 2
RESULT = "result.json"
ARRAYS = "arrays.npz"
MODEL = "model.medalloc"
AS_THEY_ARE = ("rows", "train_rows", "test_rows", "sha256", "fit_seconds")
PLAIN = ("features", "scores", "cross_validation", "conformal", "importances")
SOMETIMES = ("probability", "own_probability", "need", "test_patients", "test_weight")
"""Arrays that not every assessment has."""


def need_json(assessment: Assessment) -> dict[str, Any]:
    """Return what the command line prints: scores, importances from high to low, and warnings in English."""
    return {
        "rows": assessment.rows,
        "train": assessment.train_rows,
        "test": assessment.test_rows,
        "model": assessment.choice.kind,
        "recipe": assessment.recipe.name,
        "scores": plain(assessment.scores),
        "importances": [
            {name: getattr(one, name) for name in ("feature", "permutation", "permutation_sd", "impurity")}
            for one in assessment.importances
        ],
        "warnings": [str(warning) for warning in assessment.warnings],
        "intervals": intervals_json(assessment),
    }


def intervals_json(assessment: Assessment) -> dict[str, list[float] | None]:
    """Return the 95 % interval of each score as [low, high]; null where it is not defined."""
    return {name: plain_ends(each) for name, each in assessment.intervals.items()}


def plain(value: Any) -> Any:
    """Return values, or dataclasses of them, as JSON knows them: a number that is not defined is null.

    Examples
    --------
    >>> plain({"auc": (0.5, float("nan"))})
    {'auc': [0.5, None]}
    """
    match to_plain(value):
        case dict() as several:
            return {name: plain(each) for name, each in several.items()}
        case list() as several:
            return [plain(each) for each in several]
        case one:
            return None if isinstance(one, float) and math.isnan(one) else one


def plain_ends(interval: Interval | None) -> list[float] | None:
    """Return the two ends of an interval; null where it is not defined."""
    return None if interval is None or math.isnan(interval.low) else [interval.low, interval.high]


def save(assessment: Assessment, folder: Path | str) -> None:
    """Write an assessment into a folder, which is made if it is not there."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = {"test_need": assessment.test_need, "test_probability": assessment.test_probability}
    for name in SOMETIMES:
        if getattr(assessment, name) is not None:
            arrays[name] = getattr(assessment, name)
    if assessment.explanations is not None:
        arrays["explained_rows"] = assessment.explanations.rows
        arrays["contributions"] = assessment.explanations.contributions
    np.savez_compressed(place / ARRAYS, allow_pickle=False, **arrays)
    text = json.dumps(_to_json(assessment), ensure_ascii=False, indent=1, allow_nan=False)
    (place / RESULT).write_text(text, encoding="utf-8")


def load_assessment(folder: Path | str) -> Assessment:
    """Read an assessment that `save` wrote.

    Raises
    ------
    SourceError
        If the folder does not hold one.
    InputError
        If it was written by another version, or was changed by hand into something unusable.
    """
    place = Path(folder)
    try:
        data = json.loads((place / RESULT).read_text(encoding="utf-8"))
        with np.load(place / ARRAYS, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError) as error:
        raise SourceError(
            sentence("There is no readable assessment in “{folder}”: {reason}.", folder=str(place), reason=str(error))
        ) from error
    if not isinstance(data, Mapping) or data.get("version") != VERSION:
        found = data.get("version") if isinstance(data, Mapping) else None
        raise InputError(
            sentence(
                "The assessment has version {found}; this program reads version {known}. Train the model again.",
                found=repr(found),
                known=VERSION,
            )
        )
    try:
        return _from_json(data, arrays)
    except (KeyError, TypeError, AttributeError) as error:
        raise InputError(
            sentence("The assessment in “{folder}” lacks or garbles: {name}.", folder=str(place), name=str(error))
        ) from error


def _to_json(assessment: Assessment) -> dict[str, Any]:
    explained = assessment.explanations
    return {
        "version": VERSION,
        **{name: plain(getattr(assessment, name)) for name in (*AS_THEY_ARE, *PLAIN)},
        "choice": assessment.choice.to_json(),
        "recipe": assessment.recipe.to_json(),
        "intervals": intervals_json(assessment),
        "base": None if explained is None else explained.base,
        "warnings": [warning.to_json() for warning in assessment.warnings],
    }


def _from_json(data: Mapping[str, Any], arrays: Mapping[str, Any]) -> Assessment:
    validation = data["cross_validation"]
    sometimes: dict[str, Any] = {name: arrays.get(name) for name in SOMETIMES}
    return Assessment(
        **{name: data[name] for name in AS_THEY_ARE},
        **sometimes,
        features=tuple(data["features"]),
        choice=ModelChoice.from_json(data["choice"]),
        recipe=Recipe.from_json(data["recipe"]),
        scores=read_scores(data["scores"]),
        cross_validation=None
        if validation is None
        else CrossValidation(
            validation["folds"],
            read_scores(validation["mean"]),
            read_scores(validation["spread"]),
            validation["kind"],
            tuple(read_scores(one) for one in validation["by_fold"]),
            tuple(validation["learnt"]),
            tuple(validation["tested"]),
        ),
        importances=tuple(Importance(**one) for one in data["importances"]),
        warnings=tuple(Sentence.from_json(warning) for warning in data["warnings"]),
        test_need=arrays["test_need"],
        test_probability=arrays["test_probability"],
        explanations=None
        if data["base"] is None
        else Explanations(arrays["explained_rows"], arrays["contributions"], data["base"]),
        intervals={
            name: Interval(math.nan, math.nan) if ends is None else Interval(*ends)
            for name, ends in data["intervals"].items()
        },
        conformal=tuple(ConformalLevel(**one) for one in data["conformal"]),
    )


def read_scores(data: Mapping[str, float | None]) -> Scores:
    """Return the scores that `plain` wrote."""
    return Scores(**{name: float("nan") if value is None else value for name, value in data.items()})

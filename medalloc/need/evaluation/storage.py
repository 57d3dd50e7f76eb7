"""Assessments as files: a JSON text and plain arrays, nothing that could run."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from medalloc.errors import InputError
from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.measures.bootstrap import Interval
from medalloc.need.measures.scores import Scores
from medalloc.saved import read_pieces, to_plain, write_pieces
from medalloc.sentences import sentence

RESULT = "result"
MODEL = "model.medalloc"


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
    write_pieces(assessment, folder, RESULT)


def load_assessment(folder: Path | str) -> Assessment:
    """Read an assessment that `save` wrote.

    Raises
    ------
    SourceError
        If the folder does not hold one.
    InputError
        If it was written by another version, or was changed by hand into something unusable.
    """
    try:
        return read_pieces(Assessment, folder, RESULT, sentence("assessment"))
    except InputError as error:
        raise InputError(*error.faults, sentence("Train the model again.")) from error


def read_scores(data: Mapping[str, float | None]) -> Scores:
    """Return the scores that `plain` wrote."""
    return Scores(**{name: float("nan") if value is None else value for name, value in data.items()})

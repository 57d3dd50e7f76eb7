"""Assessments of amounts as files: a JSON text and plain arrays, nothing that could run."""

import math
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from medalloc.need.evaluation.amount_assessment import AmountAssessment
from medalloc.need.evaluation.storage import RESULT, plain, plain_ends
from medalloc.need.measures.amounts import AmountScores
from medalloc.saved import read_pieces, write_pieces
from medalloc.sentences import sentence


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
    write_pieces(assessment, folder, RESULT)


def load_amounts(folder: Path) -> AmountAssessment:
    """Read an assessment that `save_amounts` wrote.

    Raises
    ------
    SourceError
        If the folder does not hold one.
    InputError
        If it was written by another version, or was changed by hand into something unusable.
    """
    return read_pieces(AmountAssessment, folder, RESULT, sentence("assessment"))


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

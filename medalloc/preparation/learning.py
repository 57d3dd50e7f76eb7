"""What a step learns from the rows its recipe is fitted on."""

import numpy as np
from numpy.typing import NDArray

from medalloc.preparation.catalogue import FEWEST
from medalloc.preparation.operations import (
    OTHER_LEVELS,
    Clip,
    ColumnState,
    FillNumber,
    FillText,
    Log1p,
    OneHot,
    Operation,
    ReplaceText,
    Stretch,
    levels_of,
    numbers_of,
)
from medalloc.preparation.recipe import Step


def learn(step: Step, state: ColumnState) -> Operation:
    """Learn one step from one column.

    Parameters
    ----------
    step : Step
        Any step but ``drop_missing_rows``, whose kind fits the column.
    state : ColumnState
        The column as the steps before left it, on the rows the recipe is fitted on.
    """
    match step.name:
        case "impute_median":
            return _learn_median(step, state)
        case "impute_most_frequent":
            return _learn_most_frequent(step, state)
        case "one_hot":
            return _learn_one_hot(step, state)
        case "map_values":
            return ReplaceText({text: float(number) for text, number in step.option("values").items()})
        case "log1p":
            return Log1p()
    numbers = numbers_of(state)
    known = numbers[~np.isnan(numbers)]
    if not len(known):
        return Stretch(0.0, 1.0)
    match step.name:
        case "standard_scale":
            return Stretch(float(known.mean()), float(known.std()) or 1.0)
        case "min_max_scale":
            return Stretch(float(known.min()), float(known.max() - known.min()) or 1.0)
    low, high = np.quantile(known, [step.option("low"), step.option("high")])
    return Clip(float(low), float(high))


def _learn_median(step: Step, state: ColumnState) -> FillNumber:
    numbers, missing = numbers_of(state), state.missing()
    known = numbers[~missing]
    # A column without any value is constant whatever it is filled with, and so is its flag.
    fill = float(np.median(known)) if len(known) else 0.0
    return FillNumber(fill, bool(step.option("indicator") and 0 < len(known) < len(numbers)))


def _learn_most_frequent(step: Step, state: ColumnState) -> FillText:
    counts = _level_counts(state)
    if not counts.any() or (counts.max() < FEWEST < len(counts)):
        # of many texts none is usual: the most frequent one may be somebody's name
        return FillText(OTHER_LEVELS, bool(step.option("indicator") and counts.any() and state.missing().any()))
    # Levels are in alphabetical order, so that a tie is always broken the same way.
    fill = str(levels_of(state)[int(np.argmax(counts))])
    return FillText(fill, bool(step.option("indicator") and state.missing().any()))


def _learn_one_hot(step: Step, state: ColumnState) -> OneHot:
    counts, levels = _level_counts(state), levels_of(state)
    enough = max(FEWEST, step.option("min_share") * counts.sum())
    by_count = np.argsort(-counts, kind="stable")[: step.option("max_levels")]
    kept = np.sort(by_count[counts[by_count] >= enough])
    rare = bool(counts.sum() > counts[kept].sum())
    return OneHot(tuple(str(level) for level in levels[kept]), rare)


def _level_counts(state: ColumnState) -> NDArray[np.int64]:
    codes = np.asarray(state.values)[~state.missing()]
    return np.bincount(codes.astype(np.int64), minlength=len(levels_of(state)))

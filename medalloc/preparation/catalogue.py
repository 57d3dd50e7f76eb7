"""Which steps a recipe may contain, which options each takes, and what each does in plain words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from numbers import Real

from medalloc.sentences import Sentence, sentence

FEWEST = 5
"""Rows that share a text before it is kept by name: one that fewer have may be somebody's own. [count]"""


@dataclass(frozen=True)
class Option:
    """A value a step can be given."""

    default: object
    """What holds when nothing is given; None when it must be given."""

    accepts: Callable[[object], bool]
    """Whether a value is acceptable."""

    expected: Sentence
    """What is acceptable, in words."""


@dataclass(frozen=True)
class StepKind:
    """One kind of step."""

    works_on: str
    """Which columns it can work on: ``numeric``, ``text`` or ``all``."""

    says: Callable[[Mapping[str, object], object], Sentence]
    """From its options and its columns to plain words."""

    options: Mapping[str, Option]
    """Its options by name."""


def _is_share(value: object) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and 0 <= float(value) <= 1


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def _is_mapping(value: object) -> bool:
    return (
        isinstance(value, Mapping)
        and len(value) > 0
        and all(isinstance(text, str) for text in value)
        and all(isinstance(number, Real) and abs(float(number)) < float("inf") for number in value.values())
    )


def _flag(default: bool) -> Option:
    return Option(default, lambda value: isinstance(value, bool), sentence("true or false"))


def _share(default: float) -> Option:
    return Option(default, _is_share, sentence("a number from 0 to 1"))


def _count(default: int) -> Option:
    return Option(default, _is_count, sentence("a whole number of at least 1"))


def _which(columns: object) -> Sentence:
    named = {
        "numeric": sentence("every column of numbers"),
        "text": sentence("every column of text"),
        "all": sentence("every column"),
    }
    if isinstance(columns, str):
        return named[columns]
    names = ", ".join(map(str, columns if isinstance(columns, tuple) else ()))
    return sentence("the columns {names}", names=names)


def _impute_median(options: Mapping[str, object], columns: object) -> Sentence:
    if options["indicator"]:
        return sentence(
            "In {columns}, fill missing values with the median and add a column that says where they were missing.",
            columns=_which(columns),
        )
    return sentence("In {columns}, fill missing values with the median.", columns=_which(columns))


def _impute_most_frequent(options: Mapping[str, object], columns: object) -> Sentence:
    if options["indicator"]:
        return sentence(
            "In {columns}, fill missing text with the most frequent one and add a column that says where it was "
            "missing.",
            columns=_which(columns),
        )
    return sentence("In {columns}, fill missing text with the most frequent one.", columns=_which(columns))


def _one_hot(options: Mapping[str, object], columns: object) -> Sentence:
    return sentence(
        "Turn {columns} into one yes-or-no column a level; levels held by less than {min_share} of the rows or by "
        "fewer than {fewest} rows, levels beyond the {max_levels} most frequent and levels never seen before share one "
        "column.",
        columns=_which(columns),
        fewest=FEWEST,
        **options,
    )


def _map_values(options: Mapping[str, object], columns: object) -> Sentence:
    values = options["values"]
    pairs = values.items() if isinstance(values, Mapping) else ()
    return sentence(
        "Replace text in {columns} by numbers: {values}.",
        columns=_which(columns),
        values=", ".join(f"{text} → {number}" for text, number in pairs),
    )


STEP_KINDS: Mapping[str, StepKind] = {
    "drop_missing_rows": StepKind(
        "all",
        lambda _, columns: sentence("Leave out rows with a missing value in {columns}.", columns=_which(columns)),
        {},
    ),
    "impute_median": StepKind("numeric", _impute_median, {"indicator": _flag(True)}),
    "impute_most_frequent": StepKind("text", _impute_most_frequent, {"indicator": _flag(True)}),
    "one_hot": StepKind("text", _one_hot, {"min_share": _share(0.01), "max_levels": _count(50)}),
    "map_values": StepKind(
        "text",
        _map_values,
        {"values": Option(None, _is_mapping, sentence("numbers by text, such as male: 0, female: 1"))},
    ),
    "standard_scale": StepKind(
        "numeric",
        lambda _, columns: sentence(
            "Shift and stretch {columns} to mean 0 and standard deviation 1.", columns=_which(columns)
        ),
        {},
    ),
    "min_max_scale": StepKind(
        "numeric",
        lambda _, columns: sentence(
            "Shift and stretch {columns} so that the smallest value is 0 and the largest 1.", columns=_which(columns)
        ),
        {},
    ),
    "clip_outliers": StepKind(
        "numeric",
        lambda options, columns: sentence(
            "In {columns}, pull values below the {low} quantile or above the {high} quantile in to it.",
            columns=_which(columns),
            **options,
        ),
        {"low": _share(0.01), "high": _share(0.99)},
    ),
    "log1p": StepKind(
        "numeric",
        lambda _, columns: sentence("Replace x in {columns} by the logarithm of 1 + x.", columns=_which(columns)),
        {},
    ),
}
"""Every step a recipe may contain, by name. Yes-or-no columns a step makes (levels, missing flags) stay 0 and 1."""

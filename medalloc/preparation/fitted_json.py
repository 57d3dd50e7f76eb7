"""Fitted recipes as plain data, so that what was learned can be kept and used again."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import numpy as np
import pandas as pd

from medalloc.errors import InputError, require
from medalloc.preparation.encoding import LARGEST, EncodedColumn
from medalloc.preparation.fitted import FittedRecipe, columns_of
from medalloc.preparation.recipe import Recipe
from medalloc.preparation.state import FittedStep
from medalloc.preparation.steps.filling import FillNumber, FillText, Keep, Mark
from medalloc.preparation.steps.iterative import FillByOthers
from medalloc.preparation.steps.levels import OneHot, Order, ReplaceText, Together
from medalloc.preparation.steps.scaling import Clip, Log1p, Stretch
from medalloc.preparation.steps.target import MeanNeed
from medalloc.saved import from_plain, one_of, to_plain
from medalloc.sentences import Sentence, sentence

OPERATIONS: Mapping[str, type[Any]] = {
    "fill_number": FillNumber,
    "fill_text": FillText,
    "one_hot": OneHot,
    "replace_text": ReplaceText,
    "stretch": Stretch,
    "clip": Clip,
    "log1p": Log1p,
    "mark": Mark,
    "keep": Keep,
    "fill_by_others": FillByOthers,
    "order": Order,
    "together": Together,
    "mean_need": MeanNeed,
}
"""What can be done to a column, by the word that stands for it in a file."""

_WORDS = {kind: word for word, kind in OPERATIONS.items()}


def fitted_json(fitted: FittedRecipe) -> dict[str, Any]:
    """Return a fitted recipe as plain data; `fitted_from_json` makes one that does exactly the same."""
    return {
        "recipe": fitted.recipe.to_json(),
        "columns": [{"name": name, "kind": kind} for name, kind in zip(fitted.sources, fitted.kinds, strict=True)],
        "done": [_step_json(each) for each in fitted.done],
    }


@dataclass(frozen=True)
class _Column:
    name: str
    kind: Literal["number", "text"]
    operations: tuple[Mapping[str, object], ...] = ()
    """What is done to it, in files of before a step could work on several columns."""


@dataclass(frozen=True)
class _Fitted:
    recipe: Recipe
    columns: tuple[_Column, ...]
    done: tuple[Mapping[str, object], ...] = ()


@dataclass(frozen=True)
class _Where:
    number: int
    columns: tuple[str, ...]


def fitted_from_json(data: object) -> FittedRecipe:
    """Return the fitted recipe that `fitted_json` wrote.

    Raises
    ------
    InputError
        With everything that is missing, unknown or of the wrong type, each with its path.
    """
    try:
        read = from_plain(_Fitted, data, sentence("fitted recipe"))
        names, kinds = tuple(each.name for each in read.columns), tuple(each.kind for each in read.columns)
        bare = FittedRecipe(read.recipe, _done(read), names, kinds, ())
        # The matrix columns follow from the operations, so that a file cannot say something else about them.
        states = bare.states([_without_rows(each) for each in read.columns], np.empty(0, dtype=np.int64))
    except InputError as error:
        raise InputError(*(_garbled(fault) for fault in error.faults)) from error
    # an operation on a column that is not there, or that it cannot work on
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise InputError(_garbled(Sentence("{reason}", {"reason": str(error)}))) from error
    return replace(bare, columns=tuple(column for state in states for column in columns_of(state)))


def _step_json(done: FittedStep) -> dict[str, Any]:
    entries = {each.name: getattr(done.operation, each.name) for each in _kept(type(done.operation))}
    where = {"number": done.number, "columns": list(done.columns), "does": _WORDS[type(done.operation)]}
    return {**where, **to_plain(entries)}


def _kept(operation: type[Any]) -> list[Any]:
    """Return the fields of an operation that are kept: what only rows that were learned from need is not."""
    return [each for each in fields(operation) if each.compare]


def _garbled(fault: Sentence) -> Sentence:
    return sentence("In the fitted recipe something is missing or damaged: {fault}", fault=fault)


def _done(read: _Fitted) -> tuple[FittedStep, ...]:
    faults: list[Sentence] = []
    made: list[FittedStep] = []
    saved = [(f"done[{place}]", entries) for place, entries in enumerate(read.done)]
    saved += [
        (f"columns[{column}].operations[{place}]", {**entries, "number": 0, "columns": [each.name]})
        for column, each in enumerate(read.columns)
        for place, entries in enumerate(each.operations)
    ]
    for name, entries in saved:
        try:
            made.append(_step(dict(entries)))
        except InputError as error:
            faults += [sentence("In “{name}”: {fault}", name=name, fault=fault) for fault in error.faults]
    require(*faults)
    return tuple(made)


def _step(entries: dict[str, Any]) -> FittedStep:
    does = entries.pop("does", None)
    require(*one_of("does", does, OPERATIONS))
    kind = OPERATIONS[str(does)]
    where = from_plain(
        _Where, {name: entries.pop(name) for name in ("number", "columns") if name in entries}, sentence("step")
    )
    require(
        *(
            sentence("no entry called: {name}", name=each.name)
            for each in fields(kind)
            if not each.compare and each.name in entries
        )
    )
    operation = from_plain(kind, entries, sentence("operation"))
    require(*_too_large(entries))
    return FittedStep(where.number, where.columns, operation)


def _too_large(entries: Mapping[str, Any]) -> list[Sentence]:
    """Return what no column of numbers that was learned from could have led to."""
    return [sentence("“{name}” is too large.", name=name) for name, value in entries.items() if _beyond(value)]


def _beyond(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(map(_beyond, value.values()))
    if isinstance(value, list | tuple):
        return any(map(_beyond, value))
    return isinstance(value, int | float) and abs(value) > LARGEST


def _without_rows(column: _Column) -> EncodedColumn:
    if column.kind == "text":
        return EncodedColumn(column.name, "text", np.empty(0, dtype=np.int32), pd.Index([], dtype="str"))
    return EncodedColumn(column.name, "number", np.empty(0))

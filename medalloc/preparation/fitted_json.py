"""Fitted recipes as plain data, so that what was learned can be kept and used again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from medalloc.errors import InputError
from medalloc.preparation.encoding import LARGEST, EncodedColumn
from medalloc.preparation.fitted import FittedRecipe, columns_after
from medalloc.preparation.operations import Clip, FillNumber, FillText, Log1p, OneHot, Operation, ReplaceText, Stretch
from medalloc.preparation.recipe import Recipe
from medalloc.saved import from_plain, one_of, require
from medalloc.sentences import Sentence, sentence

OPERATIONS: Mapping[str, type[Any]] = {
    "fill_number": FillNumber,
    "fill_text": FillText,
    "one_hot": OneHot,
    "replace_text": ReplaceText,
    "stretch": Stretch,
    "clip": Clip,
    "log1p": Log1p,
}
"""What can be done to a column, by the word that stands for it in a file."""

_WORDS = {kind: word for word, kind in OPERATIONS.items()}


def fitted_json(fitted: FittedRecipe) -> dict[str, Any]:
    """Return a fitted recipe as plain data; `fitted_from_json` makes one that does exactly the same."""
    return {
        "recipe": fitted.recipe.to_json(),
        "columns": [
            {"name": name, "kind": kind, "operations": [_operation_json(each) for each in operations]}
            for name, kind, operations in zip(fitted.sources, fitted.kinds, fitted.operations, strict=True)
        ],
    }


@dataclass(frozen=True)
class _Column:
    name: str
    kind: Literal["number", "text"]
    operations: tuple[Mapping[str, object], ...]


@dataclass(frozen=True)
class _Fitted:
    recipe: Recipe
    columns: tuple[_Column, ...]


def fitted_from_json(data: object) -> FittedRecipe:
    """Return the fitted recipe that `fitted_json` wrote.

    Raises
    ------
    InputError
        With everything that is missing, unknown or of the wrong type, each with its path.
    """
    try:
        read = from_plain(_Fitted, data, sentence("fitted recipe"))
        operations = _operations(read.columns)
        # The matrix columns follow from the operations, so that a file cannot say something else about them.
        made = [columns_after(_without_rows(each), does) for each, does in zip(read.columns, operations, strict=True)]
    except InputError as error:
        raise InputError(*(_garbled(fault) for fault in error.faults)) from error
    except (TypeError, ValueError, AttributeError) as error:  # an operation on a column it cannot work on
        raise InputError(_garbled(Sentence("{reason}", {"reason": str(error)}))) from error
    return FittedRecipe(
        read.recipe,
        operations,
        tuple(each.name for each in read.columns),
        tuple(each.kind for each in read.columns),
        tuple(column for columns in made for column in columns),
    )


def _operation_json(operation: Operation) -> dict[str, Any]:
    plain: dict[str, Any] = asdict(operation)  # type: ignore[call-overload]
    return {"does": _WORDS[type(operation)], **plain}


def _garbled(fault: Sentence) -> Sentence:
    return sentence("The fitted recipe lacks or garbles something: {fault}", fault=fault)


def _operations(columns: tuple[_Column, ...]) -> tuple[tuple[Operation, ...], ...]:
    faults: list[Sentence] = []
    made: list[tuple[Operation, ...]] = []
    for column, each in enumerate(columns):
        operations: list[Operation] = []
        for place, saved in enumerate(each.operations):
            does, given = saved.get("does"), {name: value for name, value in saved.items() if name != "does"}
            try:
                require(*one_of("does", does, OPERATIONS))
                operation = from_plain(OPERATIONS[str(does)], given, sentence("operation"))
                require(*_too_large(asdict(operation)))
                operations.append(operation)
            except InputError as error:
                name = f"columns[{column}].operations[{place}]"
                faults += [sentence("In “{name}”: {fault}", name=name, fault=fault) for fault in error.faults]
        made.append(tuple(operations))
    require(*faults)
    return tuple(made)


def _too_large(entries: Mapping[str, Any]) -> list[Sentence]:
    """Return what no column of numbers that was learned from could have led to."""
    return [
        sentence("“{name}” is too large.", name=name)
        for name, value in entries.items()
        if isinstance(value, int | float) and abs(value) > LARGEST
    ]


def _without_rows(column: _Column) -> EncodedColumn:
    if column.kind == "text":
        return EncodedColumn(column.name, "text", np.empty(0, dtype=np.int32), pd.Index([], dtype="str"))
    return EncodedColumn(column.name, "number", np.empty(0))

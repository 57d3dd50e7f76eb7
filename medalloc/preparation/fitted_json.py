"""Fitted recipes as plain data, so that what was learned can be kept and used again."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

import numpy as np
import pandas as pd

from medalloc.errors import InputError
from medalloc.preparation.encoding import EncodedColumn
from medalloc.preparation.fitting import FittedRecipe, columns_after
from medalloc.preparation.operations import Clip, FillNumber, FillText, Log1p, OneHot, Operation, ReplaceText, Stretch
from medalloc.preparation.recipe import Recipe
from medalloc.sentences import sentence

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


def fitted_from_json(data: Mapping[str, Any]) -> FittedRecipe:
    """Return the fitted recipe that `fitted_json` wrote.

    Raises
    ------
    InputError
        If something is missing, unknown or of the wrong type.
    """
    try:
        recipe = Recipe.from_json(data["recipe"])
        read = [
            (
                _text(each["name"]),
                _one_of(each["kind"], ("number", "text")),
                tuple(_operation(one) for one in each["operations"]),
            )
            for each in data["columns"]
        ]
        # The matrix columns follow from the operations, so that a file cannot say something else about them.
        columns = [columns_after(_without_rows(name, kind), operations) for name, kind, operations in read]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            sentence(
                "The fitted recipe lacks or garbles: {name}.", name=str(error).strip("'\"") or type(error).__name__
            )
        ) from error
    return FittedRecipe(
        recipe,
        tuple(operations for _, _, operations in read),
        tuple(name for name, _, _ in read),
        tuple(kind for _, kind, _ in read),
        tuple(column for made in columns for column in made),
    )


def _operation_json(operation: Operation) -> dict[str, Any]:
    plain: dict[str, Any] = asdict(operation)  # type: ignore[call-overload]
    return {"does": _WORDS[type(operation)], **plain}


def _operation(data: Mapping[str, Any]) -> Operation:
    kind = OPERATIONS[_one_of(data["does"], tuple(OPERATIONS))]
    given = {name: value for name, value in data.items() if name != "does"}
    if set(given) != {field.name for field in fields(kind)}:
        raise ValueError(f"{data['does']}: {', '.join(sorted(given))}")
    made: Operation = kind(**{field.name: _value(field.name, given[field.name]) for field in fields(kind)})
    if isinstance(made, FillNumber | FillText) and isinstance(made.fill, str) is not isinstance(made, FillText):
        raise ValueError(f"{data['does']}: {made.fill!r}")
    return made


def _value(name: str, value: Any) -> Any:
    """Return a value of an operation in its own type."""
    match name:
        case "indicator" | "other":
            if not isinstance(value, bool):
                raise ValueError(f"{name}: {value!r}")
            return value
        case "kept":
            return tuple(_text(each) for each in value)
        case "numbers":
            return {_text(text): _number(number) for text, number in value.items()}
        case "fill" if isinstance(value, str):
            return value
    return _number(value)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not np.isfinite(value):
        raise ValueError(repr(value))
    return float(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(repr(value))
    return value


def _one_of(value: Any, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ValueError(repr(value))
    return str(value)


def _without_rows(name: str, kind: str) -> EncodedColumn:
    if kind == "text":
        return EncodedColumn(name, "text", np.empty(0, dtype=np.int32), pd.Index([], dtype="str"))
    return EncodedColumn(name, "number", np.empty(0))

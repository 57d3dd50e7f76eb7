"""What can be wrong with a recipe."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from medalloc.errors import InputError
from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.saved import form_faults
from medalloc.sentences import Sentence, sentence

ENTRIES = {"name": str, "fitted_on": str, "steps": list}
"""What a saved recipe holds besides its version, and as what."""

if TYPE_CHECKING:
    from medalloc.preparation.recipe import Recipe, Step

FITTED_ON = ("training part", "whole table")
"""Which rows medians, means and extremes may be taken from."""

SCOPES = ("numeric", "text", "all")


def recipe_faults(recipe: "Recipe") -> list[Sentence]:
    """Return everything that is wrong with a recipe."""
    faults: list[Sentence] = []
    if recipe.fitted_on not in FITTED_ON:
        faults.append(
            sentence(
                "Recipe “{name}” is fitted on “{found}”; use one of: {known}.",
                name=recipe.name,
                found=recipe.fitted_on,
                known=", ".join(FITTED_ON),
            )
        )
    changed = False
    for number, step in enumerate(recipe.steps, start=1):
        faults += _step_faults(number, step)
        if step.name == "drop_missing_rows" and changed:
            faults.append(
                sentence(
                    "Step {number} leaves out rows after values were changed; move drop_missing_rows to the front.",
                    number=number,
                )
            )
        changed = changed or step.name != "drop_missing_rows"
    return faults


def _step_faults(number: int, step: "Step") -> list[Sentence]:
    kind = STEP_KINDS.get(step.name)
    if kind is None:
        return [
            sentence(
                "Step {number}: “{found}” is not a step; use one of: {known}.",
                number=number,
                found=step.name,
                known=", ".join(STEP_KINDS),
            )
        ]
    faults = _scope_faults(number, step, kind.works_on)
    for name in step.options:
        if name not in kind.options:
            faults.append(
                sentence(
                    "Step {number} ({step}): “{found}” is not an option; it takes: {known}.",
                    number=number,
                    step=step.name,
                    found=name,
                    known=", ".join(kind.options) or sentence("none"),
                )
            )
    for name, option in kind.options.items():
        value = step.options.get(name, option.default)
        if not option.accepts(value):
            faults.append(
                sentence(
                    "Step {number} ({step}): option “{option}” is {found}; it must be {expected}.",
                    number=number,
                    step=step.name,
                    option=name,
                    found=repr(value),
                    expected=option.expected,
                )
            )
    if not faults and step.name == "clip_outliers" and step.option("low") >= step.option("high"):
        faults.append(
            sentence("Step {number} (clip_outliers): option “low” must be below option “high”.", number=number)
        )
    return faults


def _scope_faults(number: int, step: "Step", works_on: str) -> list[Sentence]:
    if not isinstance(step.columns, str):
        if step.columns and all(isinstance(name, str) for name in step.columns):
            return []
        return [
            sentence(
                "Step {number} ({step}): name at least one column, each by its name as text.",
                number=number,
                step=step.name,
            )
        ]
    accepted = [scope for scope in SCOPES if works_on in (scope, "all") or scope == "all"]
    if step.columns in accepted:
        return []
    return [
        sentence(
            "Step {number} ({step}): columns “{found}” cannot be meant; use a list of names or one of: {known}.",
            number=number,
            step=step.name,
            found=step.columns,
            known=", ".join(accepted),
        )
    ]


def require_shape(data: Mapping[str, Any], version: int) -> None:
    """Refuse plain data that cannot be a recipe of this version.

    Raises
    ------
    InputError
        Naming every entry that is missing, unknown or of the wrong type.
    """
    faults = form_faults(data, sentence("recipe"), version=version, known=ENTRIES)
    if not isinstance(data, Mapping):
        raise InputError(*faults)
    for name, expected in ENTRIES.items():
        if not isinstance(data.get(name), expected):
            faults.append(
                sentence("The recipe's “{name}” must be {expected}.", name=name, expected=_NAMES_OF_TYPES[expected])
            )
    steps = data.get("steps")
    for number, step in enumerate(steps if isinstance(steps, Sequence) else (), start=1):
        if not _is_step(step):
            faults.append(
                sentence(
                    "Step {number} must be an object with a name (text), columns (text or a list) and, if any, options "
                    "(an object), and nothing else.",
                    number=number,
                )
            )
    if faults:
        raise InputError(*faults)


def _is_step(step: object) -> bool:
    return (
        isinstance(step, Mapping)
        and isinstance(step.get("name"), str)
        and isinstance(step.get("columns"), str | list | tuple)
        and isinstance(step.get("options", {}), Mapping)
        and set(step) <= {"name", "columns", "options"}
    )


_NAMES_OF_TYPES = {str: sentence("text"), list: sentence("a list")}

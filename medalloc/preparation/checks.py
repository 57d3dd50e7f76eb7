"""What can be wrong with a recipe."""

from typing import TYPE_CHECKING

from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.kind import LEARNS, LEAVES_OUT, SHAPES
from medalloc.sentences import Sentence, sentence

if TYPE_CHECKING:
    from medalloc.preparation.recipe import Recipe, Step

FITTED_ON = ("training part", "whole table")
"""Which rows medians, means and extremes may be taken from."""

SCOPES = ("numeric", "text", "all")


def stage_of(step: "Step") -> int:
    """Return when a step can be done; one that is unknown can be done last."""
    kind = STEP_KINDS.get(step.name)
    return LEARNS if kind is None else kind.stage


def order_faults(recipe: "Recipe") -> list[Sentence]:
    """Return which steps leave out rows or shape the table too late."""
    faults = []
    reached = SHAPES
    for number, step in enumerate(recipe.steps, start=1):
        stage = stage_of(step)
        if stage == LEAVES_OUT and reached == LEARNS:
            faults.append(
                sentence(
                    "Step {number} leaves out rows after values were changed; move drop_missing_rows to the front.",
                    number=number,
                )
            )
        elif stage < reached:
            faults.append(
                sentence(
                    "Step {number} ({step}) changes the table after rows were left out for missing values or something "
                    "was learned from rows; move it before those steps.",
                    number=number,
                    step=step.name,
                )
            )
        reached = max(reached, stage)
    return faults


def step_faults(step: "Step") -> list[Sentence]:
    """Return everything that is wrong with a step by itself."""
    kind = STEP_KINDS.get(step.name)
    if kind is None:
        known = ", ".join(STEP_KINDS)
        return [sentence("“{found}” is not a step; use one of: {known}.", found=step.name, known=known)]
    faults = _scope_faults(step, kind.works_on) if kind.names is None else _name_faults(step, *kind.names)
    options = ", ".join(kind.options) or sentence("none")
    faults += [
        sentence("“{found}” is not an option; it takes: {known}.", found=name, known=options)
        for name in step.options
        if name not in kind.options
    ]
    for name, option in kind.options.items():
        value = step.options.get(name, option.default)
        if not option.accepts(value):
            faults.append(
                sentence(
                    "option “{option}” is {found}; it must be {expected}.",
                    option=name,
                    found=repr(value),
                    expected=option.expected,
                )
            )
    return faults or kind.faults(step.every_option(), step.columns)


def _name_faults(step: "Step", fewest: int, most: int) -> list[Sentence]:
    names = step.columns
    are_names = not isinstance(names, str) and all(isinstance(name, str) for name in names)
    if are_names and fewest <= len(set(names)) == len(names) <= most:
        return []
    if fewest == most:
        return [sentence("name this many columns, each once: {count}.", count=fewest)]
    return [sentence("name at least this many columns, each once: {count}.", count=fewest)]


def _scope_faults(step: "Step", works_on: str) -> list[Sentence]:
    if not isinstance(step.columns, str):
        if step.columns and all(isinstance(name, str) for name in step.columns):
            return []
        return [sentence("name at least one column, each by its name as text.")]
    accepted = [scope for scope in SCOPES if works_on in (scope, "all") or scope == "all"]
    if step.columns in accepted:
        return []
    return [
        sentence(
            "columns “{found}” cannot be meant; use a list of names or one of: {known}.",
            found=step.columns,
            known=", ".join(accepted),
        )
    ]

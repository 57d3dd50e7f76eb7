"""Make a recipe of another table fit this one: what it lacks is left out, what stays text is encoded."""

from collections.abc import Mapping
from dataclasses import replace

from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.encoding import Kind
from medalloc.preparation.kind import SHAPES
from medalloc.preparation.recipe import Recipe, Step


def adapted(recipe: Recipe, kinds: Mapping[str, Kind]) -> Recipe:
    """Return the recipe without columns that are not there or hold something else, and with text encoded at the end.

    Parameters
    ----------
    recipe : Recipe
        Made for some table.
    kinds : mapping
        Whether each column of this table holds numbers or text, after the steps that shape the table.

    Examples
    --------
    >>> from medalloc.preparation.recipe import ARTICLE
    >>> [(step.name, step.columns) for step in adapted(ARTICLE, {"age": "number", "ward": "text"}).steps]
    [('drop_missing_rows', 'all'), ('standard_scale', ('age',)), ('min_max_scale', 'all'), ('one_hot', ('ward',))]
    """
    holds, steps = _at_first(kinds), []
    for step in recipe.steps:
        meant = _done(step, holds)
        if isinstance(step.columns, str) or STEP_KINDS[step.name].stage == SHAPES:
            steps.append(step)
        elif meant:
            steps.append(replace(step, columns=meant))
    text = _text(holds)
    return replace(recipe, steps=(*steps, Step("one_hot", text)) if text else tuple(steps))


def still_text(recipe: Recipe, kinds: Mapping[str, Kind]) -> tuple[str, ...]:
    """Return the columns that hold text after the last step of a recipe, with which no model can do anything."""
    holds = _at_first(kinds)
    for step in recipe.steps:
        _done(step, holds)
    return _text(holds)


def _at_first(kinds: Mapping[str, Kind]) -> dict[str, str]:
    return {name: "numeric" if kind == "number" else "text" for name, kind in kinds.items()}


def _text(holds: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(name for name, what in holds.items() if what == "text")


def _done(step: Step, holds: dict[str, str]) -> tuple[str, ...]:
    """Return the columns that a step can work on, of those that it names, and note what they hold after it."""
    kind, named = STEP_KINDS[step.name], step.columns
    if kind.stage == SHAPES:
        return ()
    meant = tuple(
        name
        for name, what in holds.items()
        if kind.works_on in ("all", what)
        and what != "levels"
        and (named in ("all", what) if isinstance(named, str) else name in named)
    )
    if kind.becomes is not None:
        holds.update(dict.fromkeys(meant, kind.becomes))
    return meant

"""Recipes: named steps of cleaning, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from medalloc.errors import InputError
from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.checks import recipe_faults, require_shape
from medalloc.sentences import Sentence, sentence

VERSION = 1


@dataclass(frozen=True)
class Step:
    """One step of a recipe."""

    name: str
    """One of `catalogue.STEP_KINDS`."""

    columns: str | tuple[str, ...] = "all"
    """``numeric``, ``text``, ``all``, or the names of columns. Columns the step cannot work on are passed over unless
    they are named."""

    options: Mapping[str, object] = field(default_factory=dict)
    """Options that differ from their defaults."""

    def option(self, name: str) -> Any:
        """Return the value of an option, given or default."""
        return self.options.get(name, STEP_KINDS[self.name].options[name].default)

    def to_json(self) -> dict[str, Any]:
        """Return the step as plain data."""
        columns = self.columns if isinstance(self.columns, str) else list(self.columns)
        return {"name": self.name, "columns": columns, "options": dict(self.options)}


@dataclass(frozen=True)
class Recipe:
    """Steps of cleaning, in order, and the rows they are fitted on.

    Examples
    --------
    >>> recipe = recipe_named("default")
    >>> Recipe.from_json(recipe.to_json()) == recipe
    True
    """

    name: str
    """What a reader calls it."""

    steps: tuple[Step, ...]
    """In the order in which they are done."""

    fitted_on: str = "training part"
    """Where medians, means and extremes come from; from the ``whole table`` they have seen the test rows."""

    def __post_init__(self) -> None:
        faults = recipe_faults(self)
        if faults:
            raise InputError(*faults)

    def to_json(self) -> dict[str, Any]:
        """Return the recipe as plain data with its version."""
        return {
            "version": VERSION,
            "name": self.name,
            "fitted_on": self.fitted_on,
            "steps": [step.to_json() for step in self.steps],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Recipe":
        """Read a recipe from plain data.

        Raises
        ------
        InputError
            If its shape, a step, its columns or an option is unknown; all faults at once.
        """
        require_shape(data, VERSION)
        steps = tuple(
            Step(
                step["name"],
                step["columns"] if isinstance(step["columns"], str) else tuple(step["columns"]),
                dict(step.get("options", {})),
            )
            for step in data["steps"]
        )
        return cls(data["name"], steps, data["fitted_on"])


def describe(step: Step) -> Sentence:
    """Say in plain words what a step does.

    Examples
    --------
    >>> str(describe(Step("standard_scale", ("age",))))
    'Shift and stretch the columns age to mean 0 and standard deviation 1.'
    """
    kind = STEP_KINDS[step.name]
    return kind.says({name: step.option(name) for name in kind.options}, step.columns)


def recipe_named(name: str) -> Recipe:
    """Return a built-in recipe: ``default`` (leak-free) or ``article`` (as published, sees the test rows).

    Raises
    ------
    InputError
        If there is no such recipe.
    """
    if name not in BUILT_IN:
        raise InputError(
            sentence("There is no recipe “{name}”; use one of: {known}.", name=name, known=", ".join(BUILT_IN))
        )
    return BUILT_IN[name]


DEFAULT = Recipe(
    "default",
    (
        Step("impute_median", "numeric"),
        Step("impute_most_frequent", "text"),
        Step("one_hot", "text"),
        Step("standard_scale", "numeric"),
    ),
)
"""Leak-free: everything is learned from the training part."""

ARTICLE = Recipe(
    "article",
    (
        Step("drop_missing_rows", "all"),
        Step("standard_scale", ("age",)),
        Step("map_values", ("gender",), {"values": {"male": 0, "female": 1}}),
        Step("min_max_scale", "all"),
    ),
    "whole table",
)
"""As the article did it: means and extremes are taken over all rows, the test rows among them."""

BUILT_IN: Mapping[str, Recipe] = {recipe.name: recipe for recipe in (DEFAULT, ARTICLE)}
"""The recipes that need no file."""

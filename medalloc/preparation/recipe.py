"""Recipes: named steps of cleaning, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

from medalloc.errors import refused, require
from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.checks import FITTED_ON, order_faults, step_faults
from medalloc.saved import OneOf, Saved, field_faults
from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True)
class Step:
    """One step of a recipe."""

    name: str
    """One of `catalogue.STEP_KINDS`."""

    columns: str | tuple[str, ...]
    """``numeric``, ``text``, ``all``, or the names of columns. Columns the step cannot work on are passed over unless
    they are named."""

    options: Mapping[str, object] = field(default_factory=dict)
    """Options that differ from their defaults."""

    def __post_init__(self) -> None:
        """Hold lists, as JSON has them, as tuples."""
        options = {name: tuple(each) if isinstance(each, list) else each for name, each in self.options.items()}
        object.__setattr__(self, "options", options)

    def option(self, name: str) -> Any:
        """Return the value of an option, given or default."""
        return self.every_option()[name]

    def every_option(self) -> dict[str, Any]:
        """Return the value of every option, given or default."""
        options = STEP_KINDS[self.name].options
        return {name: self.options.get(name, option.default) for name, option in options.items()}

    def own_faults(self) -> list[Sentence]:
        """Return everything that is wrong with the step by itself."""
        return step_faults(self)


@dataclass(frozen=True)
class Recipe(Saved):
    """Steps of cleaning, in order, and the rows they are fitted on.

    Examples
    --------
    >>> recipe = recipe_named("default")
    >>> Recipe.from_json(recipe.to_json()) == recipe
    True
    """

    version: ClassVar[int] = 1
    noun: ClassVar[Sentence] = sentence("recipe")

    name: str
    """What a reader calls it."""

    steps: tuple[Step, ...]
    """In the order in which they are done."""

    fitted_on: Annotated[str, OneOf(FITTED_ON)] = "training part"
    """Where medians, means and extremes come from; from the ``whole table`` they have seen the test rows."""

    @property
    def needs_target(self) -> bool:
        """Whether a step learns from what rows needed."""
        return any(STEP_KINDS[step.name].needs_target for step in self.steps)

    def __post_init__(self) -> None:
        """Check the recipe, and steps that were made by hand."""
        steps = [
            sentence("Step {number} ({step}): {fault}", number=number, step=step.name, fault=fault)
            for number, step in enumerate(self.steps, start=1)
            for fault in step_faults(step)
        ]
        require(*field_faults(self), *steps, *order_faults(self))


def describe(step: Step) -> Sentence:
    """Say in plain words what a step does.

    Examples
    --------
    >>> str(describe(Step("standard_scale", ("age",))))
    'Standardise the columns age: z-score, mean 0 and standard deviation 1.'
    """
    return STEP_KINDS[step.name].says(step.every_option(), step.columns)


def recipe_named(name: str) -> Recipe:
    """Return a built-in recipe: ``default`` (leak-free) or ``article`` (as published, sees the test rows).

    Raises
    ------
    InputError
        If there is no such recipe.
    """
    if name not in BUILT_IN:
        raise refused("There is no recipe “{name}”; use one of: {known}.", name=name, known=", ".join(BUILT_IN))
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

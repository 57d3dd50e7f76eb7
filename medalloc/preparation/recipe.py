"""Recipes: named steps of cleaning, as data, and what can be wrong with one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

from medalloc.errors import refused, require
from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.kind import LEARNS, LEAVES_OUT, SHAPES
from medalloc.saved import OneOf, Saved, field_faults
from medalloc.sentences import Sentence, sentence

FITTED_ON = ("training part", "whole table")
"""Which rows medians, means and extremes may be taken from."""

SCOPES = ("numeric", "text", "all")


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


def stage_of(step: Step) -> int:
    """Return when a step can be done; one that is unknown can be done last."""
    kind = STEP_KINDS.get(step.name)
    return LEARNS if kind is None else kind.stage


def order_faults(recipe: Recipe) -> list[Sentence]:
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


def step_faults(step: Step) -> list[Sentence]:
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


def _name_faults(step: Step, fewest: int, most: int) -> list[Sentence]:
    names = step.columns
    are_names = not isinstance(names, str) and all(isinstance(name, str) for name in names)
    if are_names and fewest <= len(set(names)) == len(names) <= most:
        return []
    if fewest == most:
        return [sentence("name this many columns, each once: {count}.", count=fewest)]
    return [sentence("name at least this many columns, each once: {count}.", count=fewest)]


def _scope_faults(step: Step, works_on: str) -> list[Sentence]:
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

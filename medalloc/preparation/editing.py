"""Change a recipe step by step, and take changes back."""

from dataclasses import dataclass, replace

from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.kind import ENCODES, FLAGS, LEARNS
from medalloc.preparation.recipe import Recipe, Step

OWN = "own"
"""Name of a recipe that was changed by hand."""

UNDOABLE = 20
"""Changes that can be taken back. [count]"""


def with_steps(recipe: Recipe, steps: tuple[Step, ...]) -> Recipe:
    """Return a recipe with other steps.

    Raises
    ------
    InputError
        If they cannot stand in that order.
    """
    return Recipe(OWN, steps, recipe.fitted_on)


def moved(recipe: Recipe, place: int, by: int) -> Recipe:
    """Return a recipe with one step further up or down.

    Examples
    --------
    >>> recipe = Recipe("own", (Step("log1p", "numeric"), Step("standard_scale", "numeric")))
    >>> [step.name for step in moved(recipe, 0, 1).steps]
    ['standard_scale', 'log1p']
    """
    steps = list(recipe.steps)
    steps.insert(place + by, steps.pop(place))
    return with_steps(recipe, tuple(steps))


def added(recipe: Recipe, step: Step) -> Recipe:
    """Return a recipe with one step more, as late as it has an effect.

    What is missing is marked and filled before text is encoded, and numbers are scaled last; what is done to columns
    that are named comes before the same is done to all, but scaling after it.

    Examples
    --------
    >>> recipe = Recipe("own", (Step("impute_median", "numeric"), Step("standard_scale", "numeric")))
    >>> [step.name for step in added(added(recipe, Step("log1p", ("age",))), Step("impute_constant", ("age",))).steps]
    ['impute_constant', 'impute_median', 'log1p', 'standard_scale']
    """
    place = next((n for n, each in enumerate(recipe.steps) if _comes_before(step, each)), len(recipe.steps))
    return with_steps(recipe, (*recipe.steps[:place], step, *recipe.steps[place:]))


def _comes_before(step: Step, other: Step) -> bool:
    mine, its = (LEARNS if kind is None else kind.place for kind in map(STEP_KINDS.get, (step.name, other.name)))
    takes_it = isinstance(other.columns, str) and not isinstance(step.columns, str) and FLAGS <= mine <= ENCODES
    return mine < its or (mine == its and takes_it)


def removed(recipe: Recipe, place: int) -> Recipe:
    """Return a recipe without one step."""
    return with_steps(recipe, (*recipe.steps[:place], *recipe.steps[place + 1 :]))


def replaced(recipe: Recipe, place: int, step: Step) -> Recipe:
    """Return a recipe with another step in one place."""
    return with_steps(recipe, (*recipe.steps[:place], step, *recipe.steps[place + 1 :]))


@dataclass(frozen=True)
class History:
    """Recipes before the one that stands, and those that were taken back.

    Examples
    --------
    >>> history = History(Recipe("a", ())).then(Recipe("b", ()))
    >>> history.undone().now.name, history.undone().redone() == history
    ('a', True)
    """

    now: Recipe
    """The one that stands."""

    before: tuple[Recipe, ...] = ()
    """Earlier ones, newest last."""

    after: tuple[Recipe, ...] = ()
    """Those that were taken back, the next one last."""

    def then(self, recipe: Recipe) -> "History":
        """Return the history with a recipe more; what was taken back is gone."""
        return History(recipe, (*self.before, self.now)[-UNDOABLE:])

    def undone(self) -> "History":
        """Return the history with the last change taken back, itself if there is none."""
        if not self.before:
            return self
        return replace(self, now=self.before[-1], before=self.before[:-1], after=(*self.after, self.now))

    def redone(self) -> "History":
        """Return the history with the last change that was taken back made again, itself if there is none."""
        if not self.after:
            return self
        return replace(self, now=self.after[-1], before=(*self.before, self.now), after=self.after[:-1])

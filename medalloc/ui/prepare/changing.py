"""What happens to the recipe when a visitor changes it: it is checked, kept, and can be taken back."""

from collections.abc import Callable, Mapping
from typing import Any

from medalloc.preparation.editing import History
from medalloc.preparation.recipe import Recipe, recipe_named
from medalloc.ui import state
from medalloc.ui.kit import uploads

STEPS = "recipe_steps"
"""Under which it is said why a change of the steps was refused."""


def take(now: Recipe, change: Callable[..., Recipe], *inputs: Any) -> None:
    """Put what a change makes of a recipe in its place, or note why it was refused."""
    with uploads.refusing(STEPS):
        adopt(now, change(now, *inputs))


def adopt(now: Recipe, recipe: Recipe) -> None:
    """Put a recipe in the place of the one that stands."""
    _keep(_history(now).then(recipe))


def undo(now: Recipe) -> None:
    """Take the last change back."""
    with uploads.refusing(STEPS):
        _keep(_history(now).undone())


def redo(now: Recipe) -> None:
    """Make the last change that was taken back again."""
    with uploads.refusing(STEPS):
        _keep(_history(now).redone())


def _history(now: Recipe) -> History:
    look = state.look()
    return History(now, tuple(map(_recipe, look.recipe_before)), tuple(map(_recipe, look.recipe_after)))


def _keep(history: History) -> None:
    state.change(
        recipe=history.now.to_json(),
        recipe_before=tuple(each.to_json() for each in history.before),
        recipe_after=tuple(each.to_json() for each in history.after),
    )


def _recipe(given: Mapping[str, Any] | None) -> Recipe:
    return recipe_named("default") if given is None else Recipe.from_json(given)

import pytest

from medalloc.preparation.checks import order_faults, step_faults
from medalloc.preparation.recipe import ARTICLE, DEFAULT, Recipe


@pytest.mark.parametrize("recipe", [DEFAULT, ARTICLE], ids=lambda recipe: recipe.name)
def test_the_built_in_recipes_have_no_fault(recipe: Recipe) -> None:
    assert order_faults(recipe) == [fault for step in recipe.steps for fault in step_faults(step)] == []

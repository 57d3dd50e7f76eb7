import pytest

from medalloc.errors import InputError
from medalloc.preparation.checks import recipe_faults, require_shape
from medalloc.preparation.recipe import ARTICLE, DEFAULT, VERSION


def test_the_built_in_recipes_have_no_fault() -> None:
    assert recipe_faults(DEFAULT) == recipe_faults(ARTICLE) == []


def test_what_is_no_object_is_refused() -> None:
    with pytest.raises(InputError, match="must be a JSON object, not list"):
        require_shape([], VERSION)  # type: ignore[arg-type]

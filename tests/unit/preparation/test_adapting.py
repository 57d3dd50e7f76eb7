"""A recipe of another table is made to fit: then it can be done, and what already fits is not touched."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from medalloc.preparation.adapting import adapted, still_text
from medalloc.preparation.comparison import before_and_after
from medalloc.preparation.encoding import encode
from medalloc.preparation.recipe import ARTICLE, DEFAULT, Recipe, Step

NAMES = ("age", "gender", "ward", "weight")
STEPS = st.sampled_from(
    [
        Step("standard_scale", ("age", "gender")),
        Step("standard_scale", "numeric"),
        Step("one_hot", ("ward",)),
        Step("one_hot", ("weight", "height")),
        Step("min_max_scale", "all"),
        Step("impute_median", ("ward",)),
    ]
)


@given(st.dictionaries(st.sampled_from(NAMES), st.booleans(), min_size=1), st.lists(STEPS, max_size=5))
def test_what_was_adapted_can_be_done_and_is_not_changed_again(are_numbers: dict, steps: list[Step]) -> None:
    draw = np.random.default_rng(1)
    columns = {name: draw.normal(size=9) if each else draw.choice(["a", "b"], 9) for name, each in are_numbers.items()}
    frame = pd.DataFrame(columns)
    kinds = {each.name: each.kind for each in encode(frame, list(frame.columns))}
    found = adapted(Recipe("own", tuple(steps)), kinds)
    before_and_after(frame, found)
    assert not still_text(found, kinds) and adapted(found, kinds) == found


def test_a_recipe_that_fits_stays_as_it_is() -> None:
    assert adapted(DEFAULT, {"age": "number", "ward": "text"}) == DEFAULT
    assert adapted(ARTICLE, {"age": "number", "gender": "text"}) == ARTICLE


def test_shapes_count_every_row_that_has_a_value() -> None:
    # fewer rows of a text than five are no level of their own
    frame = pd.DataFrame({"age": [1.0, 1.0, 9.0, None] * 5, "ward": ["a", "b", "a", None] * 5})
    age, ward = before_and_after(frame, DEFAULT).columns
    assert sum(age.shape_before) == 15 and sum(age.shape_after) == 20
    assert age.shape_before[0] == 10 and age.shape_before[-1] == 5
    assert ward.shape_before == (10, 5) and ward.shape_after == (15, 5, 5)

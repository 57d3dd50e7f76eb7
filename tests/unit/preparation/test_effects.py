"""What each step does, counted by hand."""

import numpy as np
import pandas as pd

from medalloc.preparation.cells import Cells
from medalloc.preparation.comparison import before_and_after
from medalloc.preparation.effects import Effect, bins, effects, frequent
from medalloc.preparation.encoding import encode
from medalloc.preparation.fitting import fit_recipe
from medalloc.preparation.recipe import Recipe, Step

FRAME = pd.DataFrame(
    {
        "age": [20.0, 40.0, np.nan, 60.0, 20.0] * 8,
        "gender": ["male", None, "female", "male", "male"] * 8,
        "town": ["A"] * 33 + ["B", "C", "D"] + ["A"] * 3 + [None],
    }
)


def effects_of(*steps: Step) -> list[Effect]:
    return list(before_and_after(FRAME, Recipe("x", steps)).effects)


def test_cells_that_are_filled_and_those_that_change_are_counted_apart_and_a_column_is_new_once() -> None:
    filled, scaled, levels, joined, *_ = effects_of(
        Step("impute_median", ("age",)),
        Step("min_max_scale", ("age",)),
        Step("one_hot", ("gender",)),
        Step("group_rare", ("town",), {"min_share": 0.05}),
        Step("one_hot", ("town",)),
    )
    ages = (16, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0, 8)
    assert (filled.filled, filled.changed, filled.columns, filled.new) == (8, 0, ("age",), ("age (missing)",))
    # the median is 30, in the middle of the range
    assert filled.pictures == (("age", ages, (16, 0, 0, 8, 0, 0, 8, 0, 0, 0, 0, 8)),)
    assert (scaled.filled, scaled.changed, scaled.columns, scaled.new, scaled.gone) == (0, 40, ("age",), (), ())
    assert (levels.gone, levels.columns, levels.changed) == (("gender",), ("gender",), 0)
    assert set(levels.new) == {"gender = female", "gender = male"}
    assert levels.pictures[0][1:] == ((24, 8), (24, 8))
    # three texts of one row each become another, and a text that is missing is not filled
    assert (joined.filled, joined.changed, joined.columns, joined.new) == (0, 3, ("town",), ())
    assert joined.pictures == (("town", (36, 1, 1, 1), (36, 3)),)


def test_text_that_becomes_numbers_has_changed_in_every_cell_that_held_some() -> None:
    mapped, *_ = effects_of(
        Step("map_values", ("gender",), {"values": {"male": 0, "female": 1}}), Step("one_hot", ("town",))
    )
    assert (mapped.filled, mapped.changed, mapped.columns, mapped.gone) == (0, 32, ("gender",), ())
    assert mapped.pictures == (("gender", (24, 8), (24, *[0] * 10, 8)),)


def test_rows_left_out_are_counted_of_all_and_what_follows_sees_those_that_are_left() -> None:
    dropped, filled, *_ = effects_of(
        Step("drop_missing_rows", ("gender",)),
        Step("impute_median", ("age",)),
        Step("one_hot", ("gender",)),
        Step("one_hot", ("town",)),
    )
    assert (dropped.rows_before, dropped.rows_after) == (40, 32)
    assert (filled.rows_before, filled.rows_after, filled.filled) == (32, 32, 8)


def test_a_step_that_shapes_the_table_is_told_by_its_columns_and_the_cells_that_became_others() -> None:
    def cells(**columns: list[object]) -> Cells:
        frame = pd.DataFrame(columns)
        return Cells(frame, {}, np.arange(len(frame)))

    before = cells(a=["1", "2,5", None], b=["x", "y", "z"], c=["k", "k", "l"])
    parsed = cells(a=[1.0, 2.5, np.nan], b=["x", "y", "z"], d=["k", "k", "l"])
    fewer = cells(a=[1.0], b=["x"])
    recipe = Recipe("x", tuple(Step("drop", (name,)) for name in ("c", "b")))
    shown = pd.DataFrame({"a": [1.0, 2.0]})
    fitted = fit_recipe(recipe, encode(shown, ["a"]), np.arange(2))
    first, second = effects(fitted, encode(shown, ["a"]), np.arange(2), (before, parsed, fewer))
    assert (first.gone, first.new, first.columns, first.changed) == (("c",), ("d",), ("a",), 2)
    assert first.pictures == (("a", (1, 1), (1, *[0] * 10, 1)),)
    assert (second.rows_before, second.rows_after, second.columns) == (3, 1, ())
    # where the table before and after is not known, nothing is said of such a step
    assert effects(fitted, encode(shown, ["a"]), np.arange(2), ()) == (Effect(2, 2), Effect(2, 2))


def test_pictures_count_what_is_known_and_hold_twelve_bars_at_most() -> None:
    assert bins(np.array([0.0, 12.0, np.nan, np.inf, 6.0])) == (1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1)
    assert frequent(np.array([2, 0, -1, 2, 1, 2, 0])) == (3, 2, 1)
    assert frequent(np.arange(30)) == (1,) * 12

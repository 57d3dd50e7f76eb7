import numpy as np
import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.preparation.recipe import DEFAULT, Recipe, Step
from medalloc.preparation.shaping import Shaping, shape_frame, shape_table, without_faulty
from medalloc.tables.table import Source, Table

FRAME = pd.DataFrame(
    {
        "age": [30.0, 70.0, np.nan, 50.0],
        "beds": ["1,5", "2", "x", None],
        "visits": [2, 4, 6, 8],
        "days": [1.0, 0.0, 3.0, 2.0],
        "ward": ["a", "b", "a", None],
        "need": [0, 1, 1, 0],
        "weight": [1.0, 2.0, 3.0, 4.0],
    }
)
ROLES = {"age": "feature", "beds": "feature", "visits": "feature", "days": "feature", "ward": "region", "need": "need"}
TABLE = Table(FRAME, {**ROLES, "weight": "weight"}, Source("t", "0"))


def shaped(*steps: Step, table: Table = TABLE) -> Shaping:
    return shape_table(table, Recipe("x", steps))


def test_a_recipe_that_shapes_nothing_leaves_the_very_same_table() -> None:
    assert shape_table(TABLE, DEFAULT).table is TABLE


def test_a_column_is_dropped_and_renamed_with_its_role() -> None:
    made = shaped(Step("drop", ("age",)), Step("rename", ("ward",), {"to": "place"})).table
    assert "age" not in made.frame and "age" not in made.roles
    assert made.roles["place"] == "region" and "ward" not in made.roles
    assert list(made.frame["place"].dropna()) == ["a", "b", "a"]


def test_rows_left_out_take_their_weight_region_and_need_with_them_and_it_is_said() -> None:
    made = shaped(Step("filter_rows", ("age",), {"keep": "at least", "number": 50}))
    kept = FRAME.loc[[1, 3]].reset_index(drop=True)
    pd.testing.assert_frame_equal(made.table.frame, kept)
    said = str(made.table.left_out[0])
    assert said == "Rows left out by the recipe: 2 of 4. Only rows with “age” of at least 50 stay."
    assert said in [str(note) for note in made.table.notes]
    assert made.after[-1].origin.tolist() == [1, 3]


@pytest.mark.parametrize(
    ("column", "options", "rows"),
    [
        ("age", {"keep": "at most", "number": 50}, [0, 3]),
        ("age", {"keep": "known"}, [0, 1, 3]),
        ("ward", {"keep": "one of", "texts": ["a"]}, [0, 2]),
        ("ward", {"keep": "none of", "texts": ["a"]}, [1, 3]),
        ("visits", {"keep": "one of", "texts": ["4", "8"]}, [1, 3]),
        ("age", {"keep": "one of", "texts": ["30"]}, [0]),
    ],
)
def test_conditions_keep_the_rows_that_they_name(column: str, options: dict[str, object], rows: list[int]) -> None:
    assert shaped(Step("filter_rows", (column,), options)).after[-1].origin.tolist() == rows


def test_numbers_that_are_still_text_are_compared_and_divided_as_numbers() -> None:
    steps = (
        Step("ratio", ("visits", "days"), {"to": "rate"}),
        Step("filter_rows", ("age",), {"keep": "at least", "number": 50}),
        Step("filter_rows", ("visits",), {"keep": "one of", "texts": ["8"]}),
    )
    one, other = (shape_frame(each, Recipe("x", steps)) for each in (FRAME, FRAME.astype("str")))
    assert one.origin.tolist() == other.origin.tolist() == [3]
    np.testing.assert_array_equal(one.frame["rate"], other.frame["rate"])


def test_long_from_wide_has_a_row_of_every_cell_and_rows_of_one_patient_stay_together() -> None:
    made = shaped(Step("long_from_wide", ("visits", "days"), {"names_to": "what", "values_to": "how many"}))
    frame = made.table.frame
    assert len(frame) == 8
    for place, (row, name) in enumerate((row, name) for row in range(4) for name in ("visits", "days")):
        assert frame["what"][place] == name and frame["how many"][place] == FRAME[name][row]
        assert frame["weight"][place] == FRAME["weight"][row]
    assert frame[made.table.column("patient id")].tolist() == [0, 0, 1, 1, 2, 2, 3, 3]
    known = Table(FRAME, {**ROLES, "weight": "patient id"}, Source("t", "0"))
    assert shaped(Step("long_from_wide", ("visits", "days")), table=known).table.column("patient id") == "weight"


def test_every_step_that_does_not_apply_is_named_but_not_what_follows_from_it() -> None:
    with pytest.raises(InputError) as caught:
        shaped(
            Step("drop", ("gone",)),
            Step("rename", ("absent",), {"to": "new"}),
            Step("ratio", ("new", "days"), {"to": "more"}),
            Step("ratio", ("ward", "days"), {"to": "age"}),
            Step("impute_median", ("new", "more", "age", "nobody")),
        )
    said = [str(fault) for fault in caught.value.faults]
    assert [each.partition(":")[0] for each in said] == [
        "Step 1 (drop)",
        "Step 2 (rename)",
        "Step 4 (ratio)",
        "Step 4 (ratio)",
        "Step 5 (impute_median)",
    ]
    assert "nobody" in said[-1] and "gone" in said[0]


def test_need_cannot_be_dropped_and_some_row_must_stay() -> None:
    with pytest.raises(InputError, match="says who is in need"):
        shaped(Step("drop", ("need",)))
    with pytest.raises(InputError, match=r"Step 1 \(filter_rows\): no row is left"):
        shaped(Step("filter_rows", ("age",), {"keep": "at least", "number": 1000}))


def test_of_a_piece_of_a_file_no_row_may_be_left() -> None:
    recipe = Recipe("x", (Step("filter_rows", ("age",), {"keep": "at least", "number": 1000}),))
    assert len(shape_frame(FRAME, recipe).frame) == 0


def test_a_recipe_without_its_faulty_steps_applies() -> None:
    recipe = Recipe("x", (Step("drop", ("gone",)), Step("drop", ("age",)), Step("log1p", "numeric")))
    kept = without_faulty(TABLE, recipe)
    assert [step.name for step in kept.steps] == ["drop", "log1p"]
    assert "age" not in shape_table(TABLE, kept).table.frame


def test_order_matters() -> None:
    first = Step("filter_rows", ("age",), {"keep": "known"})
    then = Step("rename", ("age",), {"to": "years"})
    assert "years" in shaped(first, then).table.frame
    with pytest.raises(InputError, match=r"Step 2 \(filter_rows\): there is no column “age”"):
        shaped(then, first)

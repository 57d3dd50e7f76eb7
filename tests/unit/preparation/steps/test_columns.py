"""Steps that read, divide and rename columns, as a recipe does them."""

import numpy as np
import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.preparation.recipe import Recipe, Step
from medalloc.preparation.shaping import shape_frame
from medalloc.tables.table import Source, Table
from tests.unit.preparation.test_shaping import shaped


def test_text_is_read_as_numbers_and_what_cannot_be_read_is_named_or_missing() -> None:
    with pytest.raises(InputError, match=r"Step 1 \(parse\): column “beds”, row 3: “x” cannot be read as numbers"):
        shaped(Step("parse", ("beds",), {"decimal": "comma"}))
    made = shaped(Step("parse", ("beds",), {"unreadable": "missing", "decimal": "comma"})).table
    np.testing.assert_array_equal(made.frame["beds"], [1.5, 2.0, np.nan, np.nan])


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("1,234.5", "point", 1234.5),
        ("1.234,5", "comma", 1234.5),
        ("1,5", "point", np.nan),
        ("1.5", "comma", np.nan),
        (" −3 ", "point", -3.0),
        ("$1'200", "point", 1200.0),
        ("12%", "point", 0.12),
        ("1e3", "point", 1000.0),
        ("12 kg", "point", np.nan),
        ("", "point", np.nan),
        ("50-60", "point", np.nan),
    ],
)
def test_a_cell_is_read_by_itself_so_that_a_piece_of_a_file_is_read_as_the_whole(
    text: str, decimal: str, number: float
) -> None:
    recipe = Recipe("x", (Step("parse", ("beds",), {"decimal": decimal, "unreadable": "missing"}),))
    made = shape_frame(pd.DataFrame({"beds": [text, "7"]}), recipe).frame["beds"]
    np.testing.assert_allclose(made, [number, 7.0])


@pytest.mark.parametrize(
    ("order", "texts", "month"),
    [
        ("day first", ("01/02/2026", "01.02.2026"), 2),
        ("month first", ("01/02/2026", "01.02.2026"), 1),
        ("year first", ("2026-02-01", "2026-02-01T08:00"), 2),
    ],
)
def test_days_and_months_are_read_in_the_order_that_was_said(order: str, texts: tuple[str, str], month: int) -> None:
    table = Table(pd.DataFrame({"day": [texts[0], None, texts[1]]}), {"day": "feature"}, Source("t", "0"))
    made = shaped(Step("parse", ("day",), {"as": f"date, {order}"}), table=table).table.frame["day"]
    assert made.dt.month.tolist()[::2] == [month, month] and made.isna().tolist() == [False, True, False]


def test_a_ratio_is_a_feature_and_missing_where_it_divides_by_nought() -> None:
    made = shaped(Step("ratio", ("visits", "days"), {"to": "rate", "per": 10})).table
    np.testing.assert_allclose(made.frame["rate"], [20, np.nan, 20, 40])
    assert made.roles["rate"] == "feature"

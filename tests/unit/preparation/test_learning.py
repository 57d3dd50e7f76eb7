import numpy as np
import pandas as pd

from medalloc.preparation.catalogue import FEWEST
from medalloc.preparation.learning import learn
from medalloc.preparation.operations import Clip, ColumnState, FillNumber, FillText, OneHot, Stretch
from medalloc.preparation.recipe import Step

EMPTY = ColumnState("x", np.array([np.nan, np.nan]))


def text(*texts: str | None) -> ColumnState:
    levels = pd.Index(sorted({one for one in texts if one is not None}), dtype="str")
    codes = [-1 if one is None else int(levels.get_loc(one)) for one in texts]
    return ColumnState("x", np.array(codes, dtype=np.int32), levels)


def test_the_median_is_of_what_is_known_and_flags_only_what_varies() -> None:
    assert learn(Step("impute_median", "all"), ColumnState("x", np.array([5.0, np.nan, 1.0, 3.0]))) == FillNumber(
        3.0, True
    )
    assert learn(Step("impute_median", "all"), ColumnState("x", np.array([5.0]))) == FillNumber(5.0, False)
    assert learn(Step("impute_median", "all"), EMPTY) == FillNumber(0.0, False)


def test_a_tie_for_the_most_frequent_text_goes_to_the_alphabet() -> None:
    assert learn(Step("impute_most_frequent", "all"), text("b", "a", None)) == FillText("a", True)


def test_rare_levels_and_levels_beyond_the_limit_have_no_column() -> None:
    state = text(*["a"] * 50, *["b"] * 40, *["c"] * 9, "d")
    assert learn(Step("one_hot", "text", {"min_share": 0.05}), state) == OneHot(("a", "b", "c"), True)
    assert learn(Step("one_hot", "text", {"min_share": 0.0, "max_levels": 2}), state) == OneHot(("a", "b"), True)
    # a single patient's text has none, whatever the share
    assert learn(Step("one_hot", "text", {"min_share": 0.0}), state) == OneHot(("a", "b", "c"), True)
    several = text(*["a"] * 50, *["b"] * FEWEST)
    assert learn(Step("one_hot", "text", {"min_share": 0.0}), several) == OneHot(("a", "b"), False)


def test_constant_and_empty_columns_are_never_divided_by_nought() -> None:
    constant = ColumnState("x", np.array([4.0, 4.0]))
    assert learn(Step("standard_scale", "all"), constant) == Stretch(4.0, 1.0)
    assert learn(Step("min_max_scale", "all"), constant) == Stretch(4.0, 1.0)
    assert learn(Step("standard_scale", "all"), EMPTY) == Stretch(0.0, 1.0)


def test_outliers_are_clipped_at_quantiles() -> None:
    state = ColumnState("x", np.arange(101.0))
    assert learn(Step("clip_outliers", "all", {"low": 0.1, "high": 0.9}), state) == Clip(10.0, 90.0)

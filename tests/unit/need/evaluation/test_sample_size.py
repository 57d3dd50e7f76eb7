"""From which size on a larger sample gains nothing."""

from hypothesis import given
from hypothesis import strategies as st

from medalloc.need.evaluation.sample_size import FEWEST, FLAT, SIZES, SizeCurve, size_curve
from medalloc.need.models.choice import ModelChoice
from medalloc.preparation.recipe import DEFAULT
from tests.unit.need.conftest import as_table, patients

AUC = st.floats(0.7, 0.71)


@given(st.lists(AUC, min_size=1, max_size=6))
def test_a_curve_is_flat_from_the_first_size_after_which_none_is_worse_than_the_last_but_for_little(
    auc: list[float],
) -> None:
    curve = SizeCurve(tuple(100 * 2**each for each in range(len(auc))), tuple(auc))
    flat = [
        rows
        for rows, rest in zip(curve.rows, (auc[each:] for each in range(len(auc))), strict=True)
        if all(one >= auc[-1] - FLAT for one in rest)
    ]
    assert curve.flat_from == (flat[0] if flat[0] != curve.rows[-1] else None)
    rises = curve.flat_from is None
    assert ("still rises" in str(curve.said), "flat from" in str(curve.said)) == (rises, not rises)
    assert curve.said.values["rows"] == (curve.rows[-1] if rises else curve.flat_from)
    assert curve.to_json()["points"] == [{"rows": rows, "auc": one} for rows, one in zip(curve.rows, auc, strict=True)]


def test_sizes_are_halved_down_to_the_fewest_and_the_last_is_all_that_is_learned_from() -> None:
    told: list[float] = []
    table = as_table(patients(2_600))
    curve = size_curve(table, DEFAULT, ModelChoice("logistic"), lambda share, _: told.append(share))
    assert len(curve.rows) <= SIZES and curve.rows[0] >= FEWEST > curve.rows[0] // 2
    assert list(curve.rows) == [curve.rows[-1] >> each for each in range(len(curve.rows) - 1, -1, -1)]
    assert 0.75 * 2_600 < curve.rows[-1] < 2_600 and all(0.7 < each < 0.9 for each in curve.auc)
    assert told == [(each + 1) / len(curve.rows) for each in range(len(curve.rows))]
    few = size_curve(as_table(patients(300)), DEFAULT, ModelChoice("logistic"), lambda *_: None)
    assert len(few.rows) == 1

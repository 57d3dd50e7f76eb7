from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.need.comparison.amounts import compare_amounts
from medalloc.need.evaluation.amount_assessment import AmountAssessment, TrainedAmounts
from medalloc.need.evaluation.amount_storage import amount_json, load_amounts, save_amounts
from medalloc.need.evaluation.amounts import assess_amounts
from medalloc.need.models.amount_catalogue import AMOUNTS
from medalloc.need.persistence.kept_model import keep_model
from medalloc.need.persistence.model_file import model_bytes, model_from_bytes
from medalloc.preparation.recipe import DEFAULT, Recipe
from medalloc.tables.table import Source, Table

ROWS = 500


def patients(family: Any, slope: float = 0.8, **columns: Any) -> Table:
    """Return patients whose amounts grow with one of two columns."""
    draw = np.random.default_rng(7)
    tells, noise = draw.normal(size=(2, ROWS))
    mean = np.exp(0.5 + slope * tells)
    amount = {
        "counts": lambda: draw.poisson(mean).astype(float),
        "amounts": lambda: draw.gamma(3, mean / 3),
        "numbers": lambda: draw.normal(20 + 5 * slope * tells, 1),
    }[family]()
    frame = pd.DataFrame({"tells": tells, "noise": noise, "town": np.tile(["A", "B"], ROWS // 2), "care": amount})
    roles = {"tells": "feature", "noise": "feature", "town": "region", "care": "need"}
    return Table(
        frame.assign(**columns), {**dict.fromkeys(columns, "feature"), **roles}, Source("t", "0"), need_as=family
    )


def every(table: Table) -> tuple[dict[str, AmountAssessment], dict[str, TrainedAmounts]]:
    found, kept = {}, {}
    for kind in AMOUNTS:

        def keep(model: TrainedAmounts, kind: str = kind) -> None:
            kept[kind] = model

        found[kind] = assess_amounts(table, DEFAULT, kind, 42, keep=keep)
    return found, kept


@pytest.mark.parametrize("family", ["counts", "amounts", "numbers"])
def test_every_model_finds_the_column_that_tells_and_beats_the_mean_and_files_give_back_the_same(
    family: str, tmp_path: Path
) -> None:
    table = patients(family)
    found, kept = every(table)
    for kind in ("linear", "amount-boosting"):
        assert found[kind].importances[0].feature == "tells"
        assert found[kind].cross_validation.mean.explained > 0.2
        assert found[kind].cross_validation.mean.ratio == pytest.approx(1, abs=0.1)
    assert found["mean"].cross_validation.mean.explained == pytest.approx(0, abs=0.03)
    compared = compare_amounts(found)
    assert compared.order[-1] == "mean" and compared.chosen == "linear"
    for kind, each in found.items():
        save_amounts(each, tmp_path / kind)
        again = load_amounts(tmp_path / kind)
        assert amount_json(again) == amount_json(each)
        np.testing.assert_array_equal(again.expected, each.expected)
        model = keep_model(kept[kind], table)
        read = model_from_bytes(model_bytes(model))
        np.testing.assert_array_equal(read.probability(table), model.probability(table))
        assert read.scores == model.scores and "expected amount of “care”" in str(read.predicts)


def test_where_nothing_tells_the_mean_is_chosen_and_said_to_be_all_that_is_known() -> None:
    compared = compare_amounts(every(patients("counts", slope=0.0))[0])
    assert compared.chosen == "mean"
    assert "No model tells the amounts better than the mean of all" in str(compared.verdict[0])


def test_nobody_is_predicted_by_a_model_that_learned_from_them() -> None:
    table = patients("counts")
    before = assess_amounts(table, DEFAULT, "linear", 42).expected
    changed = table.frame.assign(care=table.frame["care"] + (np.arange(ROWS) == 17) * 900)
    after = assess_amounts(Table(changed, table.roles, table.source), DEFAULT, "linear", 42).expected
    assert after[17] == pytest.approx(before[17], rel=0.2)
    assert abs(after.sum() - before.sum()) > 100


def test_a_column_that_gives_the_amount_away_is_warned_of() -> None:
    table = patients("counts")
    leak = np.log1p(table.frame["care"])
    said = assess_amounts(patients("counts", bill=leak), DEFAULT, "linear", 42).warnings
    assert any("Column “bill” tells the amount almost perfectly" in str(each) for each in said)
    assert not any("tells the amount" in str(each) for each in assess_amounts(table, DEFAULT, "mean", 42).warnings)


def test_boosted_trees_of_amounts_learn_from_blanks_as_those_of_answers_do() -> None:
    table = patients("counts")
    blank = table.frame.assign(tells=table.frame["tells"].where(np.arange(ROWS) % 5 > 0))
    as_it_is = Recipe("as it is", ())
    found = assess_amounts(replace(table, frame=blank), as_it_is, "amount-boosting", 42)
    assert found.cross_validation.mean.explained > 0.1
    with pytest.raises(InputError, match="still has missing values"):
        assess_amounts(replace(table, frame=blank), as_it_is, "linear", 42)

from typing import Any

import numpy as np
import pytest

from medalloc.need.evaluation.amount_assessment import TrainedAmounts
from medalloc.need.evaluation.amounts import assess_amounts
from medalloc.need.explanation.amount_contributions import NOTHING, amount_contributions, amount_in_words
from medalloc.need.explanation.contributions import Contribution
from medalloc.need.explanation.subject import Subject
from medalloc.need.training.fitted import predict
from medalloc.preparation.recipe import DEFAULT
from tests.unit.need.evaluation.test_amounts import patients


def subject(kind: str, family: Any) -> Subject:
    kept: list[TrainedAmounts] = []
    table = patients(family)
    assess_amounts(table, DEFAULT, kind, 42, keep=kept.append)
    fitted, parts = kept[0].fitted, kept[0].split
    sources = fitted.prepared.sources
    return Subject(table, sources, parts.train, parts.test, lambda t: predict(fitted, t), fitted.prepared, fitted)


@pytest.mark.parametrize("kind", ["linear", "amount-boosting", "mean"])
@pytest.mark.parametrize(("holds", "family"), [("counts", "poisson"), ("numbers", "squared")])
def test_what_columns_add_and_the_base_make_up_what_is_expected(kind: str, holds: str, family: str) -> None:
    model = subject(kind, holds)
    for row in model.test[:5]:
        cells = model.cells.iloc[[row]].reset_index(drop=True)
        found = amount_contributions(model, cells, family)
        total = (found.base or 0) + sum(part.log_odds or 0 for part in found.parts)
        assert found.probability == pytest.approx(total if family == "squared" else np.exp(total), rel=1e-6)
        for part in found.parts:
            without = total - (part.log_odds or 0)
            less = total - without if family == "squared" else np.exp(total) - np.exp(without)
            assert part.points == pytest.approx(less, rel=1e-6, abs=1e-9)
        assert {part.column for part in found.parts} == {"tells", "noise"}
        if kind != "mean" and abs(cells["tells"].iloc[0]) > 1:
            assert found.parts[0].column == "tells"
            assert np.sign(found.parts[0].points) == np.sign(cells["tells"].iloc[0])


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (1.25, "adds 1.25 visits."),
        (-1.25, "takes off 1.25 visits."),
        (NOTHING, f"adds {NOTHING} visits."),
        (NOTHING / 2, "makes no difference to speak of."),
        (-NOTHING / 2, "makes no difference to speak of."),
    ],
)
def test_what_a_column_adds_or_takes_off_is_said_beside_what_is_typical(points: float, said: str) -> None:
    assert (
        str(amount_in_words(Contribution("age", 70, 40, 0.4, points), "visits")) == f"age is 70, typical is 40: {said}"
    )
    unknown = str(amount_in_words(Contribution("age", None, None, 0.4, points), "visits"))
    assert unknown == f"age is not known, typical is not known: {said}"

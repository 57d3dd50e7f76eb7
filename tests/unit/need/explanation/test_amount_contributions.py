from typing import Any

import numpy as np
import pytest

from medalloc.need.evaluation.amount_assessment import TrainedAmounts
from medalloc.need.evaluation.amounts import assess_amounts
from medalloc.need.explanation.amount_contributions import amount_contributions
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

import json
import math

import pytest

from medalloc.errors import InputError
from medalloc.need.comparison.tries import SearchResult, Try
from medalloc.need.models.choice import ModelChoice
from medalloc.sentences import sentence

FOUND = SearchResult(
    ModelChoice("boosting", options={"trees": 12}),
    (Try({}, (0.7, 0.8), True), Try({"trees": 12}, (0.75,), False)),
    False,
    sentence("Tries: {tries}.", tries=1),
)


def test_a_result_survives_json() -> None:
    assert SearchResult.from_json(json.loads(json.dumps(FOUND.to_json()))) == FOUND


def test_a_fold_with_one_answer_has_no_auc_and_no_say() -> None:
    each = Try({}, (0.7, float("nan"), 0.9), True)
    assert each.mean == pytest.approx(0.8)
    assert math.isnan(Try({}, (), False).mean)
    again = SearchResult.from_json(
        json.loads(json.dumps(SearchResult(FOUND.choice, (each,), False, FOUND.said).to_json(), allow_nan=False))
    )
    assert math.isnan(again.tries[0].aucs[1])


def test_another_version_is_refused() -> None:
    with pytest.raises(InputError, match="version 9"):
        SearchResult.from_json({**FOUND.to_json(), "version": 9})

import math
from pathlib import Path

import pytest

from medalloc.errors import InputError
from medalloc.need.comparison.tries import SearchResult, Try
from medalloc.need.models.choice import ModelChoice
from medalloc.saved import read_pieces, write_pieces
from medalloc.sentences import sentence

FOUND = SearchResult(
    ModelChoice("boosting", options={"trees": 12}),
    (Try({}, (0.7, 0.8), True), Try({"trees": 12}, (0.75,), False)),
    False,
    sentence("Tries: {tries}.", tries=1),
)


def test_a_result_survives_json(tmp_path: Path) -> None:
    write_pieces(FOUND, tmp_path, "found")
    assert read_pieces(SearchResult, tmp_path, "found", sentence("search")) == FOUND


def test_a_fold_with_one_answer_has_no_auc_and_no_say(tmp_path: Path) -> None:
    each = Try({}, (0.7, float("nan"), 0.9), True)
    assert each.mean == pytest.approx(0.8)
    assert math.isnan(Try({}, (), False).mean)
    write_pieces(SearchResult(FOUND.choice, (each,), False, FOUND.said), tmp_path, "found")
    again = read_pieces(SearchResult, tmp_path, "found", sentence("search"))
    assert math.isnan(again.tries[0].aucs[1])


def test_another_version_is_refused(tmp_path: Path) -> None:
    write_pieces(FOUND, tmp_path, "found")
    words = (tmp_path / "found.json").read_text(encoding="utf-8").replace('"version": 2', '"version": 9')
    (tmp_path / "found.json").write_text(words, encoding="utf-8")
    with pytest.raises(InputError, match="version 9"):
        read_pieces(SearchResult, tmp_path, "found", sentence("search"))

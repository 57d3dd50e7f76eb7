import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.lessons.rare import judged, thinned
from medalloc.lessons.sample import Sample


def patients(seed: int, rows: int = 900, share: float = 0.4) -> Sample:
    draw = np.random.default_rng(seed)
    need = (draw.random(rows) < share).astype(np.int8)
    return Sample(("a", "b"), draw.normal(0, 1, (rows, 2)) + need[:, None], need)


@given(st.integers(0, 99), st.floats(0.02, 0.9))
@settings(max_examples=25)
def test_thinned_patients_are_patients_of_whom_the_share_is_in_need(seed: int, share: float) -> None:
    whole = patients(seed)
    left = thinned(whole, share, seed=seed)
    assert abs(left.need.mean() - share) < 0.5 / len(left.need) + 1e-9
    assert {tuple(row) for row in left.values.tolist()} <= {tuple(row) for row in whole.values.tolist()}
    assert any((left.need == answer).sum() == (whole.need == answer).sum() for answer in (0, 1)), "one kind stays whole"


def test_where_few_are_in_need_accuracy_is_that_of_always_no_and_nobody_is_found() -> None:
    said = judged(patients(1, 4000), 0.01, threshold=0.5, weighted=False, seeds=(1, 2))
    assert said.accuracy == pytest.approx(said.always_no, abs=0.005) and said.found < 0.2 and said.roc_auc > 0.75


def test_weights_find_more_and_leave_the_ranking() -> None:
    plain, weighted = (
        judged(patients(2), 0.1, threshold=0.5, weighted=each, seeds=(1, 2, 3)) for each in (False, True)
    )
    assert weighted.found > plain.found + 0.1 and weighted.accuracy < plain.accuracy
    assert weighted.roc_auc == pytest.approx(plain.roc_auc, abs=0.02)


def test_where_nobody_is_called_nobody_is_right_or_wrong_about_it() -> None:
    said = judged(patients(3), 0.05, threshold=1.1, weighted=False, seeds=(1,))
    assert said.found == 0 and np.isnan(said.right) and said.accuracy == said.always_no

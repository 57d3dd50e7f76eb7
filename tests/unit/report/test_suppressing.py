import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from medalloc.report.suppressing import HIDDEN, suppressed

FEWEST = 5
patients = st.lists(
    st.integers(0, 40).flatmap(lambda every: st.tuples(st.just(every), st.integers(0, every))), min_size=1, max_size=8
)


@given(patients)
def test_no_small_number_is_told(counts: list[tuple[int, int]]) -> None:
    told = suppressed(counts, FEWEST)
    assert not ((told > 0) & (told < FEWEST)).any()
    both = (told != HIDDEN).all(axis=1)
    rest = told[both, 0] - told[both, 1]
    assert not ((rest > 0) & (rest < FEWEST)).any()


@given(patients)
def test_no_hidden_number_follows_from_the_total_and_the_numbers_that_are_told(counts: list[tuple[int, int]]) -> None:
    told, true = suppressed(counts, FEWEST), np.array(counts)
    for column in range(2):
        hidden = told[:, column] == HIDDEN
        others = (true[:, column] > 0) & ~hidden
        # only where nothing else could be hidden with it
        assert not (hidden.sum() == 1 and others.any())
        assert not (hidden.any() and true[hidden, column].sum() < FEWEST and others.any())


@given(patients)
def test_what_is_told_is_true(counts: list[tuple[int, int]]) -> None:
    told, true = suppressed(counts, FEWEST), np.array(counts)
    assert (true[told != HIDDEN] == told[told != HIDDEN]).all()


def test_where_nothing_is_small_everything_is_told() -> None:
    assert suppressed([[40, 12], [30, 0], [90, 90]], FEWEST).tolist() == [[40, 12], [30, 0], [90, 90]]

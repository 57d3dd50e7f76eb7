import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import linprog

from medalloc.disclosure.hiding import HIDDEN, suppressed, told
from medalloc.disclosure.rule import Rule

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


@given(patients)
def test_a_hidden_number_can_be_several_for_whoever_knows_all_that_is_told(
    counts: list[tuple[int, int]],
) -> None:
    """Everything told, the totals included, as a linear program; it must leave every hidden number room."""
    true, shown = np.array(counts), suppressed(counts, FEWEST)
    hidden = shown == HIDDEN
    if (hidden.sum(axis=0) == 1).any():
        # nothing else could be hidden with it
        return
    rows = len(true)
    limits = [(0, None) if hide else (value, value) for value, hide in zip(true.ravel(), hidden.ravel(), strict=True)]
    totals = np.kron(np.ones(rows), np.eye(2))
    within = np.kron(np.eye(rows), [-1.0, 1.0])
    for place in np.flatnonzero(hidden.ravel()):
        goal = np.zeros(2 * rows)
        goal[place] = 1
        ends = [linprog(sign * goal, within, np.zeros(rows), totals, true.sum(axis=0), limits) for sign in (1, -1)]
        low, high = ends[0].fun, -ends[1].fun
        assert high - low >= 1


@given(patients, st.sampled_from([1, 3, 5, 10]))
def test_numbers_that_are_told_are_multiples_of_what_they_are_rounded_to(
    counts: list[tuple[int, int]], step: int
) -> None:
    shown = told(counts, Rule(FEWEST, step))
    known = shown[~np.isnan(shown)]
    assert (known % step == 0).all()
    assert (np.abs(shown - np.array(counts))[~np.isnan(shown)] <= step / 2).all()


@given(st.integers(0, 200), st.integers(1, 4))
def test_a_few_people_who_come_are_not_counted_by_whoever_sees_the_numbers_before_and_after(
    people: int, came: int
) -> None:
    rule = Rule(FEWEST, FEWEST)
    before, after = (told([[40, 20], [count, 0]], rule)[1, 0] for count in (people, people + came))
    assert np.isnan(before) or np.isnan(after) or after - before in (0, FEWEST)

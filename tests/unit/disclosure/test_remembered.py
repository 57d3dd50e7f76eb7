import itertools
import math
from collections import Counter, defaultdict
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.disclosure.hiding import HIDDEN, told
from medalloc.disclosure.history import History
from medalloc.disclosure.journal import FileJournal
from medalloc.disclosure.laplace import Bits, drawn, expected_error
from medalloc.disclosure.remembered import Remembered, remembered
from medalloc.disclosure.rule import EPSILON, FEWEST, REMEMBERED, Rule
from medalloc.errors import InputError

FEW = 5
BEFORE = [[40, 20], [33, 12], [60, 31]]
COUNTS = st.tuples(st.integers(0, 25), st.integers(0, 25))
TABLES = st.dictionaries(st.sampled_from("abcd"), COUNTS, min_size=1, max_size=4)


def ruled(folder: Path, epsilon: float | None = None) -> Rule:
    return Rule(1 if epsilon else FEW, 1 if epsilon else FEW, epsilon, FileJournal(folder / "told.jsonl"))


@pytest.mark.parametrize("came", range(1, FEW))
def test_whoever_exports_before_and_after_a_few_came_has_the_same_table_twice(came: int, tmp_path: Path) -> None:
    rule = ruled(tmp_path)
    # by rounding alone the second one would tell of them: 33 is 35, and 32 is 30
    after = [[40, 20], [33 - came, 12 - came], [60, 31]]
    assert np.array_equal(told(BEFORE, rule), told(after, rule), equal_nan=True)
    rounded = Rule(FEW, FEW)
    assert came == 1 or not np.array_equal(told(BEFORE, rounded), told(after, rounded), equal_nan=True)


def parts(table: np.ndarray) -> np.ndarray:
    return np.column_stack([*(table[:, :-1] - table[:, 1:]).T, table[:, -1]])


@settings(deadline=None, max_examples=60)
@given(tables=st.lists(TABLES, min_size=1, max_size=12))
def test_no_two_tables_that_were_told_differ_by_a_few_people_of_one_part_and_each_is_within_a_few(
    tables: list[dict[str, tuple[int, int]]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    told_before = Remembered(FileJournal(tmp_path_factory.mktemp("told") / "told.jsonl"))
    shown: list[dict[str, np.ndarray]] = []
    for each in tables:
        exact = np.array([(some + rest, some) for some, rest in each.values()])
        found = told_before.told(exact, FEW, rows=list(each))
        is_told = (found != HIDDEN).all(axis=1)
        assert ((found == HIDDEN).any(axis=1) == ~is_told).all()
        assert (np.abs(parts(found) - parts(exact))[is_told] < FEW).all()
        small = parts(found)[is_told]
        assert not ((small > 0) & (small < FEW)).any()
        assert np.array_equal(told_before.told(exact, FEW, rows=list(each)), found)
        shown.append(dict(zip(np.array(list(each))[is_told].tolist(), parts(found)[is_told], strict=True)))
    for one in shown:
        for other in shown:
            for name in one.keys() & other.keys():
                between = np.abs(one[name] - other[name])
                assert not ((between > 0) & (between < FEW)).any()


ROWS, LESS = ("North", "South", "East"), 3
"""Small tables: two tell the same people, the second without some of one region; under 3 are few."""


def worlds(most: int) -> list[tuple[int, ...]]:
    return [
        (*each, gone, row)
        for each in itertools.product(range(most + 1), repeat=3)
        for row in range(3)
        for gone in range(each[row] + 1)
    ]


Said = tuple[tuple[str, int], ...]


def said_of(large: list[int], small: list[int], larger_first: bool, drops: bool) -> tuple[Said, Said]:
    """Return what is told of two tables, one after the other; a region of which nobody is left may have no row."""
    history, said = History(1), []
    tables = [(large, False), (small, drops)]
    for counts, leaves_out in tables if larger_first else tables[::-1]:
        there = [(name, each) for name, each in zip(ROWS, counts, strict=True) if each or not leaves_out]
        rows, table = (
            [name for name, _ in there],
            np.array([[each] for _, each in there], dtype=np.int64).reshape(-1, 1),
        )
        shown = history.told(rows, table, LESS, LESS)
        history.add(rows, table, shown)
        said.append(tuple(zip(rows, shown[:, 0].tolist(), strict=True)))
    return (said[0], said[1]) if larger_first else (said[1], said[0])


both_ways = pytest.mark.parametrize("larger_first", [True, False])
rows_may_go = pytest.mark.parametrize("drops", [True, False])


@both_ways
@rows_may_go
def test_whoever_knows_the_rule_learns_no_small_number_from_two_tables_that_are_cut_differently(
    larger_first: bool, drops: bool
) -> None:
    """Brute force: all worlds in which the same is told of both, for one who knows which region differs."""
    seen: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for *large, gone, row in worlds(5):
        small = [count - gone * (place == row) for place, count in enumerate(large)]
        seen[said_of(large, small, larger_first, drops), row].append((*large, gone, small[row]))
    for told_so, each in seen.items():
        for values in zip(*each, strict=True):
            assert len(set(values)) > 1 or not 0 < values[0] < LESS, (told_so, each)


def reckoned(of_large: Said, of_small: Said, total: int, row: int) -> list[set[int]]:
    """Return what each number of the larger table, who is gone and who is left can be, for whoever reckons."""
    smaller, found = dict(of_small), []
    free = [range(total + 1) if shown == HIDDEN else (shown,) for _, shown in of_large]
    for counts in itertools.product(*free):
        if sum(counts) != total:
            continue
        for gone in range(counts[row] + 1):
            left = [each - gone * (place == row) for place, each in enumerate(counts)]
            if all(smaller.get(name, 0) in (HIDDEN, each) for name, each in zip(ROWS, left, strict=True)):
                found.append((*counts, gone, left[row]))
    return [set(each) for each in zip(*found, strict=True)]


@both_ways
@rows_may_go
def test_no_small_number_is_left_over_when_one_table_is_taken_from_another_whose_total_is_told(
    larger_first: bool, drops: bool
) -> None:
    for *large, gone, row in worlds(5):
        small = [count - gone * (place == row) for place, count in enumerate(large)]
        of_large, of_small = said_of(large, small, larger_first, drops)
        hidden = sum(each for each, (_, shown) in zip(large, of_large, strict=True) if shown == HIDDEN)
        if hidden < LESS or not any(shown > 0 for _, shown in of_large):
            # nobody else is there to hide them, or nothing is told
            continue
        total = hidden + sum(shown for _, shown in of_large if shown != HIDDEN)
        could = reckoned(of_large, of_small, total, row)
        for true, values in zip((*large, gone, small[row]), could, strict=False):
            assert values != {true} or not 0 < true < LESS, (large, small, of_large, of_small)


def test_a_number_that_hides_another_stays_hidden_where_the_other_is_left_out(tmp_path: Path) -> None:
    rule = ruled(tmp_path)
    rows = ("North", "South", "East")
    all_of_them = told([[40, 20], [30, 12], [3, 1]], rule, of="x", rows=rows)
    assert np.isnan(all_of_them).all(axis=1).tolist() == [False, True, True]
    without = told([[40, 20], [30, 12]], rule, of="x", rows=rows[:2])
    # 73 less 40 and 30 would tell of East
    assert np.isnan(without).all(axis=1).tolist()[1]


def test_what_was_told_hides_nothing_so_a_table_that_it_gives_away_is_not_told(tmp_path: Path) -> None:
    rule = ruled(tmp_path)
    rows = ("North", "South", "East")
    assert not np.isnan(told([[40, 20], [30, 12]], rule, of="x", rows=rows[:2])).any()
    assert np.isnan(told([[40, 20], [30, 12], [3, 1]], rule, of="x", rows=rows)).all()
    assert not np.isnan(told([[40, 20], [30, 12]], rule, of="x", rows=rows[:2])).any()


def test_a_part_that_one_region_brings_is_not_told_by_sex(tmp_path: Path) -> None:
    rule = Rule(FEW, 1, None, FileJournal(tmp_path / "told.jsonl"))
    rows = ("women", "men")
    every = told([[40, 20], [50, 25]], rule, of="sex", rows=rows)
    # without a region of 8 women, 6 of them in need, and 4 men
    without = told([[32, 14], [46, 22]], rule, of="sex", rows=rows)
    assert (every - without).tolist() == [[6.0, 6.0], [0.0, 0.0]]


def test_enough_people_are_told_of_and_tables_of_something_else_are_left_alone(tmp_path: Path) -> None:
    rule = ruled(tmp_path)
    told(BEFORE, rule)
    assert told([[45, 20], [33, 12], [60, 31]], rule)[0, 0] == 45
    assert told([[41, 20], [36, 12], [60, 31]], rule, of="other")[1, 0] == 35


def test_another_server_and_a_server_that_begins_again_know_what_was_told(tmp_path: Path) -> None:
    journal = FileJournal(tmp_path / "told.jsonl")
    one, other = Remembered(journal), Remembered(journal)
    first, second = np.array([[50], [20]]), np.array([[50], [40]])
    one.told(first, FEW)
    assert other.told(first + [[1], [0]], FEW).tolist() == first.tolist()
    other.told(second, FEW)
    assert one.told(second - [[0], [2]], FEW).tolist() == second.tolist()
    assert Remembered(journal).told(first - [[3], [0]], FEW).tolist() == first.tolist()


def test_noise_is_of_the_discrete_laplace_distribution() -> None:
    epsilon, many = 0.7, 30_000
    bits = Bits(b"key", b"test")
    found = Counter(drawn(epsilon, bits) for _ in range(many))
    norm = (1 - math.exp(-epsilon)) / (1 + math.exp(-epsilon))
    square = 0.0
    for value in range(-6, 7):
        expected = many * norm * math.exp(-epsilon * abs(value))
        square += (found[value] - expected) ** 2 / expected
    # 13 cells: beyond 36 in one of three thousand
    assert square < 36
    assert sum(abs(value) * count for value, count in found.items()) / many == pytest.approx(
        expected_error(epsilon), rel=0.03
    )


def test_a_person_more_changes_no_chance_by_more_than_epsilon_allows() -> None:
    epsilon = 1.0
    chance = {value: math.exp(-epsilon * abs(value)) for value in range(-40, 41)}
    assert all(chance[value] <= math.exp(epsilon) * chance[value - 1] * (1 + 1e-12) for value in range(-39, 41))


@given(st.integers(1, 1000), st.integers(0, 100))
def test_whole_numbers_below_an_end_are(end: int, text: int) -> None:
    bits = Bits(b"key", str(text).encode())
    assert all(0 <= bits.below(end) < end for _ in range(5))


def test_noise_is_drawn_once_for_a_table_anew_for_another_and_what_it_costs_adds_up(tmp_path: Path) -> None:
    rule = ruled(tmp_path, 0.5)
    assert rule.remembered is not None
    once, again = told(BEFORE, rule), told(BEFORE, rule)
    assert (once == again).all() and remembered(rule.remembered).spent() == (1, 1.0)
    told([[41, 20], [33, 12], [60, 31]], rule)
    told([[41], [33]], rule)
    assert remembered(rule.remembered).spent() == (3, 2.5)
    assert Remembered(rule.remembered).spent() == (3, 2.5)
    other = told(BEFORE, Rule(epsilon=0.5, remembered=FileJournal(tmp_path / "another" / "told.jsonl")))
    assert not (once == other).all()


def test_numbers_with_noise_are_no_less_than_nobody_parts_no_more_than_their_whole_and_few_are_not_told(
    tmp_path: Path,
) -> None:
    rule = ruled(tmp_path, 0.05)
    for seed in range(20):
        counts = np.random.default_rng(seed).integers(0, 30, (5, 2))
        shown = told(np.sort(counts, axis=1)[:, ::-1], rule)
        assert (shown >= 0).all() and (shown[:, 1] <= shown[:, 0]).all()
    hiding = Rule(10, 10, 0.05, FileJournal(tmp_path / "told.jsonl"))
    shown = told([[3, 2], [400, 390]], hiding)
    assert np.isnan(shown[0]).all() or (shown[0] >= 10).any()


def test_a_rule_without_a_memory_has_no_noise_and_an_impossible_epsilon_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for said, file in (("1", ""), ("0", "told.jsonl"), ("many", "told.jsonl"), ("-1", "told.jsonl")):
        monkeypatch.setenv(EPSILON, said)
        monkeypatch.setenv(REMEMBERED, file and str(tmp_path / file))
        with pytest.raises(InputError, match="MEDALLOC_EPSILON"):
            Rule.of_environment()
    monkeypatch.setenv(EPSILON, "0.5")
    assert Rule.of_environment() == Rule(1, 1, 0.5, FileJournal(tmp_path / "told.jsonl"))
    monkeypatch.delenv(EPSILON)
    monkeypatch.setenv(FEWEST, "7")
    assert Rule.of_environment() == Rule(7, 7, None, FileJournal(tmp_path / "told.jsonl"))

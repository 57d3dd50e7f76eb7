import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.disclosure.hiding import told
from medalloc.disclosure.laplace import Bits, drawn, expected_error
from medalloc.disclosure.remembered import Remembered, remembered
from medalloc.disclosure.rule import EPSILON, FEWEST, REMEMBERED, Rule
from medalloc.errors import InputError

FEW = 5
BEFORE = [[40, 20], [33, 12], [60, 31]]
TABLES = st.lists(st.integers(0, 60), min_size=3, max_size=3)


def ruled(folder: Path, epsilon: float | None = None) -> Rule:
    return Rule(1 if epsilon else FEW, 1 if epsilon else FEW, epsilon, folder / "told.jsonl")


@pytest.mark.parametrize("came", range(1, FEW))
def test_whoever_exports_before_and_after_a_few_came_has_the_same_table_twice(came: int, tmp_path: Path) -> None:
    rule = ruled(tmp_path)
    # by rounding alone the second one would tell of them: 33 is 35, and 32 is 30
    after = [[40, 20], [33 - came, 12 - came], [60, 31]]
    assert np.array_equal(told(BEFORE, rule), told(after, rule), equal_nan=True)
    rounded = Rule(FEW, FEW)
    assert came == 1 or not np.array_equal(told(BEFORE, rounded), told(after, rounded), equal_nan=True)


@settings(deadline=None, max_examples=60)
@given(tables=st.lists(TABLES, min_size=1, max_size=12))
def test_what_is_told_is_within_a_few_people_and_no_two_tables_that_were_told_are_a_few_apart(
    tables: list[list[int]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    told_before = Remembered(tmp_path_factory.mktemp("told") / "told.jsonl")
    shown = [told_before.steadied(np.array(each)[:, None], FEW)[:, 0] for each in tables]
    for exact, each in zip(tables, shown, strict=True):
        assert np.abs(each - exact).sum() < FEW
    for one in shown:
        assert all((one == other).all() or np.abs(one - other).sum() >= FEW for other in shown)


def test_enough_people_are_told_of_and_tables_of_something_else_are_left_alone(tmp_path: Path) -> None:
    rule = ruled(tmp_path)
    told(BEFORE, rule)
    assert told([[45, 20], [33, 12], [60, 31]], rule)[0, 0] == 45
    assert told([[41, 20], [36, 12], [60, 31]], rule, of="other")[1, 0] == 35


def test_another_server_and_a_server_that_begins_again_know_what_was_told(tmp_path: Path) -> None:
    one, other = Remembered(tmp_path / "told.jsonl"), Remembered(tmp_path / "told.jsonl")
    first, second = np.array([[50], [20]]), np.array([[50], [40]])
    one.steadied(first, FEW)
    assert other.steadied(first + [[1], [0]], FEW).tolist() == first.tolist()
    other.steadied(second, FEW)
    assert one.steadied(second - [[0], [2]], FEW).tolist() == second.tolist()
    assert Remembered(tmp_path / "told.jsonl").steadied(first - [[3], [0]], FEW).tolist() == first.tolist()


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
    other = told(BEFORE, Rule(epsilon=0.5, remembered=tmp_path / "another" / "told.jsonl"))
    assert not (once == other).all()


def test_numbers_with_noise_are_no_less_than_nobody_parts_no_more_than_their_whole_and_few_are_not_told(
    tmp_path: Path,
) -> None:
    rule = ruled(tmp_path, 0.05)
    for seed in range(20):
        counts = np.random.default_rng(seed).integers(0, 30, (5, 2))
        shown = told(np.sort(counts, axis=1)[:, ::-1], rule)
        assert (shown >= 0).all() and (shown[:, 1] <= shown[:, 0]).all()
    hiding = Rule(10, 10, 0.05, tmp_path / "told.jsonl")
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
    assert Rule.of_environment() == Rule(1, 1, 0.5, tmp_path / "told.jsonl")
    monkeypatch.delenv(EPSILON)
    monkeypatch.setenv(FEWEST, "7")
    assert Rule.of_environment() == Rule(7, 7, None, tmp_path / "told.jsonl")

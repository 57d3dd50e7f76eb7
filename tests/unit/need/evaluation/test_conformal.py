import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.need.evaluation.conformal import LEVELS, ConformalLevel, conformal_levels, conformal_sets


def patients(rows: int, seed: int, wrong: float = 1.0) -> tuple[np.ndarray, np.ndarray]:
    """Return need and a probability that is true where `wrong` is 1, too bold or too shy otherwise."""
    draw = np.random.default_rng(seed)
    true = draw.beta(1.0, 1.5, rows)
    odds = np.clip(true, 1e-6, 1 - 1e-6)
    return (draw.random(rows) < true).astype(np.int8), 1 / (1 + ((1 - odds) / odds) ** wrong)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("wrong", [0.3, 1.0, 4.0])
def test_sets_hold_the_truth_as_often_as_promised_however_wrong_the_probabilities(level: float, wrong: float) -> None:
    need, probability = patients(8000, 1, wrong)
    sets = conformal_sets(need[:4000], probability[:4000], probability[4000:], level)
    assert sets[np.arange(4000), need[4000:]].mean() == pytest.approx(level, abs=0.025)


def test_on_average_over_many_small_samples_coverage_is_at_least_the_level() -> None:
    # with 30 rows seen one draw tells little; the law is about the mean of many
    covered = []
    for seed in range(60):
        need, probability = patients(60, seed)
        sets = conformal_sets(need[:30], probability[:30], probability[30:], 0.9)
        covered.append(sets[np.arange(30), need[30:]].mean())
    assert np.mean(covered) > 0.9 - 2 * np.std(covered) / np.sqrt(60)


@pytest.mark.parametrize("share", [0.08, 0.5])
def test_those_in_need_are_covered_as_often_as_those_who_are_not_however_few_they_are(share: float) -> None:
    draw = np.random.default_rng(7)
    probability = draw.beta(1, 1 / share - 1, 8000)
    need = (draw.random(8000) < probability).astype(np.int8)
    found = conformal_levels(need, probability, np.arange(8000) % 2)
    for each in found:
        assert each.in_need == pytest.approx(each.level, abs=0.03)
        assert each.not_in_need == pytest.approx(each.level, abs=0.02)
    said = str(found[1].in_words())
    in_need, others = (round(100 * (each or 0), 1) for each in (found[1].in_need, found[1].not_in_need))
    assert f"{in_need:g} of 100 in need and {others:g} of 100 others" in said


def test_an_answer_with_too_few_rows_to_learn_from_is_in_every_set() -> None:
    need, probability = np.array([0] * 92 + [1] * 8, dtype=np.int8), np.linspace(0.01, 0.99, 100)
    assert conformal_sets(need, probability, probability, 0.9)[:, 1].all()
    assert not conformal_sets(need, probability, probability, 0.8)[:, 1].all()


@given(st.integers(60, 150), st.integers(0, 10**6))
@settings(max_examples=10)
def test_a_higher_level_never_gives_smaller_sets(rows: int, seed: int) -> None:
    need, probability = patients(rows, seed)
    found = conformal_levels(need, probability, np.arange(rows) % 5)
    assert [each.level for each in found] == list(LEVELS)
    sizes = [each.mean_size for each in found]
    assert sizes == sorted(sizes)
    for each in found:
        assert each.rows == rows
        assert each.either + each.neither + each.one == pytest.approx(1)
        assert each.mean_size == pytest.approx(2 * each.either + each.one)


def test_a_sure_model_leaves_nobody_in_doubt_and_a_coin_everybody() -> None:
    need = np.tile([0, 1], 200).astype(np.int8)
    fold = np.arange(400) // 2 % 5
    sure = conformal_levels(need, np.where(need == 1, 0.99, 0.01), fold)
    assert all(each.either == 0 and each.coverage == 1 for each in sure)
    coin = conformal_levels(need, np.full(400, 0.5), fold)
    assert all(each.either == 1 and each.coverage == 1 for each in coin)


def test_levels_for_which_there_are_too_few_rows_are_left_out() -> None:
    need, probability = patients(15, 2)
    need[:4] = [0, 1, 0, 1]
    assert [each.level for each in conformal_levels(need, probability, np.arange(15) % 5)] == [0.8, 0.9]


def test_in_order_of_time_the_first_fold_is_only_learnt_from() -> None:
    need, probability = patients(500, 3)
    fold = np.repeat(np.arange(-1, 4), 100)
    (level,) = conformal_levels(need, probability, fold, in_order=True, levels=(0.9,))
    assert level.rows == 300


def sets_by_hand(need: list[int], seen: list[float], new: list[float], level: float) -> list[list[bool]]:
    """Count, for each answer, how many rows with it were less certain of it than the new one is."""
    made = []
    for probability in new:
        held = []
        for answer in (0, 1):
            doubts = sorted(abs(answer - one) for one, true in zip(seen, need, strict=True) if true == answer)
            least = math.ceil((len(doubts) + 1) * level - 1e-9)
            held.append(least > len(doubts) or abs(answer - probability) <= doubts[max(least, 1) - 1] + 1e-12)
        made.append(held)
    return made


@given(st.integers(0, 10**6), st.integers(1, 40), st.sampled_from([0.5, 0.75, 0.8, 0.9]), st.booleans())
def test_an_answer_is_in_a_set_where_enough_rows_with_it_were_as_doubtful(
    seed: int, rows: int, level: float, weighed: bool
) -> None:
    draw = np.random.default_rng(seed)
    need, seen, new = draw.integers(0, 2, rows).astype(np.int8), draw.random(rows).round(1), draw.random(8).round(1)
    counts = draw.integers(1, 4, rows) if weighed else np.ones(rows, dtype=int)
    found = conformal_sets(need, seen, new, level, counts.astype(float) if weighed else None)
    again = np.repeat(np.arange(rows), counts)
    assert found.tolist() == sets_by_hand(need[again].tolist(), seen[again].tolist(), new.tolist(), level)


@given(st.integers(0, 10**6), st.booleans(), st.booleans())
@settings(max_examples=30)
def test_levels_are_measured_fold_by_fold_on_rows_that_the_sets_have_not_seen(
    seed: int, in_order: bool, weighed: bool
) -> None:
    draw = np.random.default_rng(seed)
    probability, fold = draw.random(90), draw.integers(-1, 4, 90)
    need = (draw.random(90) < probability).astype(np.int8)
    weight = draw.uniform(0.5, 2, 90) if weighed else np.ones(90)
    (found,) = conformal_levels(
        need, probability, fold, in_order=in_order, levels=(0.8,), weight=weight if weighed else None
    )
    size, held, rows = [], [], []
    for number in range(4):
        seen = (fold >= 0) & ((fold < number) if in_order else (fold != number))
        if seen.sum() > 5 and len(set(need[seen])) == 2:
            told = np.flatnonzero(fold == number)
            sets = conformal_sets(need[seen], probability[seen], probability[told], 0.8, weight[seen])
            size += sets.sum(axis=1).tolist()
            held += [bool(each[need[row]]) for each, row in zip(sets, told, strict=True)]
            rows += told.tolist()
    counts, true = weight[rows], need[rows]
    assert found.rows == len(rows)
    assert found.coverage == pytest.approx(np.average(held, weights=counts))
    assert found.either == pytest.approx(np.average(np.array(size) == 2, weights=counts))
    assert found.neither == pytest.approx(np.average(np.array(size) == 0, weights=counts))
    assert found.mean_size == pytest.approx(np.average(size, weights=counts))
    for answer, share in ((1, found.in_need), (0, found.not_in_need)):
        assert share == pytest.approx(np.average(np.array(held)[true == answer], weights=counts[true == answer]))


def test_what_a_level_promises_and_held_is_said_of_a_hundred() -> None:
    said = str(ConformalLevel(0.9, 0.91, 0.25, 0.05, 1200, 0.884, None).in_words())
    assert "coverage of 90 of 100" in said and "25 of 100 patients get “either”" in said and "70 get one answer" in said
    assert "right for 88.4 of 100 in need and – of 100 others (1,200 held-out rows)" in said

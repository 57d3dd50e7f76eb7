import itertools
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.need.comparison.search import search
from medalloc.need.evaluation.cross_validation import cross_validate
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.patients import gather
from medalloc.preparation.recipe import DEFAULT
from medalloc.sentences import Sentence
from medalloc.tables.table import Source, Table


def ticking(step: float) -> Callable[[], float]:
    """Return a clock that goes on by so many seconds whenever it is looked at."""
    ticks = itertools.count()
    return lambda: step * next(ticks)


def test_the_same_number_of_tries_finds_the_same_whatever_the_time(table: Table) -> None:
    slow, quick = (
        search(table, DEFAULT, ModelChoice("boosting"), seconds=1000, tries=4, clock=ticking(step))
        for step in (1.0, 0.001)
    )
    assert slow == quick
    assert len(slow.tries) == 5
    other = search(table, DEFAULT, ModelChoice("boosting", seed=1), seconds=1000, tries=4, clock=ticking(0.001))
    assert other.tries[1].options != slow.tries[1].options


def test_the_default_is_tested_on_the_folds_of_the_leaderboard_even_without_time(table: Table) -> None:
    found = search(table, DEFAULT, ModelChoice("logistic", options={"penalty": 5.0}), seconds=1, clock=ticking(10.0))
    assert len(found.tries) == 1 and found.tries[0].finished
    assert not found.better and found.choice == ModelChoice("logistic")
    board = cross_validate(gather(table, DEFAULT), DEFAULT, ModelChoice("logistic"), lambda *_: None).summary
    assert list(found.tries[0].aucs) == pytest.approx([each.roc_auc for each in board.by_fold])


def test_a_try_the_time_runs_out_on_is_not_chosen(table: Table) -> None:
    found = search(table, DEFAULT, ModelChoice("logistic"), seconds=7, clock=ticking(1.0))
    *_, last = found.tries
    assert not last.finished and len(last.aucs) < 5
    assert found.choice.options in [each.options for each in found.tries if each.finished]


def test_the_result_is_the_highest_mean_of_the_finished_tries(table: Table) -> None:
    found = search(table, DEFAULT, ModelChoice("boosting"), seconds=1000, tries=8, clock=ticking(0.001))
    finished = [each for each in found.tries if each.finished]
    best = max(finished, key=lambda each: each.mean)
    assert found.choice.options == best.options
    assert f"Tries: {len(found.tries) - 1}." in str(found.said)


def test_options_that_lose_on_a_fold_are_not_tested_on_all() -> None:
    # two trees of two leaves cannot see four corners: such tries fall behind
    draw = np.random.default_rng(2)
    frame = pd.DataFrame(draw.integers(0, 2, (600, 2)), columns=["left", "right"]).assign(noise=draw.random(600))
    frame["need"] = (frame["left"] ^ frame["right"]) ^ (draw.random(600) < 0.05)
    roles = {**dict.fromkeys(frame.columns, "feature"), "need": "need"}
    own = Table(frame, roles, Source("test", "0" * 64))
    found = search(own, DEFAULT, ModelChoice("boosting"), seconds=1000, tries=15, clock=ticking(0.001))
    dropped = [each for each in found.tries if not each.finished]
    assert dropped and all(0 < len(each.aucs) < 5 for each in dropped)


def test_on_pure_noise_no_options_are_called_better(table: Table) -> None:
    draw = np.random.default_rng(3)
    noise = Table(table.frame.assign(need=draw.integers(0, 2, 400)), table.roles, table.source)
    found = search(noise, DEFAULT, ModelChoice("boosting"), seconds=1000, tries=6, clock=ticking(0.001))
    assert not found.better
    assert "default" in str(found.said)


def test_progress_rises_and_stays_below_one_until_the_end(table: Table) -> None:
    told: list[tuple[float, Sentence]] = []
    search(
        table,
        DEFAULT,
        ModelChoice("logistic"),
        seconds=40,
        clock=ticking(1.0),
        progress=lambda done, doing: told.append((done, doing)),
    )
    fractions = [done for done, _ in told]
    assert fractions == sorted(fractions) and fractions[-1] < 1
    assert "Try 1; highest ROC AUC so far" in str(told[0][1])


def test_what_cannot_be_searched_is_said_all_at_once(table: Table) -> None:
    with pytest.raises(InputError) as caught:
        search(table, DEFAULT, ModelChoice("forest-article"), seconds=-1)
    assert "no options to search" in str(caught.value) and "budget in seconds is -1" in str(caught.value)

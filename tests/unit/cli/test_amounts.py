"""Visits, days and cost through every command that learns."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

Answer = Callable[..., dict[str, Any]]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def visits(tmp_path: Path) -> str:
    draw = np.random.default_rng(2)
    age = draw.integers(20, 90, 300)
    frame = pd.DataFrame({"age": age, "region": np.tile(["North", "South"], 150), "visits": draw.poisson(age / 20)})
    path = tmp_path / "visits.csv"
    frame.to_csv(path, index=False)
    return str(path)


def test_amounts_are_learnt_compared_saved_and_scored_and_their_sum_is_the_demand(
    answer: Answer, visits: str, tmp_path: Path
) -> None:
    model, card = str(tmp_path / "model.medalloc"), str(tmp_path / "card.md")
    found = answer("need", visits, "--target", "visits", "--compare", "--save", model, "--card", card)
    assert found["need"] == {"column": "visits", "holds": "counts", "family": "poisson"}
    assert found["chosen"] == "linear" and found["leaderboard"][-1]["model"] == "mean"
    assert len(found["deciles"]) == 10 and found["intervals"]["mae"][0] < found["scores"]["mae"]
    assert "expected amount of “visits”" in Path(card).read_text(encoding="utf-8")
    really = float(pd.read_csv(visits)["visits"].sum())
    scored = answer("score", visits, "--with", model, "--region", "region", "--out", str(tmp_path / "scored.csv"))
    assert scored["expected_amount"] == pytest.approx(really, rel=0.05)
    assert pd.read_csv(tmp_path / "scored.csv")["expected_visits"].sum() == pytest.approx(scored["expected_amount"])
    plan = answer("plan", visits, "--target", "visits", "--resource", "beds=100", "--unit", "visits a year")
    assert plan["demand"] == pytest.approx(really, rel=0.05) and plan["unit"] == "visits a year"
    assert plan["need"]["holds"] == "counts"
    assert "Demand is counted in: visits a year" in plan["notes"][0]


def test_options_that_do_not_suit_amounts_are_refused_in_one_sentence(run: Run, visits: str) -> None:
    asked = ("need", visits, "--target", "visits")
    for further, words in (
        (("--need-is", "3", "--need-as", "counts"), "--need-is has no effect"),
        (("--model", "svm"), "use one of: boosting, mean, linear"),
        (("--groups", "region"), "--groups compares answers"),
        (("--need-as", "amounts"), "say that it is “counts”"),
        (("--need-as", "answers"), "which of them mean need cannot be told"),
        (("--calibration", "sigmoid"), "--calibration has no effect"),
        (("--option", "boosting:trees=0"), "trees"),
        (("--need-is", "0,1", "--model", "mean"), "Model “mean” learns amounts"),
    ):
        ended = run(*asked, *further)
        assert ended.returncode == 2 and not ended.stdout and words in ended.stderr
        assert len(ended.stderr.splitlines()) == 1

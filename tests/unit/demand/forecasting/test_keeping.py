"""What is kept of a forecast is the forecast."""

import json
from pathlib import Path

import numpy as np
import pytest

from medalloc.demand.forecasting.expecting import expected
from medalloc.demand.forecasting.outlook import Outlook, outlook
from medalloc.demand.forecasting.panel import Covariate, Panel
from medalloc.demand.forecasting.question import Question
from medalloc.saved import read_pieces, write_pieces
from medalloc.sentences import sentence

WORDS, NUMBERS = "kept.json", "kept.npz"


def save_outlook(made: Outlook, folder: Path) -> None:
    write_pieces(made, folder, "kept")


def load_outlook(folder: Path) -> Outlook:
    return read_pieces(Outlook, folder, "kept", sentence("forecast"))


@pytest.fixture(scope="module")
def found(weeks) -> Outlook:
    made = weeks(3, 130)
    known = Covariate("holiday", np.zeros((3, 134)))
    return outlook(Panel(made.regions, made.calendar, made.values, (known,), made.notes), Question(horizon=3))


def test_what_was_kept_comes_back_as_it_was(found: Outlook, tmp_path: Path) -> None:
    save_outlook(found, tmp_path)
    again = load_outlook(tmp_path)
    for what in ("question", "verdict", "coverage", "notes", "origins"):
        assert getattr(again, what) == getattr(found, what)
    assert again.panel.calendar == found.panel.calendar and again.panel.covariate_names() == ("holiday",)
    assert np.array_equal(again.panel.values, found.panel.values, equal_nan=True)
    for name, scores in found.compared.items():
        assert again.compared[name].overall == scores.overall
        assert again.compared[name].by_horizon == scores.by_horizon
        assert again.compared[name].by_season == scores.by_season
        assert np.array_equal(again.trials[name][0].predicted, found.trials[name][0].predicted)
    assert list(again.kept) == list(found.kept)
    assert expected(again.forecast, {}).total_high == expected(found.forecast, {}).total_high


def test_numbers_that_json_does_not_have_come_back(weeks, tmp_path: Path) -> None:
    nothing = weeks(2, 40)
    made = outlook(Panel(nothing.regions, nothing.calendar, np.zeros((2, 40))), Question(models=("naive",)))
    save_outlook(made, tmp_path)
    again = load_outlook(tmp_path)
    assert (
        np.array_equal(again.compared["naive"].by_origin, made.compared["naive"].by_origin, equal_nan=True)
        and again.compared["naive"].overall.wape == made.compared["naive"].overall.wape
    )


def test_nothing_that_is_kept_has_to_be_unpickled(found: Outlook, tmp_path: Path) -> None:
    save_outlook(found, tmp_path)
    assert sorted(each.name for each in tmp_path.iterdir()) == [WORDS, NUMBERS]
    json.loads((tmp_path / WORDS).read_text(encoding="utf-8"), parse_constant=pytest.fail)
    with np.load(tmp_path / NUMBERS, allow_pickle=False) as stored:
        assert all(stored[name].dtype.kind in "fi" for name in stored.files)

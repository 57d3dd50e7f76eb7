import numpy as np
import pytest

from medalloc.live.alarms import MONTH, alarmed, calibrated, running, surprises
from medalloc.live.levels import usual_before


def weeks(seed: int, regions: int = 6, length: int = 400) -> np.ndarray:
    """Counts in which one week's luck is half that of the week before, and which come and go with the year."""
    draw = np.random.default_rng(seed)
    luck = draw.normal(0, 0.3, (regions, length))
    for week in range(1, length):
        luck[:, week] = 0.5 * luck[:, week - 1] + 0.85 * luck[:, week]
    season = 0.8 * np.sin(np.arange(length) * 2 * np.pi / 52)
    return draw.poisson(np.exp(3 + luck + season)).astype(float)


def test_false_alarms_are_as_rare_as_promised_in_years_that_were_not_learnt_from() -> None:
    begun = []
    for seed in range(6):
        alarms = calibrated(weeks(seed), 7.0)
        later = running(surprises(weeks(100 + seed)) / alarms.spread[:, None]) >= alarms.threshold
        begun.append((later[:, 1:] & ~later[:, :-1]).sum() / (later.shape[1] * 7 / MONTH))
    assert 0.2 < np.mean(begun) <= 1


def test_what_is_measured_on_held_back_history_holds_later() -> None:
    alarms = calibrated(weeks(1), 7.0)
    later, noticed = weeks(2), []
    for start in range(40, 390, 5):
        grown = later[:, : start + 4].copy()
        calm = ~alarmed(alarms, grown[:, :start])
        grown[:, start:] *= 2
        noticed += np.any([alarmed(alarms, grown[:, : start + 1 + k]) for k in range(4)], axis=0)[calm].tolist()
    assert np.mean(noticed) == pytest.approx(alarms.sensitivity, abs=0.12)
    assert 0 <= alarms.delay <= 3


def test_a_missing_count_neither_raises_nor_ends_an_alarm() -> None:
    counts = np.full((2, 20), 10.0)
    counts[:, -2:] = [[100, 100], [100, np.nan]]
    mean = running(surprises(counts))
    assert mean[1, -1] == mean[1, -2] > 0 and mean[0, -1] > mean[1, -1]


def test_without_a_history_nothing_is_ever_an_alarm() -> None:
    counts = np.arange(8.0)[None, :]
    alarms = calibrated(counts, 7.0)
    assert alarms.threshold == np.inf and np.isnan(alarms.sensitivity)
    assert not alarmed(alarms, np.array([[1.0] * 9 + [1e6]])).any()


def test_usual_is_the_median_of_what_is_known() -> None:
    nan = np.nan
    assert usual_before(np.array([[1, nan, 3, 9], [nan] * 4]), 3)[0] == 6
    assert np.isnan(usual_before(np.array([[nan] * 4]), 3)[0])

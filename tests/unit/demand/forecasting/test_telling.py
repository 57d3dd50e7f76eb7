"""Counts over time of a shared workspace tell of no small number of people."""

from pathlib import Path

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.telling import told_over_time, told_panel
from medalloc.disclosure.hiding import told
from medalloc.disclosure.journal import FileJournal
from medalloc.disclosure.rule import Rule

PEOPLE = st.one_of(st.just(float("nan")), st.integers(0, 60).map(float))


@given(st.lists(st.lists(PEOPLE, min_size=4, max_size=4), min_size=1, max_size=6), st.integers(2, 12))
def test_no_small_count_is_told_nor_does_the_total_of_a_period_tell_it(rows: list[list[float]], fewest: int) -> None:
    exact, told = np.array(rows), told_over_time(rows, Rule(fewest, 1))
    shown = np.isfinite(told)
    assert (np.isfinite(exact) | ~shown).all()
    assert ((told[shown] == 0) | (told[shown] >= fewest)).all()
    for period in range(exact.shape[1]):
        hidden = np.isfinite(exact[:, period]) & ~shown[:, period]
        others = shown[:, period] & (told[:, period] > 0)
        # the total less what is told is the sum of what is hidden: of several, or of all there are
        assert not hidden.any() or not others.any() or (hidden.sum() > 1 and exact[hidden, period].sum() >= fewest)


def test_nothing_is_changed_where_all_is_told_and_gaps_stay_gaps() -> None:
    panel = Panel(("A", "B"), Calendar("week", pd.Timestamp("2024-01-07")), np.array([[3.0, np.nan], [9.0, 8.0]]))
    assert told_panel(panel, Rule()) is panel
    assert np.isnan(told_panel(panel, Rule(5)).values).tolist() == [[True, True], [True, False]]


def test_each_period_of_a_panel_is_told_by_its_day_and_its_regions() -> None:
    draw, rule = np.random.default_rng(2), Rule(5, 3)
    panel = Panel(("A", "B", "C"), Calendar("week", pd.Timestamp("2024-01-07")), draw.poisson(6, (3, 4)).astype(float))
    periods = ["2024-01-07", "2024-01-14", "2024-01-21", "2024-01-28"]
    expected = [
        told(panel.values[:, [place]], rule, of=f"counted {period}", rows=panel.regions)[:, 0]
        for place, period in enumerate(periods)
    ]
    found = told_panel(panel, rule).values
    np.testing.assert_array_equal(found, np.transpose(expected))
    assert (np.isnan(found) | (found % 3 == 0)).all()


def test_noise_is_added_to_every_count_and_to_no_gap(tmp_path: Path) -> None:
    rule = Rule(epsilon=1.0, remembered=FileJournal(tmp_path / "told.jsonl"))
    exact = np.full((3, 40), 50.0)
    exact[1, :7] = np.nan
    found = told_over_time(exact, rule)
    np.testing.assert_array_equal(np.isnan(found), np.isnan(exact))
    assert 0 < np.nanmean(np.abs(found - exact)) < 10

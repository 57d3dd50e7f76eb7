import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.calendar import SEASONS
from medalloc.demand.forecasting.origins import ENOUGH_ORIGINS, MOST_ORIGINS, planned

every = st.sampled_from(("day", "week", "month", "quarter"))


@given(st.integers(4, 1500), every, st.data())
@settings(max_examples=200)
def test_no_target_of_a_comparison_lies_in_what_is_kept_aside(length, period, data):
    horizon = data.draw(st.integers(1, length // 2))
    found = planned(length, horizon, period)
    assert found.compared
    assert found.compared[0] >= 0
    assert len(found.compared) <= MOST_ORIGINS
    assert list(found.compared) == sorted(set(found.compared))
    assert found.compared[-1] + horizon <= length - 1
    if found.kept:
        assert found.compared[-1] + horizon <= found.kept[0]
        assert found.kept[-1] == length - 2
    if len(found.compared) < ENOUGH_ORIGINS or not found.kept:
        assert found.note is not None


@given(st.integers(60, 1500), st.integers(1, 6), every)
@settings(max_examples=100)
def test_there_are_at_least_twelve_origins_when_the_history_allows(length, horizon, period):
    found = planned(length, horizon, period)
    assert len(found.compared) >= ENOUGH_ORIGINS
    assert len(found.kept) >= ENOUGH_ORIGINS
    assert found.note is None


def test_a_whole_year_is_compared_and_a_whole_year_kept_aside():
    found = planned(436, 4, "week")
    assert found.compared[-1] - found.compared[0] >= 50
    assert found.kept[-1] - found.kept[0] >= 50


@pytest.mark.parametrize(
    ("length", "years"),
    [(104 + 52 * 4, 1), (104 + 52 * 5 + 4, 2), (1000, 3), (5000, 3)],
)
def test_three_years_are_compared_where_four_more_are_left_to_learn_from(length, years):
    """Of what is not kept aside four years and the horizon come first; at least one is compared, at most three."""
    found = planned(length, 4, "week")
    compared = found.compared[-1] - found.compared[0] + 1
    assert years * 52 - found.step < compared <= years * 52
    assert found.compared[-1] == length - 52 - 1 - 4


@given(st.integers(30, 600), every, st.integers(1, 15))
@settings(max_examples=200)
def test_where_the_history_allows_the_season_before_was_counted_from_the_first_origin_on(length, period, horizon):
    found, season = planned(length, horizon, period), SEASONS[period]
    if (length - season - horizon) // 2 >= ENOUGH_ORIGINS:
        assert found.compared[0] >= season

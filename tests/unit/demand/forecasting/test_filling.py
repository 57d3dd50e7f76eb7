import numpy as np
from hypothesis import example, given, settings
from hypothesis import strategies as st

from medalloc.demand.forecasting.filling import CARRIED, filled


def by_hand(series: list[float], season: int) -> list[float]:
    made: list[float] = []
    for period, value in enumerate(series):
        known = [place for place in range(period + 1) if not np.isnan(series[place])]
        if not known:
            later = [each for each in series if not np.isnan(each)]
            made.append(later[0] if later else 0.0)
        elif period - known[-1] > CARRIED and period >= season and known[0] <= period - season:
            made.append(made[period - season])
        else:
            made.append(series[known[-1]])
        assert np.isnan(value) or made[-1] == value
    return made


counts = st.lists(st.one_of(st.just(float("nan")), st.integers(0, 99).map(float)), min_size=1, max_size=40)


@given(counts, st.integers(2, 12))
@example([5.0, 6.0, 7.0, *[float("nan")] * 9], 8)
@settings(max_examples=100)
def test_gaps_are_filled_by_the_last_count_and_then_by_the_season_before(series, season):
    assert filled(np.array([series]), season).tolist() == [by_hand(series, season)]


@given(counts, st.integers(2, 12), st.integers(1, 40))
@settings(max_examples=100)
def test_what_stands_in_never_depends_on_later_counts_once_a_region_has_begun(series, season, end):
    begun = np.flatnonzero(~np.isnan(series))
    cut = filled(np.array([series[:end]]), season)[0]
    whole = filled(np.array([series]), season)[0][:end]
    first = begun[0] if len(begun) else len(series)
    assert cut[first:].tolist() == whole[first:].tolist()

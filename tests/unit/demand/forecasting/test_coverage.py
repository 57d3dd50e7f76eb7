from medalloc.demand.forecasting.coverage import Coverage


def test_what_intervals_held_is_told_of_counts_and_of_sums_with_the_dates_that_tell_it():
    assert str(Coverage({0.8: 0.724}, 0.61, 26).said[0]) == (
        "On the last 26 past dates, each with what was known by then, intervals that promise 80% held 72% of the "
        "counts and 61% of their sums over the regions."
    )
    assert Coverage().said == ()

import numpy as np

from medalloc.need.fit_warnings import most_outside


def test_files_of_the_same_population_stay_below_the_usual_number_outside() -> None:
    draw = np.random.default_rng(5)
    for _ in range(200):
        trained, new = draw.normal(size=500), draw.normal(size=3000)
        assert np.sum(new > trained.max()) <= most_outside(3000, 500, 1)


def test_one_value_outside_is_unusual_in_a_short_file_and_usual_in_a_long_one() -> None:
    assert most_outside(50, 10_000, 10) < 1 < most_outside(100_000, 10_000, 10)

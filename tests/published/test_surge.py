"""An epidemic by day as CHIME of Penn Medicine has it: tests/penn_chime/test_cli.py, every row of it."""

import numpy as np
import pytest

from medalloc.demand import surge
from medalloc.published.surge import ASSUMED

PERSONS = [
    [999000.0, 1000.0, 10.0],
    [998480.4920892271, 1319.5079107728943, 210.0],
    [997795.3537677001, 1740.7446501454608, 473.901582154579],
    [996982.4376530153, 2205.5118348010456, 822.0505121836709],
    [995953.3174905422, 2793.529630313953, 1263.15287914388],
    [994651.1661838164, 3536.9750109768916, 1821.8588052066705],
    [993004.6273653577, 4476.118827240136, 2529.2538074020486],
    [990924.346062018, 5661.176365132148, 3424.4775728500767],
]
"""Susceptible, infected, recovered; contacts are reduced after the third row."""

ADMISSIONS = [
    [np.nan, np.nan, np.nan],
    [0.5195079107728944, 25.97539553864472, 1.298769776932236],
    [0.6851383215271454, 34.25691607635727, 1.7128458038178636],
    [0.8129161146846768, 40.64580573423383, 2.0322902867116914],
    [1.029120162473117, 51.456008123655835, 2.5728004061827923],
    [1.3021513067257287, 65.10756533628646, 3.255378266814322],
    [1.6465388184586223, 82.32694092293116, 4.116347046146558],
    [2.0802813033400414, 104.01406516700195, 5.200703258350099],
]
"""Hospital, intensive care, ventilator."""

CENSUS = [
    [0.0, 0.0, 0.0],
    [0.5195079107728944, 25.97539553864472, 1.298769776932236],
    [1.2046462323000398, 60.23231161500199, 3.0116155807500995],
    [2.0175623469847164, 100.87811734923582, 5.043905867461791],
    [3.0466825094578334, 152.33412547289166, 7.616706273644583],
    [4.3488338161835625, 217.4416908091781, 10.872084540458905],
    [5.47586472386929, 299.76863173210927, 13.689661809673227],
    [6.871007705682186, 403.7826968991112, 17.17751926420546],
]
"""Hospital, intensive care, ventilator."""


def test_every_row_is_that_of_chime():
    made = surge(ASSUMED)
    assert made.day.tolist() == list(range(-2, 6))
    # both are sums of the same numbers in the same order; the last bit is left to the machine's powers of two
    np.testing.assert_allclose(np.column_stack([made.susceptible, made.infected, made.recovered]), PERSONS, rtol=1e-14)
    np.testing.assert_allclose(made.admissions, ADMISSIONS, rtol=1e-12)
    np.testing.assert_allclose(made.census, CENSUS, rtol=1e-12)


def test_the_reproduction_number_is_that_of_the_doubling_time():
    """By hand: infectious days times the daily growth, and one more; ten percent fewer contacts, ten percent less."""
    made = surge(ASSUMED)
    assert made.reproduction == pytest.approx(5 * (2**0.4 - 1) + 1)
    assert made.reproduction_reduced == pytest.approx(0.9 * made.reproduction)

"""An epidemic day by day as CHIME computes it: tests/penn_chime/test_cli.py, test_main_with_csv_verification."""

import numpy as np
import pytest

from medalloc.demand.surge import admissions, census, course
from medalloc.published.surge import EPIDEMIC

COURSE = [
    [999000.0, 1000.0, 10.0],
    [998480.4920892271, 1319.5079107728943, 210.0],
    [997795.3537677001, 1740.7446501454608, 473.901582154579],
    [996982.4376530153, 2205.5118348010456, 822.0505121836709],
    [995953.3174905422, 2793.529630313953, 1263.15287914388],
    [994651.1661838164, 3536.9750109768916, 1821.8588052066705],
    [993004.6273653577, 4476.118827240136, 2529.2538074020486],
    [990924.346062018, 5661.176365132148, 3424.4775728500767],
]
"""Susceptible, infected, recovered from day to day."""

ADMITTED = [
    0.5195079107728944,
    0.6851383215271454,
    0.8129161146846768,
    1.029120162473117,
    1.3021513067257287,
    1.6465388184586223,
    2.0802813033400414,
]
"""Admissions to hospital from the second day on."""

CENSUS = [
    (
        0.01,
        5,
        [
            0.0,
            0.5195079107728944,
            1.2046462323000398,
            2.0175623469847164,
            3.0466825094578334,
            4.3488338161835625,
            5.47586472386929,
            6.871007705682186,
        ],
    ),
    (
        0.5,
        10,
        [
            0.0,
            25.97539553864472,
            60.23231161500199,
            100.87811734923582,
            152.33412547289166,
            217.4416908091781,
            299.76863173210927,
            403.7826968991112,
        ],
    ),
    (
        0.025,
        5,
        [
            0.0,
            1.298769776932236,
            3.0116155807500995,
            5.043905867461791,
            7.616706273644583,
            10.872084540458905,
            13.689661809673227,
            17.17751926420546,
        ],
    ),
]
"""Share of the infected, days that they stay, and who lies there from day to day."""

made = course(EPIDEMIC, 7)


def test_the_course_of_the_epidemic_is_that_of_chime():
    found = np.column_stack([made.susceptible, made.infected, made.recovered])
    np.testing.assert_allclose(found, COURSE, rtol=1e-13)


def test_admissions_are_those_of_chime():
    np.testing.assert_allclose(admissions(made, 0.01 * 0.1)[1:], ADMITTED, rtol=1e-10)


@pytest.mark.parametrize(("share", "stay", "expected"), CENSUS)
def test_who_lies_in_hospital_is_that_of_chime(share, stay, expected):
    np.testing.assert_allclose(census(admissions(made, share * 0.1), stay), expected, rtol=1e-10)

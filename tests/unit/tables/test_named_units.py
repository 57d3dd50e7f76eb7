"""A name says by what its numbers are to be multiplied."""

import pytest

from medalloc.tables.named_units import multiple_of, rate_of


@pytest.mark.parametrize(
    ("name", "times"),
    [
        ("Population (thousands)", 1_000),
        ("Einwohner in Tsd.", 1_000),
        ("Population, 000s", 1_000),
        ("population in millions", 1_000_000),
        ("人口（万人）", 10_000),
        ("Population 2020", 1),
        ("Demand (persons/yr)", 1),
    ],
)
def test_a_name_says_by_what_its_numbers_are_multiplied(name: str, times: int) -> None:
    assert multiple_of(name)[1] == times


def test_a_rate_of_something_else_than_people_is_none() -> None:
    assert rate_of("beds_per_ward") is None

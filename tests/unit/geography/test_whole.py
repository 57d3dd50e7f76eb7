"""A country that stands beside its own regions is found by its name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.geography.boundaries import boundaries
from medalloc.geography.whole import whole_of
from medalloc.study.steps.tables import table_summaries
from medalloc.tables.reading import read_bytes
from medalloc.tables.summary_rows import kept_rows

OFFICE = """GEO,Total beds,Admissions
Canada,9300,"120,000"
Ontario,5000,60000
Quebec,4300,50000
Nunavut,..,9000
"""
"""Only the beds add up, and not where they are not told."""


def names_in(boundary_set: str) -> list[str]:
    return [each.names[1] for each in boundaries(boundary_set)]


@given(
    st.sampled_from(["countries/ca", "countries/za", "countries/de", "countries/ke", "us_states", "china_provinces"]),
    st.data(),
)
def test_the_country_of_any_of_its_regions_is_the_whole_wherever_it_stands(
    boundary_set: str, data: st.DataObject
) -> None:
    countries = {
        "countries/ca": "Canada",
        "countries/za": "South Africa",
        "countries/de": "Germany",
        "countries/ke": "Kenya",
        "us_states": "United States",
        "china_provinces": "中国",
    }
    regions = data.draw(st.lists(st.sampled_from(names_in(boundary_set)), min_size=2, max_size=12, unique=True))
    country = countries[boundary_set]
    assert whole_of(data.draw(st.permutations([country, *regions]))) == country
    assert whole_of(regions) is None
    strangers = [each for name, each in countries.items() if name != boundary_set]
    assert whole_of([data.draw(st.sampled_from(strangers)), *regions]) is None


@pytest.mark.parametrize(
    "names",
    [
        ["Norway", "Sweden", "Denmark"],
        ["Georgia", "Ohio", "Texas"],
        # also regions of these countries are called so
        ["Luxembourg", "Diekirch", "Grevenmacher"],
        ["Mexico", "Oaxaca", "Puebla"],
        ["Canada", "Ontario"],
        ["Canada", "North ward", "South ward"],
    ],
)
def test_what_may_be_a_region_among_others_is_not_taken_for_the_whole(names: list[str]) -> None:
    assert whole_of(names) is None


def test_a_country_beside_its_provinces_is_left_out_and_said_although_not_all_columns_add_up() -> None:
    table = read_bytes(OFFICE.encode(), "beds.csv").with_roles({"Admissions": "demand"})
    found = table_summaries(table)
    rows, said = kept_rows(found)
    assert rows.tolist() == [False, True, True, True]
    assert [str(each) for each in said] == [
        "“Canada” is the country of the other regions.",
        "Rows that are sums of others were left out, so that nobody counts twice: Canada.",
    ]
    assert kept_rows(found, "keep")[0].all()

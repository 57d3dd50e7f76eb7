"""Which of the numbers of a file is what, and which of them count; all of it is said."""

import re
from dataclasses import replace

import pytest

from medalloc.tables.reading import read_bytes
from medalloc.tables.shapes.engine import read_as
from medalloc.tables.shapes.shape import Shape
from medalloc.tables.table import Table

LONG = Shape("long", "Long", ("place", "amount"), item="indicator", number="amount", region=("place",))
OVER_TIME = replace(LONG, period=("when",))


def read(text: str, shape: Shape) -> Table:
    return read_as(read_bytes(text.encode(), "f.csv"), shape)


def of_items(*items: str) -> Table:
    rows = [f"{place},{item},{number}" for number, item in enumerate(items) for place in ("A", "B")]
    return read("\n".join(["place,indicator,amount", *rows]) + "\n", LONG)


@pytest.mark.parametrize(
    ("items", "roles", "said"),
    [
        (["Visits"], ["demand"], ""),
        (["Death rate", "Visits", "Births"], ["ignored", "demand", "ignored"], "“Visits”.*: Death rate, Births."),
        (["Demand %", "Visits"], ["ignored", "demand"], "“Visits”.*: Demand %."),
        (["Visits", "Demand"], ["ignored", "demand"], "“Demand”.*: Visits."),
        (["Population", "Beds", "Visits"], ["population", "existing:beds", "demand"], "“Visits”.*: Population, Beds."),
        (["Death rate", "Coverage"], ["ignored", "ignored"], "No number counts people.*: Death rate, Coverage."),
        (["Beds", "Rate of demand"], ["existing:beds", "ignored"], "No number counts people.*: Beds, Rate of demand."),
    ],
)
def test_of_items_the_first_that_counts_people_is_the_demand_and_what_else_there_is_is_told(
    items: list[str], roles: list[str], said: str
) -> None:
    table = of_items(*items)
    assert dict(table.roles) == {"place": "region", **dict(zip(items, roles, strict=True))}
    told = [str(each) for each in table.notes if not str(each).startswith("Read as")]
    assert len(told) == bool(said) and re.search(said, " ".join(told)) is not None


WEEKS = ["2024-01-01", "2024-01-08", "2024-01-15", "2024-01-22"]


@pytest.mark.parametrize(
    ("times", "latest", "kept"),
    [
        (WEEKS, False, 4),
        (WEEKS, True, 1),
        (WEEKS[:3], False, 1),
        (WEEKS[:2], False, 1),
        (WEEKS[:1], True, 1),
        (["2019", "2020", "2021", "2022"], False, 1),
    ],
)
def test_counts_over_time_stay_unless_the_latest_counts_or_there_are_few_or_years(
    times: list[str], latest: bool, kept: int
) -> None:
    rows = [f"{place},{time},{number}" for number, time in enumerate(times, 1) for place in ("A", "B")]
    # the first region was not counted in the end
    rows[-2] = f"A,{times[-1]}," if len(times) > 1 else rows[-2]
    shape = replace(OVER_TIME, item="", latest=latest)
    table = read("\n".join(["place,when,amount", *rows]) + "\n", shape)
    assert (table.column("date") is not None) == (kept > 1) and len(table.frame) >= 2 * kept - 1
    if kept == 1:
        expected = {"A": len(times) - 1, "B": len(times)} if len(times) > 1 else {"A": 1, "B": 1}
        assert dict(zip(table.frame["place"], table.frame["amount"], strict=True)) == expected
    said = f"the latest numbers are used, of {times[max(len(times) - 2, 0)]} to {times[-1]}."
    assert any(said in str(each) for each in table.notes) == (kept == 1 and len(times) > 1)


def test_regions_of_one_name_are_told_apart_by_their_code_and_others_keep_theirs() -> None:
    text = "place,code,amount\nSpringfield,1,3\nSpringfield,2,4\nShelby,3,5\nShelby,3,6\nOgden,,7\n"
    table = read(text, replace(LONG, item="", code="code"))
    found = dict(zip(table.frame["place"], table.frame["amount"], strict=True))
    assert found == {"Springfield (1)": 3, "Springfield (2)": 4, "Shelby": 11, "Ogden": 7}

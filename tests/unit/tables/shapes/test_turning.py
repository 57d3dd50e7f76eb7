"""A table whose columns are regions is found, and turned when somebody says so."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.errors import InputError
from medalloc.tables.quality import findings
from medalloc.tables.reading import read_bytes
from medalloc.tables.shapes.catalogue import TURNED, shaped
from medalloc.tables.shapes.turning import as_turned
from medalloc.tables.summary_rows import summaries
from medalloc.tables.table import Source, Table

LYING = b"Indicator,North,South,Total\nPopulation,1000,2000,3000\nBeds,10,20,30\nAdmissions,100,300,400\nNote,3,4,5\n"


def kinds(text: bytes) -> set[str]:
    return {each.kind for each in findings(read_bytes(text, "t.csv"))}


def test_a_lying_table_is_said_and_turned_into_regions_with_their_roles() -> None:
    assert "lying" in kinds(LYING)
    made = shaped(read_bytes(LYING, "t.csv"), TURNED)
    assert made.frame["region"].tolist() == ["North", "South", "Total"]
    assert dict(made.roles) == {
        "region": "region",
        "Population": "population",
        "Beds": "existing:beds",
        "Admissions": "demand",
        "Note": "ignored",
    }
    assert summaries(made).sure == ("Total",)


@pytest.mark.parametrize(
    "text",
    [
        b"region,population,beds\nNorth,1,2\nSouth,3,4\n",
        # columns of periods are no regions
        b"indicator,2021,2022\nPopulation,1,2\nBeds,3,4\n",
        # nothing tells what is counted
        b"item,North,South\nApples,1,2\nPears,3,4\n",
        b"indicator,North,South\nPopulation,many,few\nBeds,3,4\n",
    ],
)
def test_no_other_table_is_said_to_lie(text: bytes) -> None:
    assert "lying" not in kinds(text)


def test_a_table_whose_rows_have_one_name_twice_cannot_be_turned() -> None:
    with pytest.raises(InputError, match="cannot be turned"):
        as_turned(read_bytes(b"of,North\nBeds,1\nBeds,2\n", "t.csv"))


@given(
    st.dictionaries(st.text("abcdef", min_size=1), st.lists(st.integers(0, 10**9), min_size=3, max_size=3), min_size=1)
)
def test_turning_keeps_every_number(cells: dict[str, list[int]]) -> None:
    frame = pd.DataFrame(cells.values(), columns=["A", "B", "C"])
    frame.insert(0, "of", pd.Series(list(cells), dtype="str"))
    made = as_turned(Table(frame, dict.fromkeys(frame, "ignored"), Source("t", ""))).frame
    assert made.iloc[:, 1:].T.to_numpy().tolist() == list(cells.values())

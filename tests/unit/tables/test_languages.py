"""A table of regions in many languages: its roles are found, the row of sums stays out, and a plan can be made."""

from pathlib import Path

import pandas as pd
import pytest

from medalloc.tables.languages import is_total, means
from medalloc.tables.reading import read_bytes
from medalloc.tables.role_words import resource_called, resource_there
from medalloc.tables.roles import suggest_roles
from medalloc.tables.summary_rows import summaries

FILES = sorted((Path(__file__).parent / "languages").glob("*.csv"))


@pytest.mark.parametrize("file", FILES, ids=[each.stem for each in FILES])
def test_a_table_in_this_language_needs_no_hand(file: Path) -> None:
    table = read_bytes(file.read_bytes(), file.name)
    roles = list(table.roles.values())
    assert roles[:3] == ["region", "population", "demand"]
    assert [resource_called(each.removeprefix("existing:")) for each in roles[3:]] == ["beds", "nurses", "doctors"]
    assert summaries(table).levels[0].tolist() == [True, True, True, False]


def test_a_word_that_means_something_else_elsewhere_is_none_of_ours() -> None:
    frame = pd.DataFrame({"place": ["A", "B"], "IL": [1, 2], "grad": [3, 4], "data": ["x", "y"], "land": [5, 6]})
    assert set(suggest_roles(frame).values()) == {"ignored"}
    assert suggest_roles(pd.DataFrame({"data": ["2024-01-01", "2024-01-08"], "kraj": ["x", "y"]})) == {
        "data": "date",
        "kraj": "region",
    }


def test_what_is_a_place_too_is_a_sum_only_in_its_own_language() -> None:
    nepal = read_bytes(b"District,Cases\nJumla,3\nMugu,4\nDolpa,9\n", "nepal.csv")
    assert summaries(nepal).sure == ()
    assert is_total("Jumla", ["Mkoa"])


def test_a_word_is_whole_or_it_is_none() -> None:
    assert resource_there("Bedden") == "bedden"
    assert [resource_there(each) for each in ("bedroom", "litsen", "embed")] == [None, None, None]
    assert [means("region", each) for each in ("Nazwa województwa", "WOJEWODZTWO", "Wojewoda")] == [True, True, False]

"""Laws of what is said of roles that were guessed."""

import pandas as pd
import pytest

from medalloc.tables.roles import suggest_roles
from medalloc.tables.table import Source, Table
from medalloc.tables.taken_for import with_given


def table(columns: str) -> Table:
    frame = pd.DataFrame(
        {name: ["Nord", "Süd"] if place == 0 else [10, 20] for place, name in enumerate(columns.split("|"))}
    )
    return Table(frame, suggest_roles(frame), Source("t.csv", ""))


def said(columns: str, given: dict[str, str]) -> str:
    return " ".join(map(str, with_given(table(columns), given).notes))


def test_columns_that_are_called_as_their_roles_are_no_guess() -> None:
    assert said("region|demand|population|existing_beds", {}) == ""


@pytest.mark.parametrize(
    ("columns", "told"),
    [
        ("Landkreis|Fälle", "“Landkreis”: region; “Fälle”: demand [people]"),
        ("省份|需求|现有床位", "“省份”: region; “需求”: demand [people]; “现有床位”: 床位, existing [units]"),
        (
            "region|Cases per month|Number of beds",
            "“Cases per month”: demand [people]; “Number of beds”: beds, existing",
        ),
    ],
)
def test_every_role_that_was_told_by_a_name_is_said(columns: str, told: str) -> None:
    assert told in said(columns, {})


def test_what_was_given_by_hand_is_no_guess() -> None:
    given = {"Fälle": "demand"}
    assert "Fälle" not in said("Landkreis|Fälle", given)
    assert "Landkreis" in said("Landkreis|Fälle", given)


def of_patients() -> Table:
    frame = pd.DataFrame({"full name": ["A. Ash", "B. Bo"], "age": [30, 70], "need": [0, 1]})
    return Table(frame, suggest_roles(frame), Source("t.csv", ""))


def test_a_column_of_patients_that_no_model_is_given_is_said() -> None:
    assert "not used: full name." in " ".join(map(str, with_given(of_patients(), {}).notes))


def test_a_column_that_was_left_out_by_hand_needs_no_word() -> None:
    assert not with_given(of_patients(), {"full name": "ignored"}).notes


def test_it_is_said_as_well_where_nothing_is_left_to_learn_from() -> None:
    frame = pd.DataFrame({"full name": ["A. Ash", "B. Bo"], "need": [0, 1]})
    table = Table(frame, suggest_roles(frame), Source("t.csv", ""))
    assert "not used: full name." in " ".join(map(str, with_given(table, {}).notes))

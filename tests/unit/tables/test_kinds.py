"""What a column holds, told from its cells, and how sure its role is."""

import pandas as pd
import pytest

from medalloc.tables.kinds import kind_and_evidence, why


@pytest.mark.parametrize(
    ("cells", "role", "kind"),
    [
        ([3, 0, 12, 3], "ignored", "count"),
        ([-3, 0, 12, 3], "ignored", "number"),
        ([0.5, 1.25], "ignored", "number"),
        (["A-1", "B-7", "C-9"], "ignored", "identifier"),
        ([1, 2, 3], "ignored", "identifier"),
        ([907, 3, 44], "patient id", "identifier"),
        ([0, 1, 1, 0], "ignored", "yes or no"),
        (["ja", "Nein", "ja"], "ignored", "yes or no"),
        ([True, False, True], "ignored", "yes or no"),
        (["2024-01-01", "2024-W02"], "ignored", "date"),
        (["01001", "01003", "01003"], "region", "region code"),
        (["Ohio", "Iowa", "Ohio"], "region", "category"),
        (["m", "f", "m"], "ignored", "category"),
        (["came in at night by car", "was sent home in the morning"], "ignored", "free text"),
        ([None, None], "ignored", "text"),
    ],
)
def test_a_column_is_of_one_kind_and_something_shows_it(cells: list[object], role: str, kind: str) -> None:
    found, said = kind_and_evidence(pd.Series(cells), role)
    assert found == kind
    assert str(said)


def test_a_role_says_how_sure_it_is() -> None:
    assert str(why("existing_beds", "existing:beds", {})) == "sure: it is called so"
    assert str(why("Anzahl Betten", "existing:betten", {})) == "likely: words in its name"
    assert str(why("x", "demand", {"x": "demand"})) == "given by hand"


def test_numbers_that_cannot_be_negative_are_no_identifier_because_they_wrap_round() -> None:
    assert kind_and_evidence(pd.Series([254, 255, 0, 1], dtype="uint8"))[0] == "count"
    assert kind_and_evidence(pd.Series([254, 255], dtype="uint8"))[0] == "identifier"

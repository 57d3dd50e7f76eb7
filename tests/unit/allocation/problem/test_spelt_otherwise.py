"""Resources and cells that are spelt otherwise than they are asked for."""

import pytest

from medalloc.allocation.problem.region_table import for_resources
from medalloc.allocation.problem.statement import Problem, Resource
from medalloc.allocation.problem.understood import understood
from medalloc.errors import InputError
from medalloc.tables.reading import read_bytes

ITALIAN = read_bytes(
    'Distretto;Ricoveri attesi;Posti letto;Capacità\nLugo;1000;"12 letti";3\nFaenza;300;4;1\n'.encode(), "r.csv"
)


def test_beds_are_beds_in_any_language_and_what_was_guessed_is_said() -> None:
    assert for_resources(ITALIAN, ["beds"]).roles["Posti letto"] == "existing:beds"
    assert for_resources(ITALIAN, ["nurses"]).roles["Posti letto"] == "ignored"
    assert [str(each) for each in understood(ITALIAN, ["beds"])] == [
        "“Posti letto”: “12 letti” is read as 12.",
        "Columns that are not used: Capacità.",
    ]


def test_a_column_of_another_resource_that_may_be_the_one_that_is_placed_is_asked_about() -> None:
    table = read_bytes(b"region,demand,hospital beds\nA,1,2\nB,2,3\n", "r.csv")
    asked = (
        "“hospital beds” is taken for hospital beds, which are not placed. If it means beds, give it the role "
        "“existing:beds”: on the Data screen, in commands by --column."
    )
    assert [str(each) for each in understood(table, ["beds"])] == [
        "Columns that are not used: hospital beds.",
        asked,
    ]
    assert understood(table, ["hospital beds"]) == []
    told = table.with_roles({"hospital beds": "existing:beds"})
    assert "hospital beds" not in " ".join(map(str, understood(told, ["beds"])))


def test_a_resource_is_named_once_in_whatever_capitals() -> None:
    with pytest.raises(InputError, match="“beds” and “Beds” are one resource"):
        Problem(("A",), [1.0], (Resource("beds", 1.0), Resource("Beds", 1.0)))

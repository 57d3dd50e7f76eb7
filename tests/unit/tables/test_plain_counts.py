"""Numbers are multiplied where their column says that they are thousands or rates, and that is said."""

import pytest

from medalloc.errors import InputError
from medalloc.tables.plain_counts import as_plain_counts
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Table


def table(text: str) -> Table:
    return as_plain_counts(read_bytes(text.encode(), "r.csv"))


@pytest.mark.parametrize(
    ("name", "times"), [("Population (thousands)", 1_000), ("人口（万人）", 10_000), ("Cases 2020", 1)]
)
def test_numbers_are_multiplied_as_the_name_of_their_column_says(name: str, times: int) -> None:
    assert table(f'region,"{name}",cases\nA,2,1\nB,3,1\n').frame[name].tolist() == [2 * times, 3 * times]


THOUSANDS = "region,population,demand,beds per 1000\nA,2,1,5\nB,3,2,5\n"


def test_somebody_may_say_what_numbers_are_multiples_of() -> None:
    came_in = read_bytes(THOUSANDS.encode(), "r.csv")
    assert as_plain_counts(came_in).notes == ()
    every = as_plain_counts(came_in, 1000)
    assert every.frame.iloc[:, 1:].to_numpy().tolist() == [[2000, 1000, 5], [3000, 2000, 5]]
    assert [str(each) for each in every.notes] == [
        f"“{name}” is multiplied by 1,000, as it was chosen." for name in ("population", "demand")
    ]
    one = as_plain_counts(came_in, 1000, ["demand"])
    assert one.frame.iloc[:, 1:].to_numpy().tolist() == [[2, 1000, 5], [3, 2000, 5]]
    assert as_plain_counts(came_in, 1).frame.equals(came_in.frame)


def test_a_name_that_says_its_multiple_holds_whatever_is_said_of_the_others() -> None:
    came_in = read_bytes(b"region,population (millions),demand\nA,2,1\nB,3,2\n", "r.csv")
    assert as_plain_counts(came_in, 10).frame.iloc[0].tolist() == ["A", 2_000_000, 10]


def test_a_multiple_of_nothing_is_refused() -> None:
    came_in = read_bytes(THOUSANDS.encode(), "r.csv")
    with pytest.raises(InputError, match="no column “x” to multiply"):
        as_plain_counts(came_in, 1000, ["x"])
    with pytest.raises(InputError, match="multiplied by 0"):
        as_plain_counts(came_in, 0)


def test_powers_of_ten_beside_a_value_hold_for_it_row_by_row() -> None:
    made = table("GEO,SCALAR_ID,VALUE\nA,0,5\nB,3,5\nC,,5\n")
    assert made.frame["VALUE"].tolist() == [5, 5000, 5]
    assert "powers of ten in “SCALAR_ID”" in str(made.notes[-1])
    assert not table("GEO,SCALAR_ID,VALUE\nA,0,5\nB,0,6\n").notes


def test_a_rate_is_of_the_people_who_live_there() -> None:
    for name, base in (("demand_per_1000", 1000), ("Admissions per 10,000 people", 10_000), ("Demand %", 100)):
        found = table(f'region,Population (thousands),"{name}"\nA,2,10\nB,,20\nC,4,n/k\n')
        assert found.roles[name] == "demand"
        assert found.frame[name].tolist()[0] == str(2000 * 10 / base) and found.frame[name].tolist()[2] == "n/k"
        assert found.frame[name].isna().tolist() == [False, True, False]
        assert "is a rate: it is multiplied" in str(found.notes[-1])


def test_a_rate_without_people_or_without_its_base_is_no_demand_unasked() -> None:
    assert table("region,demand_per_1000\nA,1\n").roles["demand_per_1000"] == "ignored"
    assert table("region,population,demand_rate\nA,1,2\n").roles["demand_rate"] == "ignored"
    asked = read_bytes(b"region,demand_per_1000\nA,1\n", "r.csv").with_roles({"demand_per_1000": "demand"})
    assert "taken as it is" in str(as_plain_counts(asked).notes[-1])


def test_counts_beside_a_rate_are_the_demand() -> None:
    roles = table("region,population,cases_per_1000,cases\nA,5,1,2\n").roles
    assert (roles["cases"], roles["cases_per_1000"]) == ("demand", "ignored")

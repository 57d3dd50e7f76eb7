"""Rows that name columns, units and years below names: what each of them is taken for."""

import pytest

from medalloc.tables.name_rows import describes, filled, is_its_name, joined, stand_over, years_in


def row(text: str) -> list[str]:
    return text.split(",")


@pytest.mark.parametrize(("text", "count"), [("", 0), (" ,,\t", 0), ("a, ,b", 2), ("0", 1)])
def test_cells_that_are_not_blank_are_counted(text: str, count: int) -> None:
    assert filled(row(text)) == count


@pytest.mark.parametrize(
    ("upper", "lower", "made"),
    [
        ("region,Beds,", ",all,acute", "region,Beds all,Beds acute"),
        ("region,Sex,", ",male,female", "region,male,female"),
        ("region,Sex,,Age,", ",all,male,all,old", "region,Sex all,male,Age all,old"),
        ("region,Beds,,Nurses,", ",all,day,all,day", "region,Beds all,Beds day,Nurses all,Nurses day"),
        ("region,Beds", "", "region,Beds"),
        ("region,Beds,", "", "region,Beds,"),
        ("area,Beds,,Nurses", ",2023,2024,2024", "area,Beds 2023,Beds 2024,Nurses 2024"),
        ("V1,V2", "District,Population", "District,Population"),
    ],
)
def test_a_lower_name_stands_alone_where_it_tells_columns_apart_and_says_what_is_counted(
    upper: str, lower: str, made: str
) -> None:
    assert ",".join(joined(row(upper), row(lower))) == made


@pytest.mark.parametrize(
    ("names", "below", "over"),
    [
        ("region,Beds,", ",all,acute", True),
        ("region,Beds,", ",2023,2024", True),
        ("region,Beds,", ",2,acute", False),
        ("region,Beds,", "North,all,acute", False),
        (",Beds,", "North,all,acute", True),
        ("region,Beds,", ",all,all", False),
        ("region,Beds,", ",all,", False),
        ("region,Beds,Nurses", ",all,acute", False),
        ("region,Beds,", ",all", False),
        ("region,Beds,", ",-,–", False),
    ],
)
def test_names_stand_over_columns_that_the_row_below_tells_apart(names: str, below: str, over: bool) -> None:
    assert stand_over(row(names), row(below)) == over


@pytest.mark.parametrize(
    ("text", "years"),
    [
        (",2023,2024", {"2023", "2024"}),
        (",2023,2023", {"2023"}),
        (",2022/23,(2024)", {"2022/23", "(2024)"}),
        ("North,2023,2024", set()),
        (",2023,12", set()),
        (",2023,", {"2023"}),
        (",,", set()),
    ],
)
def test_years_are_those_of_a_row_that_holds_nothing_else(text: str, years: set[str]) -> None:
    assert years_in(row(text)) == years


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        (["region,,", "North,1,2"], True),
        (["region,,"], False),
        (["region,x,", "North,1,2"], False),
        (["zzz,,", "North,1,2"], False),
        ([",region,", "North,1,2"], False),
    ],
)
def test_a_row_names_the_first_column_where_it_holds_its_name_alone(rows: list[str], named: bool) -> None:
    assert is_its_name([row(each) for each in rows]) == named


@pytest.mark.parametrize(
    ("below", "rows", "said"),
    [
        (",persons,beds", ["North,1,2", "South,3,4"], True),
        ("text,[n],[n]", ["North,1,2", "South,3,4"], True),
        (",persons,beds", ["North,1,2"], False),
        (",persons", ["North,1,2", "South,3,4"], False),
        ("#adm,#affected,#beds", ["North,1,2", "South,3,4"], False),
        ("West,5,6", ["North,1,2", "South,3,4"], False),
        (",persons,beds", ["North,x,2", "South,y,4"], False),
    ],
)
def test_words_where_every_row_below_has_numbers_describe_the_columns(below: str, rows: list[str], said: bool) -> None:
    assert describes(row("region,demand,beds"), row(below), [row(each) for each in rows]) == said

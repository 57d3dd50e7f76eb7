import pandas as pd
import pytest

from medalloc.demand.population_cells import population_cells
from medalloc.errors import InputError
from medalloc.tables.table import Source, Table

ROLES = {"town": "region", "persons": "population"}


def people(rows: list[tuple[object, ...]], columns: tuple[str, ...] = ("town", "age_band", "sex", "persons")) -> Table:
    return Table(pd.DataFrame(rows, columns=list(columns)), ROLES, Source("p", "0"))


def patients(**columns: list[object]) -> Table:
    return Table(pd.DataFrame(columns), {}, Source("t", "0"))


PEOPLE = people([("B", "65+", "F", 5), ("A", "0-64", "M", 30), ("A", "0-64", "F", 20), ("A", "65+", "F", 10)])


def test_cells_are_those_of_both_tables_and_patients_are_found_in_them() -> None:
    cells, cell = population_cells(PEOPLE, patients(age=[70.5, 3, 64.9, None, 9], gender=["female", "m", "F", "m", ""]))
    assert (cells.regions, cells.bands, cells.sexes) == (("A", "B"), ("0-64", "65+"), ("female", "male"))
    assert cells.persons.tolist() == [[[20, 30], [10, 0]], [[0, 0], [5, 0]]]
    assert cell.tolist() == [2, 1, 0, -1, -1]
    assert (cells.name(2), cells.living) == ("65+ female", {"A": 60, "B": 5})


def test_what_only_one_of_the_tables_tells_is_summed_over() -> None:
    cells, cell = population_cells(PEOPLE, patients(Age=[70, 3]))
    assert (cells.persons.tolist(), cell.tolist()) == ([[[50], [10]], [[0], [5]]], [1, 0])
    cells, cell = population_cells(PEOPLE, patients(性别=["男", "女"]))
    assert (cells.persons.tolist(), cell.tolist()) == ([[[30, 30]], [[5, 0]]], [1, 0])
    cells, cell = population_cells(PEOPLE, patients(colour=["red"]))
    assert (cells.persons.tolist(), cell.tolist()) == ([[[60]], [[5]]], [0])


def test_every_fault_of_the_table_of_population_is_said_at_once() -> None:
    rows = [
        ("A", "0-64", "M", -1),
        ("A", "0-64", "male", 4),
        (None, "60+", "F", "many"),
        ("A", "Total", "", 4),
        ("A", "0-64", "both", 4),
    ]
    with pytest.raises(InputError) as caught:
        population_cells(people(rows), patients(age=[3], sex=["m"]))
    said = [str(fault) for fault in caught.value.faults]
    assert said == [
        "Table of population, row 1: the population is -1; give a number of at least 0.",
        "Table of population, row 3: the population is many; give a number of at least 0.",
        "Table of population, row 3: the region is missing.",
        "Table of population: the age band “Total” counts others again; remove those rows.",
        "Table of population, row 4: the sex is missing.",
        "Table of population: the sex “both” counts others again; remove those rows.",
        "Table of population, row 2: A 0-64 male has a row already; keep one.",
    ]


def test_overlapping_and_unreadable_bands_are_refused_where_ages_are_numbers() -> None:
    with pytest.raises(InputError, match="overlap"):
        population_cells(people([("A", "0-64", "M", 1), ("A", "60+", "M", 1)]), patients(age=[3]))
    with pytest.raises(InputError, match="“adult” is no age band"):
        population_cells(people([("A", "adult", "M", 1), ("A", "60+", "M", 1)]), patients(age=[3]))


@pytest.mark.parametrize("persons", [float("inf"), float("nan"), -0.5])
def test_what_is_no_number_of_people_is_refused(persons: float) -> None:
    with pytest.raises(InputError, match="row 2: the population is"):
        population_cells(people([("A", "0-64", "M", 0), ("A", "65+", "M", persons)]), patients(age=[3], sex=["m"]))

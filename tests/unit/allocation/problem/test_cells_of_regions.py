"""One cell never turns a column off: it is read as it was meant, or named with its row and column."""

import numpy as np
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.problem.region_table import for_resources, problem_from_table
from medalloc.allocation.problem.understood import understood
from medalloc.errors import InputError
from medalloc.tables.reading import read_bytes


def problem(column: str, *cells: str) -> Problem:
    rows = "".join(f'R{row},1000,"{cell}"\n' for row, cell in enumerate(cells))
    return problem_from_table(read_bytes(f"region,demand,{column}\n{rows}".encode(), "r.csv"), [Resource("beds", 50.0)])


@pytest.mark.parametrize("cell", ["1,200", "1 200", "1'200", "1200 beds", " 1200 "])
def test_a_number_written_as_people_write_it_is_that_number(cell: str) -> None:
    assert problem("existing_beds", cell, "0", "100").existing[:, 0].tolist() == [1200, 0, 100]


@pytest.mark.parametrize("cell", ["no limit", "none", "unlimited", "-", "无", ""])
def test_a_cap_or_lock_that_says_so_is_none(cell: str) -> None:
    assert problem("cap_beds", cell, "50", "100").cap[:, 0].tolist() == [np.inf, 50, 100]
    assert np.isnan(problem("locked_beds", cell, "5", "1").locked[0, 0])


@pytest.mark.parametrize("column", ["existing_beds", "population", "value", "floor"])
@pytest.mark.parametrize("cell", ["high", "-", "<5", "n/k"])
def test_a_word_where_a_number_belongs_is_named_with_its_row_and_column(column: str, cell: str) -> None:
    with pytest.raises(InputError) as refused:
        problem(column, "1", cell, "1")
    assert f"“{column}”" in str(refused.value) and "counted): 2" in str(refused.value) and cell in str(refused.value)


def test_a_floor_in_percent_is_a_fraction() -> None:
    assert problem("floor", "50%", "0.2", "5%").floor.tolist() == [0.5, 0.2, 0.05]


@pytest.mark.parametrize("name", ["Beds", "bed", "BEDS", "Icu Beds", "icu-beds"])
def test_a_resource_is_the_same_however_it_is_spelt(name: str) -> None:
    column = "existing_icu_beds" if "cu" in name else "existing_beds"
    read = read_bytes(f"region,demand,{column}\nA,9,4\nB,8,0\n".encode(), "r.csv")
    known = for_resources(read, [name])
    assert problem_from_table(known, [Resource(name, 50.0)]).existing[:, 0].tolist() == [4, 0]
    assert understood(read, [name]) == []

from dataclasses import asdict
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.allocation.problem import Resource
from medalloc.allocation.problem.resource_table import COLUMNS, resource_frame, resources_from_table
from medalloc.errors import InputError
from medalloc.report.tables import as_csv, as_xlsx
from medalloc.tables.apart import read_file
from medalloc.tables.reading import read_bytes
from medalloc.tables.table import Source, Table

SAMPLE = Path(__file__).parents[4] / "sample_data" / "resources_rand_hie.csv"


def read(text):
    return resources_from_table(read_bytes(text.encode(), "resources.csv"))


def faults(text):
    with pytest.raises(InputError) as caught:
        read(text)
    return [str(fault) for fault in caught.value.faults]


NUMBERS = st.integers(0, 10**6).map(lambda hundredths: hundredths / 100)
ABOVE_0 = NUMBERS.map(lambda number: number + 0.5)
SHARES = st.integers(0, 100).map(lambda percent: percent / 100)
NAMES = st.text("abcdefgxyzé床位 ", min_size=1).map(lambda text: f"r{text.strip()}")


@st.composite
def resources(draw):
    names = draw(st.lists(NAMES, min_size=1, max_size=4, unique=True))
    return tuple(
        Resource(
            name,
            draw(NUMBERS),
            draw(ABOVE_0),
            draw(NUMBERS),
            space=draw(NUMBERS),
            whole=draw(st.booleans()),
            movable=draw(SHARES),
            move_cost=draw(NUMBERS),
            # one after another, so that nobody stands in for himself, not even in a circle
            stands_in_for=draw(st.sampled_from(["", *names[:place]])),
            productivity=draw(ABOVE_0),
            stand_in_share=draw(SHARES),
            length_of_stay=draw(st.none() | ABOVE_0),
        )
        for place, name in enumerate(names)
    )


@given(resources())
def test_resources_written_as_a_table_come_back_exactly(given_resources):
    table = Table(resource_frame(given_resources), {}, Source("resources", ""))
    assert resources_from_table(table) == given_resources


@settings(max_examples=40)
@given(resources(), st.sampled_from([as_csv, as_xlsx]))
def test_a_downloaded_table_of_resources_can_be_read_again(given_resources, write):
    again = resources_from_table(read_bytes(write(resource_frame(given_resources)), "resources"))
    pd.testing.assert_frame_equal(resource_frame(again), resource_frame(given_resources), rtol=1e-12)


def test_an_empty_optional_cell_means_the_default():
    written = read(
        "resource,stock," + ",".join(name for name, *_ in list(COLUMNS.values())[2:]) + "\nbeds,5" + "," * 10
    )
    assert written == (Resource("beds", 5.0, whole=True),) == read("name,stock\nbeds,5\n")


def test_what_is_counted_comes_whole_unless_the_table_says_otherwise_and_time_and_money_do_not():
    rows = "name,stock,whole\nbeds,5,\nnurses,5,no\nnurse hours,5,\nmoney,5,yes\n"
    assert [each.whole for each in read(rows)] == [True, False, False, True]


@pytest.mark.parametrize(
    "name", ["Unit Cost", "unit_cost", "UNITCOST", " unit-cost ", "cost", "单位成本", "unit cost [money/unit]"]
)
def test_columns_are_recognised_however_their_names_are_written(name):
    assert read(f"resource,stock,{name}\nbeds,5,7\n") == (Resource("beds", 5.0, unit_cost=7.0, whole=True),)


def test_a_table_in_chinese_is_read():
    (beds,) = read("资源,可分配量,每人用量,只能整数,停留时间（小时）\n床位,5,0.5,是,84\n")
    assert beds == Resource("床位", 5.0, 0.5, whole=True, length_of_stay=84.0)


@pytest.mark.parametrize(
    ("cell", "whole"), [("yes", True), ("TRUE", True), ("1", True), ("no", False), ("0", False), ("否", False)]
)
def test_whole_is_yes_or_no_in_any_usual_way(cell, whole):
    assert read(f"resource,stock,whole\nbeds,5,{cell}\nnurses,5,\n")[0].whole is whole


def test_every_fault_is_said_at_once_with_its_row_and_column():
    assert faults(
        "resource,stock,cost,unit cost,whole,movable,colour\nbeds,many,1,1,perhaps,20%,red\n"
        ",3,1,1,no,0.1,blue\nnurses,,1,1,no,2,\n"
    ) == [
        "These columns of the table of resources mean nothing: colour; remove them, or use these names: "
        + ", ".join(name for name, *_ in COLUMNS.values())
        + ".",
        "These columns of the table of resources mean the same: cost, unit cost; keep one.",
        "Resources, column “resource”, in these rows (the header is not counted): 2: empty cells; every resource needs "
        "a name and a stock.",
        "Resources, column “stock”, in these rows (the header is not counted): 3: empty cells; every resource needs a "
        "name and a stock.",
        "Resources, column “stock”, in these rows (the header is not counted): 1: cells that are no number: many; "
        "write them as numbers.",
        "Resources, column “whole”, in these rows (the header is not counted): 1: found perhaps; write yes or no.",
        "Resources, column “movable”, in these rows (the header is not counted): 1: cells that are no "
        "number: 20%; write 20% as 0.2.",
        "Movable share of nurses: found 2; give a fraction from 0 to 1.",
    ]


def test_faults_of_meaning_are_found_as_a_problem_finds_them():
    said = faults("resource,stock,stands in for\nbeds,-1,vans\nbeds,2,\nbudget,3,\n")
    assert any("Stock of beds: found -1" in fault for fault in said)
    assert any("beds substitutes for “vans”, which is no other resource" in fault for fault in said)
    assert any("more than one resource: beds" in fault for fault in said)
    assert any("cannot be called “budget”" in fault for fault in said)


def test_a_stay_in_days_is_not_taken_for_hours():
    assert "mean nothing: length of stay [days]" in faults("resource,stock,length of stay [days]\nbeds,5,3\n")[0]


def test_a_missing_column_is_named():
    assert faults("resource,cost\nbeds,5\n") == ["The table of resources has no column “stock”; add it."]


def test_yes_is_no_stock():
    assert "no number: True" in faults("resource,stock\nbeds,true\n")[0]


def test_the_sample_is_read_without_a_fault():
    assert [asdict(each)["stands_in_for"] for each in resources_from_table(read_file(SAMPLE))] == ["", "", "clinicians"]

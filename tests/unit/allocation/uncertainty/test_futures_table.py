import pytest

from medalloc.allocation.uncertainty import futures_from_table
from medalloc.errors import InputError
from medalloc.tables.reading import read_bytes


def read(text):
    return futures_from_table(read_bytes(text.encode(), "futures.csv"))


def faults_of(text):
    with pytest.raises(InputError) as caught:
        read(text)
    return [str(fault) for fault in caught.value.faults]


@pytest.mark.parametrize(
    "text",
    [
        "North,South\n30,10\n50,6\n",
        "future,North,South\n1,30,10\n2,50,6\n",
        "region,value,sample\nNorth,30,a\nNorth,50,b\nSouth,6,b\nSouth,10,a\n",
        "Region;Demand;Draw\nNorth;30;1\nSouth;10;1\nNorth;50;2\nSouth;6;2\n",
    ],
)
def test_both_forms_say_the_same(text):
    futures = read(text)
    assert futures.regions == ("North", "South") and futures.demand.tolist() == [[30, 10], [50, 6]]


def test_regions_that_are_numbers_keep_their_names():
    assert read("region,demand,sample\n1,30,1\n2,10,1\n").regions == ("1", "2")


def test_every_faulty_cell_is_said_at_once():
    found = faults_of("North,South,West\n30,ten,1\n,6,-1\n5,5,5\n")
    assert len(found) == 3
    assert "“North”, in these rows (the header is not counted): 2: empty cells" in found[0]
    assert "no number: ten" in found[1] and "impossible numbers: -1" in found[2]


def test_pairs_that_are_missing_or_given_twice_are_said_at_once_with_faulty_cells():
    found = faults_of("region,demand,sample\nNorth,30,1\nNorth,31,1\nSouth,10,1\nSouth,-6,2\n")
    assert len(found) == 3
    assert "impossible" in found[0]
    assert "several rows in one future (region, future): North, 1" in found[1]
    assert "no row in some futures (region, future): North, 2" in found[2]


def test_a_table_of_rows_needs_a_demand_and_a_sample():
    found = faults_of("region,remark\nNorth,fine\n")
    assert len(found) == 2 and "role “demand”" in found[0] and "sample, future, draw, scenario" in found[1]


def test_a_table_that_only_numbers_futures_has_no_region():
    assert "no column for a region" in faults_of("sample\n1\n2\n")[0]

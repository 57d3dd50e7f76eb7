import pytest

from medalloc.allocation.problem.resource import Resource
from medalloc.cli.resources import resources
from medalloc.errors import InputError


def described(**options):
    return resources({"resources": None, "integer": False, **options})


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "resources.csv"
    path.write_text("resource,stock,cost,length of stay\nbeds,500,3,84\nnurses,80,2,\n")
    return path


def test_every_option_changes_its_own_value():
    assert described(
        stock=("beds=5", "nurses=7"),
        requirement=("beds=0.5",),
        unit_cost=("nurses=3",),
        space=("beds=2",),
        movable=("nurses=0.1",),
        length_of_stay=("beds=84",),
        move_cost=("nurses=2",),
        stands_in_for=("nurses=beds",),
        productivity=("nurses=0.5",),
        stand_in_share=("nurses=0.2",),
    ) == (
        Resource("beds", 5.0, 0.5, space=2.0, length_of_stay=84.0),
        Resource("nurses", 7.0, 1.0, 3.0, 0.0, False, 0.1, 2.0, "beds", 0.5, 0.2),
    )


def test_options_change_single_values_of_the_table_and_leave_the_others(file):
    found = described(resources=file, stock=("beds=5", "vans=1"), unit_cost=("nurses=9",))
    assert found == (
        Resource("beds", 5.0, unit_cost=3.0, length_of_stay=84.0),
        Resource("nurses", 80.0, unit_cost=9.0),
        Resource("vans", 1.0),
    )


def test_whole_units_are_asked_for_of_every_resource(file):
    assert all(each.whole for each in described(resources=file, stock=("vans=1",), integer=True))


def test_something_must_be_placed():
    with pytest.raises(InputError, match="--resource NAME=STOCK, --resources FILE, or both"):
        described()


def test_every_name_without_a_stock_is_said_at_once(file):
    with pytest.raises(InputError) as caught:
        described(resources=file, unit_cost=("bed=3",), length_of_stay=("nurse=3",), movable=("bed=1",))
    assert [str(fault) for fault in caught.value.faults] == [
        "No stock is given for “bed”; add --resource bed=STOCK.",
        "No stock is given for “nurse”; add --resource nurse=STOCK.",
    ]

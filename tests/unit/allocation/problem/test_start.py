from medalloc.allocation.problem.start import example_resources
from medalloc.tables.reading import read_bytes


def example(text):
    return example_resources(read_bytes(text, "regions.csv"))


def test_existing_units_and_demand_give_an_example_of_every_resource():
    found = example(b"region,demand,beds,nurses\nNorth,3000,10,5\nSouth,1000,5,2\n")
    assert [each.name for each in found] == ["beds", "nurses"]


def test_without_existing_units_the_example_is_beds():
    assert [each.name for each in example(b"region,demand\nNorth,3000\n")] == ["beds"]


def test_persons_of_its_own_make_an_example_of_a_resource_with_or_without_existing_units():
    found = example(b"region,demand_beds,demand_nurses,existing_beds\nNorth,3000,1000,10\nSouth,1000,500,5\n")
    assert [(each.name, each.stock) for each in found] == [("beds", 12.0), ("nurses", 30.0)]


def test_an_example_holds_no_part_of_what_comes_whole():
    found = example(b"region,demand,existing_beds,existing_nurse_hours\nNorth,900,0,0\nSouth,520,0,0\n")
    assert [(each.name, each.stock) for each in found] == [("beds", 7.0), ("nurse_hours", 7.1)]


def test_where_the_units_there_are_would_serve_everybody_the_example_asks_more_of_each_until_one_a_person():
    (few,) = example(b"region,demand,existing_places\nNorth,3000,200\nSouth,1000,90\n")
    assert (few.requirement, few.stock) == (0.1, 55.0)
    (each,) = example(b"region,demand,existing_places\nNorth,3000,2000\nSouth,1000,900\n")
    assert (each.requirement, each.stock) == (1.0, 550.0)
    (enough,) = example(b"region,demand,existing_places\nNorth,3000,4000\n")
    assert (enough.requirement, enough.stock) == (1.0, 0.0)

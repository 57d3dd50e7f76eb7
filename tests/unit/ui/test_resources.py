"""What the table of resources does not show goes on."""

import pandas as pd

from medalloc.allocation.problem import Resource
from medalloc.ui.allocate.resources import carried

NOW = (Resource("doctors", 5, unit_cost=9), Resource("nurses", 40, 0.5, whole=True, stands_in_for="doctors"))
NAMES = {0: "doctors", 1: "nurses"}


def table(*rows, index=None):
    return pd.DataFrame(list(rows), columns=["name", "stock", "requirement", "unit_cost"], index=index)


def test_what_is_not_shown_stays_when_a_number_changes():
    found = carried(table(("doctors", 6, 1, 9), ("nurses", 40, 0.5, 0)), NOW, NAMES)
    assert found == (Resource("doctors", 6.0, unit_cost=9), NOW[1])


def test_a_resource_of_a_new_name_is_the_same_one_also_for_those_who_stand_in_for_it():
    found = carried(table(("physicians", 5, 1, 9), ("carers", 40, 0.5, 0)), NOW, NAMES)
    assert [(each.name, each.whole, each.stands_in_for) for each in found] == [
        ("physicians", False, ""),
        ("carers", True, "physicians"),
    ]


def test_nobody_stands_in_for_a_resource_that_is_gone_and_a_new_one_is_as_usual():
    found = carried(table(("nurses", 40, 0.5, 0), ("beds", 7, 1, 2), index=[1, 2]), NOW, NAMES)
    assert found[0].stands_in_for == "" and found[0].whole
    assert found[1] == Resource("beds", 7.0, unit_cost=2, whole=True)

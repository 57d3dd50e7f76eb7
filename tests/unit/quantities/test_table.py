"""What the table of quantities says is so everywhere: roles, saved problems, hands, scenarios, options, editors."""

from dataclasses import MISSING, fields
from typing import Any, get_args, get_type_hints

import click
import numpy as np
import pandas as pd
import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.problem.numbers import held, with_held
from medalloc.allocation.problem.overriding import overridden, region_columns
from medalloc.allocation.problem.region_table import problem_from_table
from medalloc.allocation.problem.resource_table import resource_frame, resources_from_table
from medalloc.cli.named import by_hand
from medalloc.cli.options import LIMITS
from medalloc.cli.resources import resources
from medalloc.quantities import CELLS, QUANTITIES, REGIONS, RESOURCES, Quantity, quantity_of
from medalloc.saved import Cells
from medalloc.scenarios import Change, Scenario, apply
from medalloc.tables.table import Source, Table
from medalloc.ui.allocate import regions
from medalloc.ui.allocate import resources as editor

HELD = (*REGIONS, *CELLS, *RESOURCES, *(each for each in QUANTITIES if each.of == "plan"))
OF_REGIONS = [each for each in HELD if each.of in ("region", "cell")]
NUMBERS = [each for each in HELD if each.limits is not None]
NURSES = Resource("nurses", 5.0, length_of_stay=8.0)
TOGETHER = Problem(("N", "S"), [30, 10], (Resource("beds", 20.0), NURSES), population=[50, 60], budget=9.0)
APART = Problem(("N", "S"), [30, 10], (Resource("beds", 20.0), NURSES), demand_of=[[10, 20], [5, 5]])


def named(quantity: Quantity) -> str:
    return f"{quantity.of}-{quantity.name}"


def posed(quantity: Quantity) -> Problem:
    """Return a problem that has it."""
    return APART if quantity.field == "demand_of" else TOGETHER


def role(quantity: Quantity) -> str:
    return f"{quantity.name}:beds" if quantity.of == "cell" else quantity.name


@pytest.mark.parametrize("quantity", HELD, ids=named)
def test_a_problem_holds_it_and_saves_it_under_its_name(quantity: Quantity) -> None:
    saved = posed(quantity).to_json()
    assert quantity.field in (saved["resources"][0] if quantity.of == "resource" else saved)
    held_by = Resource if quantity.of == "resource" else Problem
    kind = get_type_hints(held_by, include_extras=True)[quantity.field]
    for part in (kind, *get_args(kind)):
        for rule in getattr(part, "__metadata__", ()):
            assert isinstance(rule, Cells) and rule.dimensions == (2 if quantity.of == "cell" else 1)
            np.testing.assert_equal(rule.nothing, quantity.nothing)


def test_nothing_is_held_that_the_table_does_not_say() -> None:
    assert {each.name for each in fields(Resource)} == {each.field for each in RESOURCES}
    others = {each.name for each in fields(Problem)} - {"regions", "resources"}
    assert others == {each.field for each in HELD if each.of != "resource"}


def test_what_is_usual_is_what_holds_where_nothing_is_said() -> None:
    defaults = {each.name: each.default for each in fields(Resource) if each.default is not MISSING}
    for each in RESOURCES:
        if each.limits is not None:
            assert defaults.get(each.field) == each.usual
    least = Problem(("N",), [1.0], (NURSES,))
    for each in OF_REGIONS:
        if each.usual is not None:
            np.testing.assert_array_equal(np.ravel(held(least, each)), [each.usual])


@pytest.mark.parametrize("quantity", OF_REGIONS, ids=named)
def test_a_column_can_hold_it_and_the_problem_takes_it_from_there(quantity: Quantity) -> None:
    roles = {"place": "region", "cases": "demand", "x": role(quantity)}
    if quantity.name == "demand":
        roles = {"place": "region", "x": role(quantity)}
    frame = pd.DataFrame({"place": ["N", "S"], "cases": [30, 10], "x": [0.5, 0.25]})
    table = Table(frame, {}, Source("t", "")).with_roles(roles)
    assert quantity_of(role(quantity)) is quantity
    found = held(problem_from_table(table, (Resource("beds", 20.0),)), quantity)
    assert found is not None and found.ravel().tolist() == [0.5, 0.25]


@pytest.mark.parametrize("quantity", OF_REGIONS, ids=named)
def test_it_can_be_set_by_hand_by_command_and_on_the_screen(quantity: Quantity) -> None:
    base, of = posed(quantity), role(quantity)
    changes = by_hand([f"S:{of}=0.5"], ("N", "S"))
    assert region_columns(overridden(base, changes))[of][1] == 0.5
    as_in_file = regions.shown(base, {})
    assert regions.differences(as_in_file, regions.shown(base, changes)) == changes
    if quantity.may_be_nothing:
        taken_back = by_hand([f"S:{of}=unlimited"], ())
        np.testing.assert_equal(region_columns(overridden(base, taken_back))[of][1], quantity.nothing)


@pytest.mark.parametrize("quantity", [each for each in NUMBERS if each.tried], ids=named)
def test_a_scenario_can_change_it(quantity: Quantity) -> None:
    base = posed(quantity)
    named_too: dict[str, Any] = {"resource": "beds"} if quantity.of in ("resource", "cell") else {}
    if quantity.of in ("region", "cell"):
        named_too["region"] = "S"
    if quantity.name in ("requirement", "cost") and quantity.of == "cell":  # changed with that of the resource
        base, named_too = with_held(base, {quantity: np.full((2, 2), 0.25)}), {}
        tried = Change(quantity.tried, factor=2.0)
    else:
        tried = Change(quantity.tried, value=0.5, **named_too)
    found = held(apply(base, Scenario("try", (tried,))), quantity)
    assert found is not None and 0.5 in found and 0.5 not in np.array(held(base, quantity))
    assert str(tried.sentence).startswith(str(quantity.title))


@pytest.mark.parametrize("quantity", RESOURCES, ids=named)
def test_a_table_of_resources_an_option_and_an_editor_have_it(quantity: Quantity) -> None:
    beds = Resource("beds", 4.0, 0.5, 3.0, 0.25, True, 0.5, 2.0, "nurses", 0.5, 0.2, 8.0)
    again = resources_from_table(Table(resource_frame((beds, NURSES)), {}, Source("t", "")))
    value = getattr(again[0], quantity.field)
    assert value == getattr(beds, quantity.field)
    edited = dict(zip(("name", *(each.field for each in editor.MORE)), editor._read(_row(beds)), strict=True))
    assert quantity in editor.MAIN or edited[quantity.field] == value
    if quantity.name not in ("name", "whole"):
        assert quantity.flag in {flag for each in LIMITS(click.command()(lambda: None)).params for flag in each.opts}
        given = {"stock": ("beds=1", "nurses=1"), quantity.field: (f"beds={value}", "nurses=1")}
        assert getattr(resources(given)[0], quantity.field) == value


def _row(resource: Resource) -> dict[str, Any]:
    return dict(editor._shown((resource,)).to_dict("records")[0])

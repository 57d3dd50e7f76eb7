import pytest

from medalloc.allocation.problem import Problem, Resource
from medalloc.demand import SurgeAssumptions, demand_factor, surge
from medalloc.scenarios.applying import apply
from medalloc.scenarios.change import Scenario
from medalloc.scenarios.surging import surge_scenario

MADE = surge(SurgeAssumptions(population=100_000, infected_hospitalized=20))
BASE = Problem(("North", "South"), [30, 10], (Resource("beds", stock=20),))


def test_everywhere_demand_is_multiplied_by_the_factor() -> None:
    changed = apply(BASE, surge_scenario("wave", MADE, 245, by="mean"))
    assert changed.demand == pytest.approx(BASE.demand * demand_factor(MADE, 245, by="mean"))


def test_only_where_the_surge_is_demand_changes() -> None:
    changed = apply(BASE, surge_scenario("wave", MADE, 245, regions=["South"]))
    assert changed.demand == pytest.approx([30, 10 * demand_factor(MADE, 245)])


def test_the_scenario_comes_back_from_json() -> None:
    scenario = surge_scenario("wave", MADE, 245, regions=["North", "South"], care="ventilator", last_day=30)
    assert Scenario.from_json(scenario.to_json()) == scenario

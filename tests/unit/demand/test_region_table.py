import pandas as pd
import pytest

from medalloc.demand import regional_demand, to_region_table
from medalloc.demand.region_table import population_of, reasons_of, with_reasons
from medalloc.errors import InputError
from medalloc.tables.table import Source, Table

PATIENTS = Table(pd.DataFrame({"town": ["B", "A", "B", "C"]}), {"town": "region"}, Source("p", "0"))
DEMAND = regional_demand(PATIENTS, [0.5, 0.25, 0.5, 0.1])
REGIONS = pd.DataFrame({"name": ["C", "A ", "B"], "beds": [3, 1, 2], "people": [30, 10, 20], "old": [9, 9, 9]})
ROLES = {"name": "region", "beds": "existing:beds", "people": "population", "old": "demand"}


def test_demand_alone_is_a_table_of_regions() -> None:
    made = to_region_table(DEMAND)
    assert made.kind == "regions"
    assert made.frame[made.required("region")].tolist() == ["A", "B", "C"]
    assert made.frame[made.required("demand")].tolist() == [0.25, 1.0, 0.1]
    assert made.source.sha256 == to_region_table(DEMAND).source.sha256


def test_existing_units_and_population_are_joined_by_name_and_an_old_demand_is_replaced() -> None:
    made = to_region_table(DEMAND, Table(REGIONS, ROLES, Source("r", "1")))
    assert made.frame["beds"].tolist() == [1, 2, 3]
    assert made.columns("existing:beds") == ["beds"]
    assert made.frame[made.required("population")].tolist() == [10, 20, 30]
    assert made.frame[made.required("demand")].tolist() == [0.25, 1.0, 0.1]
    assert "old" not in made.frame


def test_a_population_the_demand_was_scaled_to_is_kept() -> None:
    scaled = regional_demand(PATIENTS, [0.5, 0.25, 0.5, 0.1], population={"A": 100, "B": 200, "C": 300})
    made = to_region_table(scaled, Table(REGIONS, ROLES, Source("r", "1")))
    assert made.frame[made.required("population")].tolist() == [100, 200, 300]


def test_names_that_are_taken_are_told_apart() -> None:
    frame = pd.DataFrame({"region": ["A", "B", "C"], "demand": [7, 8, 9]})
    made = to_region_table(DEMAND, Table(frame, {"region": "region", "demand": "existing:beds"}, Source("r", "1")))
    assert made.frame["demand (regions)"].tolist() == [7, 8, 9]
    assert made.roles["demand (regions)"] == "existing:beds"


def test_every_name_that_does_not_match_is_said_in_both_directions() -> None:
    frame = pd.DataFrame({"name": ["A", "D", "E", "A", None]})
    with pytest.raises(InputError) as caught:
        to_region_table(DEMAND, Table(frame, {"name": "region"}, Source("r", "1")))
    said = [str(fault) for fault in caught.value.faults]
    assert len(said) == 6
    assert sum("“B” has demand" in one or "“C” has demand" in one for one in said) == 2
    assert sum("“D” is in the table" in one or "“E” is in the table" in one for one in said) == 2
    assert any("“A” has more than one row" in one for one in said)
    assert any("row 5: the name of the region is missing" in one for one in said)


def test_demands_of_single_resources_give_way_like_any_demand_of_the_table() -> None:
    roles = {"name": "region", "beds": "demand:beds", "people": "demand:nurses", "old": "locked:beds"}
    made = to_region_table(DEMAND, Table(REGIONS, roles, Source("r", "1")))
    assert {role.partition(":")[0] for role in made.roles.values()} == {"region", "demand", "ignored", "locked"}
    assert made.columns("demand") == ["demand"]


def test_reasons_of_what_was_set_by_hand_go_along_and_come_back() -> None:
    made = to_region_table(DEMAND)
    assert with_reasons(made, ["", "", ""]) is made and reasons_of(made) == {}
    noted = with_reasons(made, ["", "a clinic opens", " "])
    assert reasons_of(noted) == {"B": "a clinic opens"}
    assert noted.roles["set_by_hand"] == "ignored"


def test_the_population_is_that_of_the_table_if_it_has_one() -> None:
    assert population_of(None) is None
    assert population_of(Table(REGIONS, {"name": "region"}, Source("r", "1"))) is None
    assert population_of(Table(REGIONS, ROLES, Source("r", "1"))) == {"C": 30.0, "A ": 10.0, "B": 20.0}

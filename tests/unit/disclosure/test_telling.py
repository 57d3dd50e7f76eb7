"""What rooms tell of people under a rule."""

import numpy as np
import pandas as pd
import pytest

from medalloc.demand import calibration, regional_demand
from medalloc.demand.telling import told as told_demand
from medalloc.disclosure.rule import FEWEST, ROUNDED_TO, Rule
from medalloc.errors import InputError
from medalloc.need.groups.comparison import compare_groups
from medalloc.need.groups.telling import told as told_groups
from medalloc.need.persistence.tally import RegionSum, Scoring
from medalloc.need.persistence.telling import told as told_scoring
from medalloc.priority.fairness import GroupOutcome, LabelShift
from medalloc.priority.telling import told_outcomes, told_shifts
from medalloc.tables.table import Source, Table

RULE = Rule(fewest=5)
SIZES = {"East": 3, "North": 40, "South": 30, "West": 12}


def patients() -> Table:
    regions = [name for name, count in SIZES.items() for _ in range(count)]
    need = [place % 3 == 0 for place in range(len(regions))]
    frame = pd.DataFrame({"region": regions, "need": np.array(need, dtype=int)})
    return Table(frame, {"region": "region", "need": "need"}, Source("patients.csv", "", ""))


def test_of_a_region_with_few_patients_only_what_is_expected_is_told() -> None:
    exact = regional_demand(patients(), np.full(85, 0.3))
    told = told_demand(exact, RULE)
    hidden = np.isnan(told.patients)
    # West goes with East, which the total of all would tell otherwise
    assert dict(zip(told.regions, hidden.tolist(), strict=True)) == {
        "East": True,
        "North": False,
        "South": False,
        "West": True,
    }
    assert (told.mean == exact.mean).all()
    assert np.isnan(calibration(told).ratio[hidden]).all()
    assert (told.patients[~hidden] == exact.patients[~hidden]).all()


def test_a_group_with_few_patients_has_no_numbers_and_is_no_reason_for_a_gap() -> None:
    table = patients()
    exact = compare_groups(table, "region", table.frame["need"].to_numpy(), np.full(85, 0.3))
    told = told_groups(exact, RULE)
    hidden = [each for each in told.groups if each.is_hidden]
    assert [each.group for each in hidden] == ["East", "West"]
    assert all(np.isnan(each.ratio) and np.isnan(each.need) and each.rows == 0 for each in hidden)
    assert [each for each in told.groups if not each.is_hidden] == [each for each in exact.groups if each.rows >= 30]


def test_who_waits_and_who_is_served_is_told_of_groups_with_enough_of_both() -> None:
    counts = (("a", 40, 10), ("b", 30, 28), ("c", 9, 0), ("d", 20, 8))
    outcomes = [GroupOutcome(*each, None, None, None) for each in counts]
    # of group b two are left over; d goes with it, since both columns are told in sum
    assert [each.group for each in told_outcomes(outcomes, RULE)] == ["a", "c"]
    shifts = [LabelShift(name, waiting, 1.0, 2.0) for name, waiting in (("a", 40), ("b", 3), ("c", 9), ("d", 20))]
    assert [each.group for each in told_shifts(shifts, RULE)] == ["a", "d"]


def test_regions_with_few_rows_of_a_scored_file_are_not_told() -> None:
    regions = tuple(RegionSum(name, rows, rows, 1.0) for name, rows in SIZES.items())
    scoring = Scoring(85, 0, 4.0, (), regions, 0)
    assert [each.region for each in told_scoring(scoring, RULE).regions] == ["North", "South"]


def test_without_a_rule_everything_is_told() -> None:
    exact = regional_demand(patients(), np.full(85, 0.3))
    assert told_demand(exact, Rule()) is exact


@pytest.mark.parametrize("said", ["0", "five", "-3", "2.5"])
def test_a_rule_that_is_none_is_refused_by_the_name_of_its_variable(monkeypatch: pytest.MonkeyPatch, said: str) -> None:
    monkeypatch.setenv(FEWEST, said)
    with pytest.raises(InputError, match=FEWEST):
        Rule.of_environment()


def test_the_environment_says_the_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(FEWEST, "10")
    # numbers told one after the other would tell of who came between; rounded ones do not
    assert Rule.of_environment() == Rule(fewest=10, rounded_to=10)
    monkeypatch.setenv(ROUNDED_TO, "1")
    assert Rule.of_environment() == Rule(fewest=10, rounded_to=1)

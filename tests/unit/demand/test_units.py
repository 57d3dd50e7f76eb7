import numpy as np
import pandas as pd
import pytest

from medalloc.demand import Conversion, Demand, PersonsToUnits, regional_demand, sampled, units_needed
from medalloc.errors import InputError
from medalloc.tables.table import Source, Table

BEDS = Conversion("beds", "beds", stay_hours=120, occupancy=0.85, at_once=True)
NURSING = Conversion("nursing", "hours", requirement=0.25, stay_hours=120, occupancy=0.8)
MONEY = Conversion("money", "EUR", requirement=4000)
YEAR = PersonsToUnits(8760, (BEDS, NURSING, MONEY))


def demand(rows: int = 300, regions: int = 5, *, anew: bool = False) -> Demand:
    draw = np.random.default_rng(4)
    frame = pd.DataFrame({"town": [f"R{number}" for number in draw.integers(0, regions, rows)]})
    return regional_demand(Table(frame, {"town": "region"}, Source("t", "0")), draw.random(rows), patients_anew=anew)


@pytest.mark.parametrize("anew", [False, True])
def test_units_carry_the_interval_of_the_persons(anew: bool) -> None:
    persons = demand(anew=anew)
    found = units_needed(persons, YEAR)
    for name in ("mean", "low", "high"):
        expected = [[one * each.units_per_person(8760) for each in YEAR.conversions] for one in getattr(persons, name)]
        np.testing.assert_allclose(getattr(found, name), expected)
    assert found.level == persons.level


def test_the_interval_of_all_is_that_of_summed_draws_and_narrower_than_the_sum() -> None:
    persons = demand(regions=8)
    found = units_needed(persons, YEAR, samples=20_000, seed=1)
    np.testing.assert_allclose(found.total_mean, found.mean.sum(axis=0))
    assert (found.total_low > found.low.sum(axis=0)).all()
    assert (found.total_high < found.high.sum(axis=0)).all()
    other = sampled(persons, 20_000, seed=2).sum(axis=1) * MONEY.units_per_person(8760)
    inside = np.mean((other >= found.total_low[2]) & (other <= found.total_high[2]))
    assert 0.88 < inside < 0.94


def test_of_one_region_all_is_that_region() -> None:
    found = units_needed(demand(regions=1), YEAR, samples=50_000)
    np.testing.assert_allclose(found.total_mean, found.mean[0])
    np.testing.assert_allclose(found.total_low, found.low[0], rtol=0.02)
    np.testing.assert_allclose(found.total_high, found.high[0], rtol=0.02)


def test_every_region_and_resource_has_a_row_with_its_unit() -> None:
    found = units_needed(demand(), YEAR)
    frame, totals = found.frame(), found.totals()
    assert len(frame) == 15 and totals["unit"].tolist() == ["beds", "hours", "EUR"]
    summed = frame.groupby("resource", sort=False)["mean"].sum()
    np.testing.assert_allclose(summed, totals["mean"])


def test_too_few_draws_are_refused() -> None:
    with pytest.raises(InputError, match="samples"):
        units_needed(demand(), YEAR, samples=5)

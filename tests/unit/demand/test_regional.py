import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand import regional_demand, sampled
from medalloc.errors import InputError
from medalloc.tables.table import Source, Table


def patients(rows: int = 200, seed: int = 1, regions: int = 4, weights: bool = False) -> tuple[Table, np.ndarray]:
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame({"town": [f"R{number}" for number in draw.integers(0, regions, rows)]})
    chance = draw.random(rows)
    frame["sick"] = (draw.random(rows) < chance).astype(int)
    roles = {"town": "region", "sick": "need"}
    if weights:
        frame["w"], roles["w"] = draw.uniform(0.5, 20, rows), "weight"
    return Table(frame, roles, Source("t", "0")), chance


def by_hand(table: Table, chance: np.ndarray, values: object = 1.0) -> "pd.Series[float]":
    return pd.Series(chance * np.asarray(values)).groupby(table.frame["town"]).sum()


@given(st.integers(1, 300), st.integers(0, 10**6), st.integers(1, 8), st.booleans())
@settings(max_examples=40)
def test_without_effects_of_regions_demand_is_the_weighted_sum_of_probabilities(
    rows: int, seed: int, regions: int, weights: bool
) -> None:
    table, chance = patients(rows, seed, regions, weights)
    demand = regional_demand(table, chance, know_regions=False)
    expected = by_hand(table, chance, table.frame["w"] if weights else 1.0)
    assert list(demand.regions) == list(expected.index)
    np.testing.assert_allclose(demand.mean, expected)
    np.testing.assert_allclose(demand.trials * demand.chance * demand.unit, demand.mean)
    assert (demand.low <= demand.mean + demand.unit).all()
    assert (demand.mean - demand.unit <= demand.high).all()
    assert demand.patients.sum() == rows


@given(st.integers(20, 300), st.integers(0, 10**6), st.booleans())
@settings(max_examples=40)
def test_a_sample_is_scaled_up_to_its_population(rows: int, seed: int, weights: bool) -> None:
    table, chance = patients(rows, seed, 3, weights)
    w = table.frame["w"] if weights else pd.Series(1.0, index=table.frame.index)
    population = {f"R{number}": 1e5 * (number + 1) for number in range(3)}
    demand = regional_demand(table, chance, population=population, know_regions=False)
    shares = by_hand(table, chance, w) / w.groupby(table.frame["town"]).sum()
    np.testing.assert_allclose(demand.mean, [population[name] * shares[name] for name in demand.regions])
    assert (demand.high <= [population[name] for name in demand.regions]).all()
    assert (demand.low >= 0).all()


def test_a_larger_sample_gives_a_narrower_interval() -> None:
    widths = []
    for rows in (50, 500, 5000):
        table, _ = patients(rows, regions=1)
        demand = regional_demand(table, np.full(rows, 0.3), population={"R0": 1e6})
        widths.append(float(demand.high[0] - demand.low[0]))
    assert widths[0] > 2 * widths[1] > 4 * widths[2]


def test_unequal_weights_widen_the_interval() -> None:
    table, _ = patients(500, regions=1)
    uneven = table.frame.assign(w=np.where(np.arange(500) < 50, 100.0, 1.0))
    weighted = Table(uneven, {**table.roles, "w": "weight"}, table.source)
    p = np.full(500, 0.3)
    plain, broad = (regional_demand(one, p, population={"R0": 1e6}, know_regions=False) for one in (table, weighted))
    assert plain.mean[0] == pytest.approx(broad.mean[0])
    assert broad.high[0] - broad.low[0] > 2 * (plain.high[0] - plain.low[0])


def test_draws_have_the_mean_and_the_interval_of_the_demand() -> None:
    table, chance = patients(400)
    for population in (None, {f"R{number}": 1e5 for number in range(4)}):
        demand = regional_demand(table, chance, population=population)
        drawn = sampled(demand, 20_000, seed=1)
        assert drawn.shape == (20_000, 4)
        np.testing.assert_allclose(drawn.mean(axis=0), demand.mean, rtol=0.01)
        inside = ((drawn >= demand.low) & (drawn <= demand.high)).mean(axis=0)
        assert ((inside > 0.88) & (inside < 0.96)).all()
        np.testing.assert_array_equal(drawn, sampled(demand, 20_000, seed=1))


def test_rows_that_cannot_be_used_are_counted_and_lost_regions_named() -> None:
    frame = pd.DataFrame({"town": ["A", None, " ", "A ", "B"], "w": [1.0, 1, 1, np.nan, 1]})
    table = Table(frame, {"town": "region", "w": "weight"}, Source("t", "0"))
    demand = regional_demand(table, [0.5, 0.5, 0.5, 0.5, np.nan])
    assert (demand.regions, demand.mean.tolist()) == (("A",), [0.5])
    said = [str(warning) for warning in demand.warnings]
    assert said == [
        "Rows left out because they have no region: 2.",
        "Rows left out because nothing could be predicted for them: 1.",
        "Rows left out because they have no weight: 1.",
        "Regions left out because no row of theirs could be used: B.",
    ]
    assert np.isnan(demand.observed).all()


def test_every_fault_is_said_at_once() -> None:
    table, chance = patients(10, weights=True)
    bad = Table(table.frame.assign(w=-1.0), table.roles, table.source)
    with pytest.raises(InputError) as caught:
        regional_demand(bad, chance + 1, level=1.5)
    assert len(caught.value.faults) == 3
    with pytest.raises(InputError, match="for 3 rows and the table has 10"):
        regional_demand(table, [0.1, 0.2, 0.3])


def test_every_region_without_a_usable_population_is_named() -> None:
    table, chance = patients(100)
    with pytest.raises(InputError) as caught:
        regional_demand(table, chance, population={"R0": 10, "R1": 0, "R2": float("nan")})
    assert len(caught.value.faults) == 3
    assert "“R3” has no population" in str(caught.value)


def test_a_population_smaller_than_the_table_is_doubted() -> None:
    table, chance = patients(100, regions=1)
    assert "R0" in str(regional_demand(table, chance, population={"R0": 50}).warnings[0])


def test_nobody_at_risk_is_no_demand() -> None:
    table, _ = patients(10, regions=1)
    demand = regional_demand(table, np.zeros(10))
    assert (demand.mean[0], demand.low[0], demand.high[0]) == (0, 0, 0)
    assert sampled(demand, 3, 0).tolist() == [[0], [0], [0]]


def test_everybody_certain_is_certain_demand() -> None:
    table, _ = patients(10, regions=1)
    demand = regional_demand(table, np.ones(10))
    assert (demand.mean[0], demand.low[0], demand.high[0]) == (10, 10, 10)


def test_without_usable_rows_there_is_no_demand_to_speak_of() -> None:
    table, _ = patients(3)
    with pytest.raises(InputError, match="No row has both"):
        regional_demand(table, [np.nan] * 3)


@pytest.mark.parametrize("population", [None, {"R0": 1e5}])
def test_a_patient_who_comes_ten_times_is_less_certain_than_ten_patients(population: dict[str, float] | None) -> None:
    table, _ = patients(400, regions=1)
    chance = np.repeat(np.random.default_rng(2).random(40), 10)
    repeated = Table(
        table.frame.assign(who=np.repeat(np.arange(40), 10)), {**table.roles, "who": "patient id"}, table.source
    )
    once, often = (
        regional_demand(one, chance, population=population, patients_anew=True, know_regions=False)
        for one in (table, repeated)
    )
    assert often.high[0] - often.low[0] > 1.5 * (once.high[0] - once.low[0])
    assert often.mean[0] == once.mean[0]


def test_draws_with_other_patients_spread_more_and_keep_the_mean() -> None:
    table, chance = patients(400, weights=True)
    only_need, both = (regional_demand(table, chance, patients_anew=anew) for anew in (False, True))
    assert (not only_need.patients_anew) and both.patients_anew
    one, other = (sampled(each, 20_000, seed=1) for each in (only_need, both))
    np.testing.assert_allclose(other.mean(axis=0), one.mean(axis=0), rtol=0.02)
    assert (other.std(axis=0) > 1.05 * one.std(axis=0)).all()
    assert (both.high - both.low >= only_need.high - only_need.low).all()

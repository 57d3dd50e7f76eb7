import numpy as np
import pandas as pd
import pytest

from medalloc.demand import sampled
from medalloc.demand.amount_pooling import region_factors
from medalloc.demand.amounts import amounts_demand
from medalloc.errors import InputError
from medalloc.tables.table import Source, Table


def patients(rows: int = 400, seed: int = 1, **columns: object) -> tuple[Table, np.ndarray]:
    """Return patients of two towns with gamma-mixed counts, and the truth about each."""
    draw = np.random.default_rng(seed)
    mean = draw.gamma(2, 1.5, rows)
    frame = pd.DataFrame(
        {"town": np.where(np.arange(rows) % 4 == 0, "A", "B"), "visits": draw.poisson(mean * draw.gamma(2, 0.5, rows))}
    ).assign(**columns)
    roles = {"town": "region", "visits": "need", **dict.fromkeys(columns, "weight")}
    return Table(frame, roles, Source("t", "0"), need_as="counts"), mean


def test_demand_is_the_sum_of_what_is_expected_scaled_to_who_lives_there() -> None:
    table, mean = patients()
    towns = table.frame["town"].to_numpy()
    found = amounts_demand(table, mean, know_regions=False)
    assert found.regions == ("A", "B")
    np.testing.assert_allclose(found.mean, [mean[towns == town].sum() for town in "AB"])
    np.testing.assert_allclose(found.observed, [table.frame["visits"][towns == town].sum() for town in "AB"])
    scaled = amounts_demand(table, mean, population={"A": 1000, "B": 600}, know_regions=False)
    np.testing.assert_allclose(scaled.mean, [1000 * mean[towns == "A"].mean(), 600 * mean[towns == "B"].mean()])
    weighted, _ = patients(weight=np.full(400, 2.5))
    np.testing.assert_allclose(amounts_demand(weighted, mean, know_regions=False).mean, 2.5 * found.mean)


def test_draws_have_the_mean_and_spread_that_the_interval_tells() -> None:
    table, mean = patients()
    found = amounts_demand(table, mean)
    drawn = sampled(found, 20_000, seed=1)
    np.testing.assert_allclose(drawn.mean(axis=0), found.mean, rtol=0.01)
    within = ((drawn >= found.low) & (drawn <= found.high)).mean(axis=0)
    assert ((within > 0.88) & (within < 0.93)).all()


@pytest.mark.parametrize("how", ["the rows", "drawn anew", "a population"])
def test_the_variance_is_the_luck_of_persons_of_who_comes_and_of_what_sets_a_region_apart(how: str) -> None:
    """Every sum by hand, of regions that differ much and rows that stand for several."""
    table, mu = patients(200)
    frame = table.frame.assign(
        visits=table.frame["visits"] * np.where(table.frame["town"] == "A", 3, 1), w=np.tile([1.0, 2, 6, 2], 50)
    )
    table = Table(frame, {**table.roles, "w": "weight"}, table.source, need_as="counts")
    people = {"A": 3000.0, "B": 500.0, "C": 70.0} if how == "a population" else None
    found = amounts_demand(table, mu, population=people, patients_anew=how == "drawn anew")
    squared, rows = (frame["visits"] - mu) ** 2, [frame.index[frame["town"] == town] for town in "AB"]
    luck = np.array([(squared[each].sum() + 30 * squared.mean()) / (len(each) + 30) for each in rows])
    w = frame["w"]
    observed, predicted, doubt = (
        np.array([of[each].sum() for each in rows]) for of in (w * frame["visits"], w * mu, w**2)
    )
    factors = region_factors(observed, predicted, doubt * luck)
    assert factors.factor[0] > 1.5 > factors.factor[1]
    for place, each in enumerate(rows):
        factor, total = factors.factor[place], w[each].sum()
        living = None if people is None else people["AB"[place]]
        scale = 1.0 if living is None else living / total
        said = pd.Series(mu)[each] * factor
        mean = scale * (w[each] * said).sum()
        variance = luck[place] * (doubt[place] if living is None else living)
        if how != "the rows":
            centre = 0.0 if living is None else (w[each] * said).sum() / total
            variance += scale**2 * ((w[each] * (said - centre)) ** 2).sum()
        variance += mean**2 * factors.variance[place] / factor**2
        assert (found.mean[place], found.unit[place]) == pytest.approx((mean, variance / mean))
    if people is not None:
        mean = 70 * np.average(mu, weights=w) * factors.elsewhere
        assert (found.mean[2], found.unit[2]) == pytest.approx((mean, 1 + mean * factors.elsewhere_variance))


@pytest.mark.parametrize("spread", [0.0, 0.4])
def test_ninety_in_a_hundred_intervals_hold_what_comes_next_also_where_regions_differ(spread: float) -> None:
    held, pooled, plain = [], [], []
    for seed in range(40):
        draw = np.random.default_rng(seed)
        region = np.repeat(np.arange(10), 60)
        mean = draw.gamma(2, 1.5, 600)
        factor = np.exp(draw.normal(0, spread, 10))
        came, comes = (draw.poisson(mean * factor[region] * draw.gamma(2, 0.5, 600)) for _ in range(2))
        frame = pd.DataFrame({"town": [f"T{each}" for each in region], "visits": came})
        table = Table(frame, {"town": "region", "visits": "need"}, Source("t", "0"), need_as="counts")
        said = mean * came.sum() / mean.sum()
        truth = np.bincount(region, comes)
        found = amounts_demand(table, said)
        held.append((truth >= found.low) & (truth <= found.high))
        pooled.append(found.mean - truth)
        plain.append(amounts_demand(table, said, know_regions=False).mean - truth)
    assert 0.85 < np.mean(held) < 0.95
    assert np.std(pooled) < (1.1 if spread == 0 else 0.6) * np.std(plain)


def test_a_region_without_patients_gets_the_mean_of_all_and_a_wide_interval() -> None:
    table, mean = patients()
    found = amounts_demand(table, mean, population={"A": 1000, "B": 600, "C": 500})
    assert found.regions == ("A", "B", "C") and found.patients.tolist() == [100, 300, 0]
    per_person = found.mean / np.array([1000, 600, 500])
    assert min(per_person[:2]) * 0.8 < per_person[2] < max(per_person[:2]) * 1.2
    width = (found.high - found.low) / found.mean
    assert width[2] > 1.5 * width[:2].max()
    assert "Regions without patients get the mean of all patients" in str(found.warnings[-1])


def test_less_than_nothing_is_refused_and_rows_without_a_prediction_are_told() -> None:
    table, mean = patients()
    with pytest.raises(InputError, match="“A” the expected amounts add up to"):
        amounts_demand(table, -mean)
    said = amounts_demand(table, np.where(np.arange(400) < 3, np.nan, mean)).warnings
    assert "nothing could be predicted for them: 3" in str(said[0])

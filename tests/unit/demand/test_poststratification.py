import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand import poststratified_demand, regional_demand
from medalloc.demand.population_cells import population_cells
from medalloc.demand.poststratification import joined_cells, poststratified
from medalloc.errors import InputError
from medalloc.tables.table import Source, Table

BANDS, SEXES = ("0-17", "18-64", "65+"), ("F", "M")


def patients(rows: int, seed: int, *, weights: bool = False) -> tuple[Table, np.ndarray]:
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame({"town": draw.choice(["A", "B"], rows), "age": draw.uniform(0, 95, rows)})
    frame["sex"] = draw.choice(["female", "male"], rows)
    roles = {"town": "region", "age": "feature", "sex": "group"}
    if weights:
        frame["w"], roles["w"] = draw.uniform(0.5, 9, rows), "weight"
    chance = np.clip(frame["age"].to_numpy() / 120 + 0.1 * (frame["sex"] == "male"), 0, 1)
    return Table(frame, roles, Source("t", "0")), np.asarray(chance, dtype=float)


def people(seed: int = 0, *, none: float = 0.0) -> Table:
    draw = np.random.default_rng(seed)
    frame = pd.DataFrame([(town, band, sex) for town in "AB" for band in BANDS for sex in SEXES])
    frame.columns = pd.Index(["town", "age band", "sex"])
    persons = draw.integers(100, 9000, len(frame)) * (draw.random(len(frame)) >= none)
    persons[0], persons[6] = 500, 700
    return Table(frame.assign(n=persons), {"town": "region", "n": "population"}, Source("p", "0"))


def test_weighted_patients_are_the_population_of_every_region_and_cell() -> None:
    table, _ = patients(400, 1, weights=True)
    living = people()
    found = poststratified(table, *population_cells(living, table))
    cell = pd.cut(table.frame["age"], [0, 18, 65, 200], right=False, labels=list(BANDS)).astype(str)
    sex = table.frame["sex"].str[0].str.upper()
    summed = pd.Series(found.weight).groupby([table.frame["town"], cell, sex]).sum()
    expected = living.frame.set_index(["town", "age band", "sex"])["n"]
    np.testing.assert_allclose(summed, expected.loc[summed.index])
    assert found.warnings == () and len(summed) == 12
    # a stratum is one cell of one region
    named = list(zip(table.frame["town"], cell, sex, strict=True))
    assert len(set(found.stratum.tolist())) == len(set(zip(named, found.stratum.tolist(), strict=True))) == 12
    # within a cell, weights keep their proportion
    ratio = pd.Series(found.weight / table.frame["w"]).groupby([table.frame["town"], cell, sex])
    np.testing.assert_allclose(ratio.max(), ratio.min())


@given(st.integers(8, 60), st.integers(0, 10**6), st.booleans(), st.sampled_from([0.0, 0.5, 0.9]))
@settings(max_examples=40)
def test_nobody_of_the_population_is_lost_however_cells_are_joined(
    rows: int, seed: int, weights: bool, none: float
) -> None:
    table, chance = patients(rows, seed, weights=weights)
    living = people(seed, none=none)
    found = poststratified(table, *population_cells(living, table))
    population = living.frame.groupby("town")["n"].sum()
    summed = pd.Series(found.weight).groupby(table.frame["town"]).sum()
    np.testing.assert_allclose(summed, population.loc[summed.index])
    assert (found.weight > 0).all() and not found.left_out.any()
    demand = poststratified_demand(table, chance, living)
    np.testing.assert_allclose(demand.mean, pd.Series(found.weight * chance).groupby(table.frame["town"]).sum())
    np.testing.assert_allclose(demand.scale, 1)
    assert not any("more people" in str(warning) for warning in demand.warnings)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=6, max_size=6))
def test_a_cell_joins_the_nearest_band_of_its_sex_and_of_the_other_only_without_one(
    cells: list[tuple[int, int]],
) -> None:
    persons, came = np.array([one for one, _ in cells], dtype=float).reshape(3, 2), np.array([n for _, n in cells])
    joined = joined_cells(persons, came)
    sound = [place for place, (one, n) in enumerate(cells) if one and n]
    if not sound:
        assert joined is None
        return
    assert joined is not None
    for place, (one, n) in enumerate(cells):
        if not one and not n:
            assert joined[place] == -1
            continue
        same = [each for each in sound if each % 2 == place % 2] or sound
        assert joined[place] in same
        assert abs(joined[place] // 2 - place // 2) == min(abs(each // 2 - place // 2) for each in same)


def test_a_sample_of_the_old_does_not_make_a_young_region_old() -> None:
    table, _ = patients(4000, 3)
    old = np.random.default_rng(0).random(4000) < np.where(table.frame["age"] > 65, 0.9, 0.1)
    skewed = Table(table.frame[old].reset_index(drop=True), table.roles, table.source)
    chance = np.where(skewed.frame["age"] > 65, 0.8, 0.1)
    living = people(2)
    aged = living.frame["age band"] == "65+"
    truth = (living.frame["n"] * np.where(aged, 0.8, 0.1)).groupby(living.frame["town"]).sum()
    total = living.frame.groupby("town")["n"].sum()
    plain = regional_demand(skewed, chance, population=total.to_dict())
    np.testing.assert_allclose(poststratified_demand(skewed, chance, living).mean, truth, rtol=0.02)
    assert (plain.mean > 1.2 * truth).all()


def test_without_age_and_sex_of_both_it_is_plain_scaling() -> None:
    table, chance = patients(100, 4)
    bare = Table(table.frame[["town"]], {"town": "region"}, table.source)
    living = people()
    total = living.frame.groupby("town")["n"].sum().to_dict()
    found, plain = poststratified_demand(bare, chance, living), regional_demand(bare, chance, population=total)
    np.testing.assert_array_equal(found.mean, plain.mean)
    np.testing.assert_array_equal(found.high, plain.high)


def test_what_is_joined_and_left_out_is_said() -> None:
    frame = pd.DataFrame({"town": ["A", "A", "A", "C"], "age": [30, np.nan, 70, 99], "sex": ["m", "m", "f", "x"]})
    table = Table(frame, {"town": "region"}, Source("t", "0"))
    rows = [("A", "18-64", "m", 50), ("A", "65+", "f", 20), ("A", "65+", "m", 10), ("B", "65+", "m", 9)]
    more = [("C", "18-64", "m", 40)]
    columns = ["town", "age", "sex", "n"]
    living = Table(pd.DataFrame(rows + more, columns=columns), {"town": "region", "n": "population"}, Source("p", "0"))
    demand = poststratified_demand(table, [0.5, 0.5, 0.1, 0.2], living)
    np.testing.assert_allclose(demand.mean, [0.5 * 60 + 0.1 * 20, 0.2 * 40])
    assert [str(warning) for warning in demand.warnings] == [
        "In “A”, cells without patients or without population are counted with the nearest: 65+ male → 18-64 male.",
        "In “C” no age band and sex has both patients and population, so all its patients stand for everybody.",
        "Rows left out because their age or sex is missing or not in the table of population: 1.",
        "Regions with population but without patients: B.",
    ]


def test_rows_without_probability_stand_for_nobody() -> None:
    table, chance = patients(200, 5)
    chance = np.where(np.arange(200) % 3 == 0, np.nan, chance)
    found = poststratified_demand(table, chance, people())
    np.testing.assert_allclose(found.weight_sum, people().frame.groupby("town")["n"].sum())
    assert [str(warning) for warning in found.warnings] == [
        "Rows left out because nothing could be predicted for them: 67."
    ]


def test_a_region_without_population_is_named_and_wrong_weights_are_refused_by_row() -> None:
    table, chance = patients(60, 6, weights=True)
    living = people()
    only_a = Table(living.frame[living.frame["town"] == "A"], living.roles, living.source)
    with pytest.raises(InputError, match="“B” has no population"):
        poststratified_demand(table, chance, only_a)
    wrong = Table(table.frame.assign(w=-1.0), table.roles, table.source)
    with pytest.raises(InputError, match="“w”, row 1: the weight is -1"):
        poststratified_demand(wrong, chance, living)


def test_about_nine_intervals_in_ten_hold_the_demand_of_the_population() -> None:
    """The interval of 200 samples of 300 rows each, who is in need being known, against the mean of the population."""
    living = people()
    middle = living.frame["age band"].map({"0-17": 9.0, "18-64": 41.5, "65+": 80.0})
    truth = living.frame["n"] * (middle / 120 + 0.1 * (living.frame["sex"] == "M"))
    expected = truth.groupby(living.frame["town"]).sum().to_numpy()
    for anew, least, most in ((False, 0.87, 1.0), (True, 0.84, 0.95)):
        held = np.empty((200, 2))
        for seed in range(200):
            sample, p = patients(300, 100 + seed)
            in_need = (np.random.default_rng(seed).random(300) < p).astype(float)
            demand = poststratified_demand(sample, in_need, living, patients_anew=anew)
            held[seed] = (demand.low <= expected) & (expected <= demand.high)
        assert least <= held.mean() <= most


def test_drawn_anew_is_the_bootstrap_that_is_weighted_to_the_cells_each_time() -> None:
    """Rows of each region are drawn with replacement, weighted to the population again, and then in need or not."""
    table, chance = patients(600, 8, weights=True)
    living, draw = people(), np.random.default_rng(0)
    by_town = [np.flatnonzero(table.frame["town"] == town) for town in "AB"]
    drawn = np.empty((600, 2))
    for sample in range(600):
        rows = np.concatenate([draw.choice(each, len(each)) for each in by_town])
        again = Table(table.frame.iloc[rows].reset_index(drop=True), table.roles, table.source)
        weight = poststratified(again, *population_cells(living, again)).weight
        in_need = draw.random(len(rows)) < chance[rows]
        drawn[sample] = np.bincount((again.frame["town"] == "B").to_numpy().astype(int), weight * in_need)
    found = poststratified_demand(table, chance, living, patients_anew=True)
    deviation = np.sqrt(found.trials * found.chance * (1 - found.chance)) * found.unit
    np.testing.assert_allclose(deviation, drawn.std(axis=0), rtol=0.12)
    np.testing.assert_allclose(found.mean, drawn.mean(axis=0), rtol=0.02)
    safe = poststratified_demand(table, chance, living)
    assert (safe.high - safe.low > found.high - found.low).all()


def test_one_patient_of_a_region_stands_for_all_who_live_there() -> None:
    table, _ = patients(30, 3)
    table.frame.loc[1:, "town"] = "A"
    table.frame.loc[0, "town"] = "B"
    living = people()
    found = poststratified(table, *population_cells(living, table))
    assert found.weight[0] == pytest.approx(living.frame.loc[living.frame["town"] == "B", "n"].sum())

"""Regions without patients: every number by hand, from the formulas that are written down."""

import numpy as np
import pandas as pd
import pytest

from medalloc.demand import regional_demand
from medalloc.tables.table import Source, Table


def patients_of(*regions: str) -> tuple[Table, np.ndarray]:
    """Return patients whose need, weights and features differ by region, and what features say of each."""
    draw = np.random.default_rng(4)
    town, sick = np.repeat(regions, 30), draw.random(30 * len(regions))
    frame = pd.DataFrame({"town": town, "sick": (sick < 0.5) * 1, "persons": draw.choice([1.0, 2.0, 9.0], len(town))})
    table = Table(frame, {"town": "region", "sick": "need", "persons": "weight"}, Source("t", "0"))
    return table, draw.uniform(0.05, 0.6, len(town)) + 0.3 * (town == regions[0])


@pytest.mark.parametrize("regions", [("B",), ("B", "D", "F", "G")])
def test_who_lives_where_no_patient_came_from_needs_what_all_need_and_differs_as_regions_do(
    regions: tuple[str, ...],
) -> None:
    table, features = patients_of(*regions)
    people = {**dict.fromkeys(regions, 5000.0), "A": 3.0, "E": 900.0}
    found = regional_demand(table, features, population=people)
    assert found.regions == tuple(sorted(people)) and found.effects is not None
    spread, weight = found.effects.elsewhere_variance, table.frame["persons"]
    hold = 1 / np.sqrt(1 + np.pi / 8 * spread)
    chance = 1 / (1 + np.exp(-(np.log(features / (1 - features)) + found.effects.elsewhere) * hold))
    share = np.average(chance, weights=weight)
    unlike = np.average(chance * (1 - chance) * hold, weights=weight) ** 2 * spread
    if len(regions) > 1:
        every = [
            np.average(chance[rows], weights=weight[rows]) for rows in table.frame.groupby("town").indices.values()
        ]
        unlike += np.var(every, ddof=1)
    for name in ("A", "E"):
        place, living = found.regions.index(name), people[name]
        variance = living**2 * unlike + living * share * (1 - share)
        trials = max(np.rint(share * (1 - share) * living**2 / variance), 1)
        assert found.mean[place] == pytest.approx(living * share)
        assert (found.trials[place], found.unit[place]) == pytest.approx((trials, living / trials))
        assert found.chance[place] == pytest.approx(share)
        assert (found.patients[place], found.weight_sum[place], found.population[place]) == (0, 0, living)


def test_where_regions_are_not_known_or_none_lacks_patients_nothing_is_added() -> None:
    table, features = patients_of("B", "D")
    assert regional_demand(table, features, population={"B": 9.0, "D": 9.0}).regions == ("B", "D")
    found = regional_demand(table, features, population={"A": 9.0, "B": 9.0, "D": 9.0}, know_regions=False)
    assert found.regions == ("B", "D")


def test_what_is_certain_is_certain_elsewhere_too() -> None:
    table, features = patients_of("B", "D")
    for sure in (0.0, 1.0):
        found = regional_demand(table, np.full(len(features), sure), population={"A": 7.0, "B": 9.0, "D": 9.0})
        assert found.low[0] == found.mean[0] == found.high[0] == 7 * sure

"""Added up in classes of probabilities, rows give the demand that they give one by one, however they are cut."""

from collections.abc import Mapping

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.demand.observed import Known
from medalloc.demand.regional import demand_of
from medalloc.demand.uncertainty import Rows
from medalloc.errors import InputError
from medalloc.partitions.digest import MOST_WEIGHTS, Digest, added
from medalloc.partitions.summing import Sums, demand_of_sums

REGIONS = ("East", "North", "South", "West")
POPULATION = dict.fromkeys((*REGIONS, "Nobody came"), 5e4)
NUMBERS = ("mean", "low", "high", "predicted", "predicted_variance", "observed", "scale", "trials", "chance", "unit")


@settings(deadline=None, max_examples=25)
@given(
    seed=st.integers(0, 10**6),
    rows=st.integers(4, 400),
    cuts=st.lists(st.floats(0, 1), max_size=4),
    weighted=st.booleans(),
    population=st.sampled_from([None, POPULATION]),
    know_regions=st.booleans(),
)
def test_demand_of_digests_is_that_of_the_rows(
    seed: int,
    rows: int,
    cuts: list[float],
    weighted: bool,
    population: Mapping[str, float] | None,
    know_regions: bool,
) -> None:
    draw = np.random.default_rng(seed)
    region = np.append(np.arange(4), draw.integers(0, 4, rows - 4))
    chance = draw.beta(0.4, 1.5, rows)
    chance[draw.random(rows) < 0.02], chance[draw.random(rows) < 0.02] = 0.0, 1.0
    need = (draw.random(rows) < chance).astype(np.int8)
    need[draw.random(rows) < 0.1] = -1
    weight = draw.choice([1.0, 2.5, 7.0], rows) if weighted else np.ones(rows)
    known = need != -1
    whole = demand_of(
        REGIONS,
        Rows(region, np.arange(rows), weight, chance),
        Known(region[known], need[known], chance[known], weight[known], None),
        population=population,
        know_regions=know_regions,
    )
    pieces = np.split(np.arange(rows), sorted(int(each * rows) for each in cuts))
    digests = [Digest.of(REGIONS, region[each], need[each], weight[each], chance[each]) for each in pieces]
    sums = Sums(added(digests), dict.fromkeys(("no_region", "no_weight", "no_prediction"), 0), REGIONS)
    parted = demand_of_sums(sums, population=population, know_regions=know_regions)
    assert parted.regions == whole.regions
    assert parted.patients.tolist() == whole.patients.tolist()
    for name in NUMBERS:
        np.testing.assert_allclose(getattr(parted, name), getattr(whole, name), rtol=1e-9, err_msg=name)


def test_more_weights_than_can_be_told_apart_are_refused() -> None:
    rows = MOST_WEIGHTS + 1
    with pytest.raises(InputError, match="1,000; one part has 1,001"):
        Digest.of(
            ["North"], *(np.zeros(rows, kind) for kind in (int, np.int8)), np.arange(1.0, rows + 1), np.ones(rows)
        )

"""Colours mean one thing each, and a change is coloured by its sign, with grey where nothing changes."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.allocation.policies.catalogue import CATALOGUE as POLICIES
from medalloc.allocation.uncertainty.answer import CAUTIOUS, SAMPLE_AVERAGE
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.ui.kit import palette
from medalloc.ui.kit.regional import both_sides


def parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_the_middle_of_a_scale_of_changes_is_grey_what_leaves_is_warm_and_what_comes_is_cold(shade: str) -> None:
    colours = [parts(each) for each in palette.DIVERGING[shade]]
    middle = len(colours) // 2
    assert len(colours) % 2 and max(colours[middle]) - min(colours[middle]) < 25
    assert all(red > blue for red, _, blue in colours[:middle])
    assert all(red < blue for red, _, blue in colours[middle + 1 :])


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_a_scale_of_changes_has_ends_alike_that_hold_every_value(values: list[float]) -> None:
    low, high = both_sides(np.array(values))
    assert low == -high < 0
    assert (np.abs(values) <= high * (1 + 1e-9)).all()


@pytest.mark.parametrize("shade", [0, 1])
def test_every_model_has_a_colour_of_its_own(shade: int) -> None:
    assert set(palette.MODELS) == set(CATALOGUE)
    assert len({pair[shade] for pair in palette.MODELS.values()}) == len(CATALOGUE)


@pytest.mark.parametrize("shade", [0, 1])
def test_every_policy_and_every_plan_for_many_futures_has_a_colour_of_its_own(shade):
    assert set(palette.FOR_FUTURES) == {SAMPLE_AVERAGE, CAUTIOUS}
    pairs = [*palette.FOR_FUTURES.values(), *(each.colour for each in POLICIES.values())]
    assert len({pair[shade] for pair in pairs}) == len(pairs)

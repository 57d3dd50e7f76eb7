import pytest

from medalloc.allocation.policy import POLICIES
from medalloc.allocation.uncertainty.answer import CAUTIOUS, SAMPLE_AVERAGE
from medalloc.ui import palette


@pytest.mark.parametrize("shade", ["light", "dark"])
def test_every_policy_has_a_colour_of_its_own(shade):
    colours = palette.POLICIES[shade]
    assert set(colours) == {*POLICIES, "alpha", SAMPLE_AVERAGE, CAUTIOUS}
    assert len(set(colours.values())) == len(colours)

import pytest

from medalloc.demand.epidemic import Epidemic
from medalloc.errors import InputError


def test_the_infected_are_told_from_those_in_hospital():
    assert Epidemic(1e6, hospitalized=5, hospital_share=0.05, market_share=0.2).infected == pytest.approx(500)


def test_every_fault_is_told_at_once():
    with pytest.raises(InputError) as raised:
        Epidemic(0, doubling_time=-1, infectious_days=0.5, contact_reduction=1.2, market_share=0)
    assert len(raised.value.faults) == 5


def test_more_infected_than_people_are_refused():
    with pytest.raises(InputError, match="mean 2,000 infected of 1,000 persons"):
        Epidemic(1000, hospitalized=20, hospital_share=0.01)


@pytest.mark.parametrize("found", [float("nan"), float("inf")])
def test_what_is_no_number_is_refused(found):
    with pytest.raises(InputError, match="population"):
        Epidemic(found)

import numpy as np
import pytest

from medalloc.allocation.waiting.waiting_list import (
    relief_capacity,
    target_capacity,
    target_queue_size,
    waiting_list_pressure,
)
from medalloc.errors import InputError


def test_many_lists_at_once_are_each_as_if_alone():
    assert target_queue_size([30, 0], [52, 18]).tolist() == [390, 0]
    assert waiting_list_pressure([26, 0], 52).tolist() == [1, 0]


def test_a_list_of_its_target_size_takes_the_demand_and_a_short_one_never_less_than_nothing():
    assert relief_capacity(30, [390, 0], 390, [26, 1]).tolist() == [30, 0]


def test_capacity_that_never_varies_need_not_exceed_the_demand():
    assert float(target_capacity(30, 52, cv_demand=0, cv_capacity=0)) == 30
    more = target_capacity(30, 52, cv_demand=np.array([0.5, 1, 2]))
    assert (np.diff(more) > 0).all()


def test_relief_brings_the_list_to_its_target_when_time_is_up():
    capacity = float(relief_capacity(30, 1200, 390, 26))
    assert 1200 + 26 * (30 - capacity) == pytest.approx(390)


def test_every_fault_of_a_list_is_said_at_once():
    with pytest.raises(InputError) as raised:
        relief_capacity(-1, np.nan, -3, 0)
    assert len(raised.value.faults) == 4
    with pytest.raises(InputError):
        target_capacity(1, 0, factor=0, cv_demand=-1)


def test_what_is_not_said_varies_as_much_as_it_is_and_the_factor_is_four():
    said = target_capacity(30, 52, factor=4, cv_demand=1, cv_capacity=1)
    assert target_capacity(30, 52) == said != target_capacity(30, 52, cv_capacity=0)
    assert target_capacity(30, 52, cv_demand=0) == target_capacity(30, 52, cv_capacity=0) < said

"""Waits, staffing and waiting lists as other people computed them."""

import numpy as np
import pytest

from medalloc.allocation.waiting.erlang import erlang_b, erlang_c
from medalloc.allocation.waiting.staffing import staffing
from medalloc.allocation.waiting.waiting_list import (
    relief_capacity,
    target_capacity,
    target_queue_size,
    waiting_list_pressure,
)
from tests.unit.allocation.waiting.one_queue import queue_length

ERLANG_C = [
    (10, 8, 0.4091801508, 10),
    (3, 2, 4 / 9, 15),
    (2, 1, 1 / 3, 15),
    (10, 6, 0.1012992, 7),
    (132, 123, 0.3211, 4),
    (12421, 12345, 0.3812, 4),
]
"""Servers, load, probability of waiting, digits. Erlang's formula (1917); the last two from a public test suite."""

ERLANG_B = [(190, 200, 0.08869684386923561, 16), (10, 20, 0.5379631686, 10)]
"""Servers, load, probability of being turned away, digits. Erlang's formula (1917), recomputed."""

STAFFING = [(1.0, 14, 0.888, 0.714, 0.174), (0.7, 15, 0.941, 0.667, 0.102)]
"""Largest occupancy, servers, service level, occupancy, probability of waiting. 100 calls in 30 minutes of 3 minutes
each, 80 % answered within 0.33 minutes. pyworkforce, pyworkforce/queuing/tests/test_erlang.py."""


@pytest.mark.parametrize(("servers", "load", "expected", "digits"), ERLANG_C)
def test_erlang_c_is_that_of_its_formula(servers, load, expected, digits):
    assert float(erlang_c(load, servers)) == pytest.approx(expected, abs=0.5001 * 10.0**-digits)


@pytest.mark.parametrize(("servers", "load", "expected", "digits"), ERLANG_B)
def test_erlang_b_is_that_of_its_formula(servers, load, expected, digits):
    assert float(erlang_b(load, servers)) == pytest.approx(expected, abs=0.5001 * 10.0**-digits)


def test_a_value_known_to_be_wrong_in_a_public_test_suite_is_not_carried_on():
    """It has 0.261 for 25 servers and a load of 20; the formula gives 0.2091."""
    found = float(erlang_c(load=20, servers=25))
    assert found == pytest.approx(0.2091, abs=5e-5)
    assert abs(found - 0.261) > 0.05


@pytest.mark.parametrize(("most_occupied", "servers", "level", "occupancy", "waiting"), STAFFING)
def test_staffing_is_that_of_pyworkforce(most_occupied, servers, level, occupancy, waiting):
    found = staffing(100 / 30, 3, target_wait=0.33, service_level=0.8, most_occupied=most_occupied)
    assert float(found.servers) == servers
    assert round(float(found.service_level), 3) == level
    assert round(float(found.occupancy), 3) == occupancy
    assert round(float(found.share_waiting), 3) == waiting


def test_the_queue_of_one_and_of_two_servers_is_that_of_the_textbook():
    """M/M/1: rho^2 / (1 - rho); M/M/2: 2 rho^3 / (1 - rho^2). By hand."""
    rho = np.array([0.1, 0.5, 0.9])
    assert queue_length(rho, 1) == pytest.approx(rho**2 / (1 - rho), rel=1e-12)
    assert queue_length(2 * rho, 2) == pytest.approx(2 * rho**3 / (1 - rho**2), rel=1e-12)


# NHS England's formulas as in the R package NHSRwaitinglist, tests/testthat/test-calc_*.R


@pytest.mark.parametrize(
    ("demand", "target_wait", "factor", "expected"), [(30, 52, 4, 390), (30, 50, 4, 375), (30, 50, 6, 250)]
)
def test_target_queue_size_is_that_of_nhs_england(demand, target_wait, factor, expected):
    """test-calc_target_queue_size.R."""
    assert float(target_queue_size(demand, target_wait, factor=factor)) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize(
    ("demand", "queue", "target", "weeks", "expected"),
    [(30, 1200, 390, 26, 61.153846), (33, 800, 200, 30, 53), (35, 250, 100, 15, 45)],
)
def test_relief_capacity_is_that_of_nhs_england(demand, queue, target, weeks, expected):
    """test-calc_relief_capacity.R."""
    assert float(relief_capacity(demand, queue, target, weeks)) == pytest.approx(expected, abs=5e-7)


def test_target_capacity_is_that_of_nhs_england():
    """test-calc_target_capacity.R."""
    found = target_capacity(30, 52, factor=3, cv_demand=1.1, cv_capacity=1.2)
    assert float(found) == pytest.approx(30.076442, abs=5e-7)


@pytest.mark.parametrize(("mean", "target", "expected"), [(63, 52, 2.42307692), (42, 24, 3.5), (55, 50, 2.2)])
def test_waiting_list_pressure_is_that_of_nhs_england(mean, target, expected):
    """test-calc_waiting_list_pressure.R."""
    assert float(waiting_list_pressure(mean, target)) == pytest.approx(expected, abs=5e-9)

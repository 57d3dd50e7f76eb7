import numpy as np
import pytest

from medalloc.lessons.descent import Setting, run
from medalloc.lessons.small_network import SmallNetwork


@pytest.fixture
def network() -> SmallNetwork:
    draw = np.random.default_rng(4)
    inputs = draw.normal(size=(60, 3))
    return SmallNetwork(inputs, (inputs[:, 0] * inputs[:, 1] > 0).astype(np.int8), hidden=6)


def test_backpropagation_gives_the_derivative_of_the_loss(network: SmallNetwork) -> None:
    at, small = network.start(1), 1e-6
    assert len(at) == network.parameters
    moves = small * np.eye(len(at))
    measured = [(network.loss(at + move) - network.loss(at - move)) / (2 * small) for move in moves]
    assert network.slope(at) == pytest.approx(measured, abs=1e-7)


def test_the_slopes_of_two_halves_average_to_that_of_all(network: SmallNetwork) -> None:
    at = network.start(2)
    halves = [network.slope(at, rows) for rows in (np.arange(30), np.arange(30, 60))]
    assert np.mean(halves, axis=0) == pytest.approx(network.slope(at))


def test_it_learns_what_no_straight_border_can(network: SmallNetwork) -> None:
    found = run(network, network.start(1), "adam", rate=0.05, setting=Setting(400, 15), seed=1)
    assert found.loss[-1] < 0.2 < np.log(2) * 0.9


def test_another_seed_gives_another_start(network: SmallNetwork) -> None:
    assert not np.array_equal(network.start(1), network.start(2))

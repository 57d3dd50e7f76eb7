"""Distributions to measure, and the slow obvious formulas that the measures are held against."""

import pytest
from hypothesis import strategies as st


@st.composite
def random_people(draw, smallest=0, size=None):
    """Draw values and weights with ties, zeros and groups without persons."""
    n = draw(st.integers(1, 7)) if size is None else size
    values = draw(st.lists(st.integers(smallest, 12).map(float), min_size=n, max_size=n))
    weights = draw(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0, 7.0]), min_size=n, max_size=n))
    return values, weights


def random_pairs(weights):
    """Yield every pair of groups with the probability that two persons picked at random come from them."""
    total = sum(weights)
    for i, one in enumerate(weights):
        for j, other in enumerate(weights):
            yield i, j, one * other / total**2


@pytest.fixture(scope="session")
def drawn_people():
    return random_people


@pytest.fixture(scope="session")
def pairs():
    return random_pairs

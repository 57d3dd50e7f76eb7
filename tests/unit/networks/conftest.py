import numpy as np
import pytest
from numpy.typing import NDArray

Vectors = tuple[NDArray[np.float32], NDArray[np.float64]]


@pytest.fixture
def vectors() -> Vectors:
    """Return 300 rows of four numbers, and a yes or no that follows two of them."""
    draw = np.random.default_rng(3)
    inputs = draw.normal(size=(300, 4)).astype(np.float32)
    return inputs, (inputs[:, 0] + inputs[:, 2] ** 2 + 0.3 * draw.normal(size=300) > 0.8).astype(float)


@pytest.fixture
def windows() -> Vectors:
    """Return 200 windows of eight steps and two channels, and two steps that follow them."""
    draw = np.random.default_rng(4)
    inputs = draw.normal(size=(200, 8, 2)).astype(np.float32)
    return inputs, np.stack([inputs[:, -1, 0], inputs[:, -2, 1] - inputs[:, -1, 0]], axis=1)

from typing import Any

import numpy as np

from medalloc.networks.architecture import Architecture
from medalloc.networks.descent import train
from medalloc.networks.network import BLOCK_ROWS, filled
from medalloc.networks.training import Training


def test_rows_come_out_the_same_alone_and_among_more_than_a_block(vectors: Any) -> None:
    inputs, targets = vectors
    network = train(Architecture("mlp", (4,), hidden=(4,)), inputs, targets, Training(epochs=1))
    many = np.tile(inputs, (BLOCK_ROWS // 300 + 2, 1))
    together = network.outputs(many)
    np.testing.assert_allclose(together[:5], network.outputs(inputs[:5]), atol=1e-6)
    np.testing.assert_allclose(together[-300:], together[:300], atol=1e-6)
    assert network.outputs(inputs[:0]).shape == (0, 1)


def test_filling_up_adds_zeros_only() -> None:
    made = filled(np.ones((2, 3)), 4)
    assert made.dtype == np.float32
    np.testing.assert_array_equal(made, [[1, 1, 1], [1, 1, 1], [0, 0, 0], [0, 0, 0]])

from typing import Any

import numpy as np
import pytest

from medalloc.networks.architecture import Architecture
from medalloc.networks.descent import train
from medalloc.networks.listening import listener, listening
from medalloc.networks.network import Epoch
from medalloc.networks.training import Training

LOOKS = Architecture("mlp", (4,), hidden=(8,))


def test_who_listens_hears_every_network_inside_and_none_outside(vectors: Any) -> None:
    heard: list[Epoch] = []
    with listening(heard.append):
        train(LOOKS, *vectors, Training(epochs=2))
        train(LOOKS, *vectors, Training(epochs=1))
    train(LOOKS, *vectors, Training(epochs=1))
    assert [each.number for each in heard] == [1, 2, 1]
    assert all(np.isfinite(each.loss) for each in heard)


def test_an_end_by_the_listener_leaves_nobody_listening(vectors: Any) -> None:
    def end(epoch: Epoch) -> None:
        raise InterruptedError(epoch.number)

    with pytest.raises(InterruptedError), listening(end):
        train(LOOKS, *vectors, Training(epochs=2))
    assert listener() is None

import numpy as np
import pytest

from medalloc.networks.architecture import Architecture
from medalloc.networks.building import build
from medalloc.networks.machine import first_weights


@pytest.mark.parametrize(
    ("kind", "inputs", "layers"),
    [
        ("mlp", (5,), {"Dense": 3}),
        ("cnn", (5,), {"Conv1D": 2, "Dense": 1}),
        ("cnn", (7, 2), {"Conv1D": 2, "Dense": 1}),
        ("rnn", (7, 2), {"SimpleRNN": 2, "Dense": 1}),
        ("lstm", (7, 2), {"LSTM": 2, "Dense": 1}),
    ],
)
def test_a_network_has_the_layers_its_description_names(
    kind: str, inputs: tuple[int, ...], layers: dict[str, int]
) -> None:
    model = build(Architecture(kind, inputs, outputs=3, hidden=(4, 4)), seed=0)
    found = [type(each).__name__ for each in model.layers]
    assert {name: found.count(name) for name in layers} == layers
    assert model.output_shape == (None, 3)


def test_first_weights_follow_the_seed_and_no_two_layers_start_alike() -> None:
    looks = Architecture("mlp", (4,), hidden=(4, 4))
    one, same, other = (first_weights(looks, seed) for seed in (1, 1, 2))
    for first, second in zip(one, same, strict=True):
        np.testing.assert_array_equal(first, second)
    assert not np.array_equal(one[0], other[0]) and not np.array_equal(one[0], one[2])
    assert not np.array_equal(one[2], other[0])


def test_a_filter_over_a_series_never_looks_ahead() -> None:
    model = build(Architecture("cnn", (6, 1), hidden=(3,), kernel=3), seed=0)
    convolution = model.layers[1]
    series = np.zeros((1, 6, 1), dtype=np.float32)
    later = series.copy()
    later[0, 4:] = 1
    before, after = (np.asarray(convolution(each)) for each in (series, later))
    np.testing.assert_array_equal(before[0, :4], after[0, :4])
    assert not np.array_equal(before[0, 4:], after[0, 4:])

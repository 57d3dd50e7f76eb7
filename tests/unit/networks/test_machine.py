import numpy as np
import pytest

from medalloc.networks.architecture import Architecture
from medalloc.networks.machine import first_weights, machine

LOOKS = Architecture("mlp", (3,), outputs=2, hidden=(2,))


def slowly(weights: tuple[np.ndarray, ...], inputs: np.ndarray) -> np.ndarray:
    """Compute a network of one hidden layer with matrices."""
    hidden, first, out, last = (each.astype(float) for each in weights)
    return np.maximum(inputs @ hidden + first, 0) @ out + last


@pytest.mark.parametrize("loss", ["squared", "logistic"])
def test_loss_and_gradient_are_those_of_the_textbook(loss: str) -> None:
    draw = np.random.default_rng(0)
    inputs, targets = draw.normal(size=(6, 3)), draw.integers(0, 2, (6, 2)).astype(float)
    counts = np.array([1, 1, 1, 1, 0, 0], dtype=float)
    weights = first_weights(LOOKS, 5)

    def total(weights: tuple[np.ndarray, ...]) -> float:
        made = slowly(weights, inputs)
        chance = 1 / (1 + np.exp(-made))
        log_loss = -(targets * np.log(chance) + (1 - targets) * np.log(1 - chance))
        each = (made - targets) ** 2 if loss == "squared" else log_loss
        return float((each.mean(axis=1) * counts).sum())

    compiled = machine(LOOKS, loss, "gd", 0.1)
    arrays = [each.astype(np.float32) for each in (inputs, targets, counts)]
    np.testing.assert_allclose(compiled.outputs(weights, arrays[0]), slowly(weights, inputs), atol=1e-5)
    found, gradient = compiled.total_gradient(weights, *arrays)
    assert float(found) == pytest.approx(total(weights), rel=1e-5)
    assert float(compiled.total_loss(weights, *arrays)) == pytest.approx(total(weights), rel=1e-5)
    for place, part in enumerate(gradient):
        moved = [each.astype(float) for each in weights]
        moved[place].flat[0] += 1e-4
        more = total(tuple(moved))
        moved[place].flat[0] -= 2e-4
        assert np.asarray(part).flat[0] == pytest.approx((more - total(tuple(moved))) / 2e-4, abs=1e-3)


def test_a_plain_step_goes_down_the_mean_gradient_by_the_learning_rate() -> None:
    draw = np.random.default_rng(1)
    batch = [each.astype(np.float32) for each in (draw.normal(size=(4, 3)), draw.normal(size=(4, 2)), np.ones(4))]
    weights, compiled = first_weights(LOOKS, 5), machine(LOOKS, "squared", "sgd", 0.25)
    _, gradient = compiled.total_gradient(weights, *batch)
    after, _, _ = compiled.step(weights, compiled.first_state, *batch)
    for old, new, slope in zip(weights, after, gradient, strict=True):
        np.testing.assert_allclose(new, old - 0.25 * np.asarray(slope) / 4, atol=1e-6)


def test_the_first_step_of_adam_is_as_long_as_the_learning_rate_in_every_weight() -> None:
    draw = np.random.default_rng(1)
    batch = [each.astype(np.float32) for each in (draw.normal(size=(4, 3)), draw.normal(size=(4, 2)), np.ones(4))]
    weights, compiled = first_weights(LOOKS, 5), machine(LOOKS, "squared", "adam", 0.01)
    _, gradient = compiled.total_gradient(weights, *batch)
    after, _, _ = compiled.step(weights, compiled.first_state, *batch)
    for old, new, slope in zip(weights, after, gradient, strict=True):
        moved = np.abs(np.asarray(new) - old)[np.abs(np.asarray(slope)) > 1e-2]
        np.testing.assert_allclose(moved, 0.01, rtol=1e-2)


def test_the_same_question_is_compiled_once() -> None:
    assert machine(LOOKS, "squared", "sgd", 0.25) is machine(LOOKS, "squared", "sgd", 0.25)

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.networks import descent
from medalloc.networks.architecture import Architecture
from medalloc.networks.descent import train
from medalloc.networks.machine import first_weights, machine
from medalloc.networks.network import Epoch
from medalloc.networks.training import OPTIMIZERS, Training

LOOKS = Architecture("mlp", (4,), hidden=(8,))


@pytest.mark.parametrize(("kind", "optimizer"), [("mlp", "gd"), ("mlp", "sgd"), ("mlp", "adam"), ("cnn", "adam")])
def test_every_optimiser_learns_from_vectors(kind: str, optimizer: str, vectors: Any) -> None:
    inputs, targets = vectors
    how = Training(
        optimizer, batch_size=32, epochs=150 if optimizer == "gd" else 30, learning_rate=0.02 * (optimizer == "adam")
    )
    network = train(Architecture(kind, (4,), hidden=(8,)), inputs, targets, how, loss="logistic")
    assert np.mean((network.outputs(inputs)[:, 0] > 0) == targets) > 0.8
    assert network.history[-1].loss < 0.7 * network.history[0].loss


@pytest.mark.parametrize("kind", ["mlp", "cnn", "rnn", "lstm"])
def test_every_network_learns_what_follows_a_window(kind: str, windows: Any) -> None:
    inputs, targets = windows
    how = Training(batch_size=32, epochs=40, learning_rate=0.02)
    network = train(Architecture(kind, (8, 2), outputs=2, hidden=(8,)), inputs, targets, how)
    assert np.mean((network.outputs(inputs) - targets) ** 2) < 0.5 * targets.var()


@given(st.integers(2, 40), st.integers(0, 1000))
@settings(max_examples=5)
def test_gradient_descent_is_one_step_a_pass_down_the_gradient_of_all_rows(rows: int, seed: int) -> None:
    draw = np.random.default_rng(seed)
    inputs, targets = draw.normal(size=(rows, 4)).astype(np.float32), draw.normal(size=rows).astype(np.float32)
    found = train(LOOKS, inputs, targets, Training("gd", 0.1, epochs=3, patience=0, seed=seed))
    compiled, weights = machine(LOOKS, "squared", "gd", 0.1), first_weights(LOOKS, seed)
    for _ in range(3):
        _, gradient = compiled.total_gradient(weights, inputs, targets[:, None], np.ones(rows, dtype=np.float32))
        weights = tuple(old - 0.1 * np.asarray(slope) / rows for old, slope in zip(weights, gradient, strict=True))
    for one, other in zip(found.weights, weights, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_blocks_do_not_change_gradient_descent(vectors: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    inputs, targets = vectors
    how = Training("gd", epochs=3)
    at_once = train(LOOKS, inputs, targets, how)
    monkeypatch.setattr(descent, "BLOCK_ROWS", 64)
    in_parts = train(LOOKS, inputs, targets, how)
    for one, other in zip(at_once.weights, in_parts.weights, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-5)


@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_same_seed_gives_the_same_network_and_another_seed_another(optimizer: str, vectors: Any) -> None:
    inputs, targets = vectors
    one, same, other = (
        train(LOOKS, inputs, targets, Training(optimizer, epochs=3, seed=seed)).outputs(inputs) for seed in (1, 1, 2)
    )
    np.testing.assert_allclose(one, same, atol=1e-5)
    assert np.abs(one - other).max() > 1e-3


def test_training_ends_when_held_out_rows_gain_nothing_and_keeps_the_best_weights() -> None:
    draw = np.random.default_rng(0)
    inputs, noise = draw.normal(size=(60, 4)), draw.normal(size=60)
    held_out = np.arange(40, 60)
    how = Training(epochs=200, patience=5, learning_rate=0.05, batch_size=20)
    network = train(Architecture("mlp", (4,), hidden=(32,)), inputs, noise, how, held_out=held_out)
    losses = [each.validation for each in network.history]
    assert len(losses) < 200 and losses.index(min(losses)) == len(losses) - 1 - 5  # type: ignore[type-var]
    again = np.mean((network.outputs(inputs[held_out])[:, 0] - noise[held_out]) ** 2)
    assert again == pytest.approx(min(losses), rel=1e-4)  # type: ignore[type-var]


def test_held_out_rows_are_not_learned_from(vectors: Any) -> None:
    inputs, targets = vectors
    held_out = np.arange(200, 300)
    how = Training("sgd", epochs=2)
    one = train(LOOKS, inputs, targets, how, held_out=held_out)
    changed = targets.copy()
    changed[held_out] = 9
    other = train(LOOKS, inputs, changed, how, held_out=held_out)
    assert [each.loss for each in one.history] == pytest.approx([each.loss for each in other.history], rel=1e-5)


def test_without_patience_every_row_teaches_until_the_last_pass(vectors: Any) -> None:
    network = train(LOOKS, *vectors, Training(epochs=4, patience=0))
    assert [each.number for each in network.history] == [1, 2, 3, 4]
    assert all(each.validation is None for each in network.history)


def test_a_handful_of_rows_does_not_say_when_to_stop(vectors: Any) -> None:
    inputs, targets = vectors
    few, enough = (train(LOOKS, inputs[:rows], targets[:rows], Training(epochs=1)).history[0] for rows in (190, 200))
    assert few.validation is None and enough.validation is not None


def test_every_pass_is_told_and_whoever_is_told_can_end_it(vectors: Any) -> None:
    told: list[Epoch] = []

    def listen(epoch: Epoch) -> None:
        told.append(epoch)
        if epoch.number == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        train(LOOKS, *vectors, Training(epochs=100), told=listen)
    assert [each.number for each in told] == [1, 2, 3]


class CountedRows:
    """Rows that remember how many were asked for at once."""

    def __init__(self, rows: NDArray[np.float32]) -> None:
        self.rows, self.most = rows, 0

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, places: NDArray[np.intp]) -> NDArray[np.float32]:
        self.most = max(self.most, len(places))
        return self.rows[places]


@pytest.mark.parametrize(("optimizer", "most"), [("adam", 4096), ("gd", 4096)])
def test_no_more_than_a_block_of_rows_is_ever_taken_out(optimizer: str, most: int) -> None:
    rows = CountedRows(np.zeros((20_000, 4), dtype=np.float32))
    train(LOOKS, rows, np.zeros(20_000), Training(optimizer, epochs=1))
    assert rows.most <= most


def test_a_step_too_long_is_said_instead_of_a_network_of_nonsense(vectors: Any) -> None:
    inputs, targets = vectors
    with pytest.raises(InputError, match="take a smaller learning rate"):
        train(LOOKS, 1000 * inputs, 1000 * targets, Training("sgd", 10.0, epochs=20))


@pytest.mark.parametrize(
    ("rows", "targets", "loss", "words"),
    [
        (np.zeros((3, 5)), np.zeros(3), "squared", r"shape \(5,\); the network takes \(4,\)"),
        (np.zeros((3, 4)), np.zeros(2), "squared", "rows: 3, targets: 2"),
        (np.zeros((1, 4)), np.zeros(1), "squared", "at least 2 rows"),
        (np.zeros((3, 4)), np.zeros((3, 2)), "squared", "gives 1 number a row"),
        (np.zeros((3, 4)), np.array([0, np.nan, 1]), "squared", "missing values"),
        (np.zeros((3, 4)), np.zeros(3), "hinge", "“loss” is 'hinge'"),
    ],
)
def test_rows_that_do_not_go_with_the_network_are_refused(rows: Any, targets: Any, loss: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        train(LOOKS, rows, targets, loss=loss)

"""The compiled arithmetic of a network: outputs, gradients and updates, without the loop around them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.networks.architecture import Architecture
from medalloc.networks.backend import library
from medalloc.networks.building import build

LOSSES = ("logistic", "squared")
"""Log loss of outputs that are log-odds, for targets from 0 to 1; squared error of outputs that are numbers."""

Weights = tuple[NDArray[np.float32], ...]


@dataclass(frozen=True)
class Machine:
    """Compiled functions of one kind of network; weights, rows and targets go in and come out as arrays.

    A row counts as often as its weight says, so that a last, shorter batch can be filled up with rows of weight 0 and
    nothing has to be compiled again for it.
    """

    outputs: Callable[..., Any]
    """(weights, inputs) -> outputs, shape (rows, outputs)."""

    total_loss: Callable[..., Any]
    """(weights, inputs, targets, row weights) -> weighted sum of the rows' losses."""

    total_gradient: Callable[..., Any]
    """(weights, inputs, targets, row weights) -> that sum, and its gradient."""

    update: Callable[..., Any]
    """(weights, state of the optimiser, gradient) -> weights and state after one step."""

    step: Callable[..., Any]
    """(weights, state, inputs, targets, row weights) -> weights, state and loss sum, after one step by the rows' mean
    gradient."""

    first_state: tuple[Any, ...]
    """State of the optimiser before the first step."""


@lru_cache(maxsize=16)
def machine(architecture: Architecture, loss: str, optimizer: str, rate: float) -> Machine:
    """Return the compiled arithmetic of a network; the same one for the same question, so that folds share it.

    Parameters
    ----------
    loss : str
        One of `LOSSES`.
    optimizer : str
        ``gd`` and ``sgd`` make the same plain step, ``adam`` one of its own length for each weight.
    """
    keras = library()
    import jax

    model = build(architecture, 0)
    others = [each.value for each in model.non_trainable_variables]
    stepper = (keras.optimizers.Adam if optimizer == "adam" else keras.optimizers.SGD)(rate)
    stepper.build(model.trainable_variables)

    def outputs(weights: Any, inputs: Any) -> Any:
        return model.stateless_call(list(weights), others, inputs)[0]

    def total_loss(weights: Any, inputs: Any, targets: Any, counts: Any) -> Any:
        made = outputs(weights, inputs)
        of_each = jax.nn.softplus(made) - targets * made if loss == "logistic" else (made - targets) ** 2
        return (of_each.mean(axis=1) * counts).sum()

    def total_gradient(weights: Any, inputs: Any, targets: Any, counts: Any) -> Any:
        return jax.value_and_grad(total_loss)(weights, inputs, targets, counts)

    def update(weights: Any, state: Any, gradient: Any) -> Any:
        weights, state = stepper.stateless_apply(list(state), list(gradient), list(weights))
        return tuple(weights), tuple(state)

    def step(weights: Any, state: Any, inputs: Any, targets: Any, counts: Any) -> Any:
        total, gradient = total_gradient(weights, inputs, targets, counts)
        return *update(weights, state, [each / counts.sum() for each in gradient]), total

    return Machine(
        outputs=jax.jit(outputs),
        total_loss=jax.jit(total_loss),
        total_gradient=jax.jit(total_gradient),
        update=jax.jit(update),
        step=jax.jit(step),
        first_state=tuple(each.value for each in stepper.variables),
    )


def first_weights(architecture: Architecture, seed: int) -> Weights:
    """Return freshly drawn weights."""
    return tuple(np.asarray(each.value, dtype=np.float32) for each in build(architecture, seed).trainable_variables)


@lru_cache(maxsize=64)
def weight_shapes(architecture: Architecture) -> tuple[tuple[int, ...], ...]:
    """Return the shape of every array of weights."""
    return tuple(tuple(each.shape) for each in build(architecture, 0).trainable_variables)

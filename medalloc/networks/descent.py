"""Training: down the gradient of the loss, pass after pass, until held-out rows say that it is enough."""

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import refused, require
from medalloc.networks.architecture import Architecture
from medalloc.networks.listening import Listener, listener
from medalloc.networks.machine import LOSSES, Machine, Weights, first_weights, machine
from medalloc.networks.network import BLOCK_ROWS, Epoch, Network, RowSource, block_size, filled
from medalloc.networks.training import Training
from medalloc.saved import one_of
from medalloc.sentences import counted, sentence

FEWEST_HELD_OUT = 20
"""Rows drawn below which none are held out: the loss of a handful says when chance was kind, not when to stop."""

Places = NDArray[np.intp]
Batch = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]


def train(
    architecture: Architecture,
    inputs: RowSource,
    targets: NDArray[np.generic],
    how: Training | None = None,
    *,
    loss: str = "squared",
    held_out: Places | None = None,
    told: Listener | None = None,
) -> Network:
    """Train a network.

    Parameters
    ----------
    inputs : RowSource
        Rows of the shape the architecture takes, shape (rows, ...); standardised, or it learns slowly.
    targets : ndarray
        What should come out, shape (rows,) or (rows, outputs).
    how : Training, optional
        Optimiser, passes, seed; Adam when left out.
    loss : str
        ``squared``, or ``logistic`` for targets from 0 to 1, where log-odds come out.
    held_out : ndarray of int, optional
        Places of the rows that only tell when to stop; drawn with the seed when left out. For series, give the latest.
    told : callable, optional
        Told every pass as it ends; what it raises ends the training. Whoever is `listening`, when left out.

    Raises
    ------
    InputError
        If rows and description do not go together, or the loss leaves the numbers.
    SourceError
        If networks cannot be used on this machine.

    Notes
    -----
    Batches are taken out of `inputs` by place, and all rows at once are a sum over blocks: memory does not grow with
    the table. The same seed gives the same network on the same machine, up to rounding.
    """
    how, told = how or Training(), told or listener()
    wanted = _checked(architecture, inputs, targets, loss)
    learn, judge = _divided(len(inputs), how, held_out)
    compiled = machine(architecture, loss, how.optimizer, how.rate)
    weights, state = first_weights(architecture, how.seed), compiled.first_state
    draw = np.random.default_rng(how.seed)
    best, best_at, lowest, history = weights, 0, np.inf, list[Epoch]()
    for number in range(1, how.epochs + 1):
        if how.optimizer == "gd":
            weights, state, found = _one_update(compiled, weights, state, _blocks(inputs, wanted, learn), len(learn))
        else:
            batches = _batches(inputs, wanted, draw.permutation(learn), how.batch_size)
            weights, state, found = _update_a_batch(compiled, weights, state, batches)
        held = [float(compiled.total_loss(weights, *block)) for block in _blocks(inputs, wanted, judge)]
        epoch = Epoch(number, found / len(learn), sum(held) / len(judge) if held else None)
        _require_numbers(epoch)
        history.append(epoch)
        if told is not None:
            told(epoch)
        if epoch.validation is None or epoch.validation < lowest:
            best, best_at, lowest = weights, number, epoch.validation or 0.0
        elif how.patience and number - best_at >= how.patience:
            break
    return Network(architecture, how, loss, tuple(np.asarray(each) for each in best), tuple(history))


def _one_update(
    compiled: Machine, weights: Weights, state: Any, blocks: Iterator[Batch], rows: int
) -> tuple[Weights, Any, float]:
    """Sum loss and gradient over all rows, then make one step."""
    loss, total = 0.0, [np.zeros(each.shape) for each in weights]
    for block in blocks:
        part, gradient = compiled.total_gradient(weights, *block)
        loss, total = loss + float(part), [one + np.asarray(each) for one, each in zip(total, gradient, strict=True)]
    weights, state = compiled.update(weights, state, [(each / rows).astype(np.float32) for each in total])
    return weights, state, loss


def _update_a_batch(
    compiled: Machine, weights: Weights, state: Any, batches: Iterator[Batch]
) -> tuple[Weights, Any, float]:
    """Make one step a batch."""
    parts = []
    for batch in batches:
        weights, state, part = compiled.step(weights, state, *batch)
        parts.append(part)
    # Asking each step for its loss would wait for it; they are asked once, when all are on their way.
    return weights, state, float(np.sum(np.asarray(parts, dtype=np.float64)))


def _blocks(inputs: RowSource, targets: NDArray[np.float32], places: Places) -> Iterator[Batch]:
    return _batches(inputs, targets, places, block_size(len(places), BLOCK_ROWS))


def _batches(inputs: RowSource, targets: NDArray[np.float32], places: Places, size: int) -> Iterator[Batch]:
    """Yield rows, targets and row weights, each of the same size; what is filled up has weight 0."""
    size = min(size, block_size(len(places), size))
    for start in range(0, len(places), size):
        taken = places[start : start + size]
        counts = filled(np.ones(len(taken)), size)
        yield filled(inputs[taken], size), filled(targets[taken], size), counts


def _divided(rows: int, how: Training, held_out: Places | None) -> tuple[Places, Places]:
    """Return the places that are learned from, and those that tell when to stop."""
    every = np.arange(rows)
    if held_out is not None:
        return np.setdiff1d(every, held_out), np.asarray(held_out, dtype=np.intp)
    count = round(how.held_out * rows)
    if how.patience == 0 or count < FEWEST_HELD_OUT:
        return every, every[:0]
    order = np.random.default_rng(how.seed).permutation(every)
    return np.sort(order[count:]), np.sort(order[:count])


def _require_numbers(epoch: Epoch) -> None:
    if np.isfinite(epoch.loss) and (epoch.validation is None or np.isfinite(epoch.validation)):
        return
    raise refused(
        "The loss of the network left the numbers in pass {number}; take a smaller learning rate.", number=epoch.number
    )


def _checked(
    architecture: Architecture, inputs: RowSource, targets: NDArray[np.generic], loss: str
) -> NDArray[np.float32]:
    """Return targets of shape (rows, outputs), or refuse rows that do not go with the description."""
    faults = one_of("loss", loss, LOSSES)
    wanted = np.asarray(targets, dtype=np.float32)
    wanted = wanted[:, None] if wanted.ndim == 1 else wanted
    if len(inputs) < 2 or len(wanted) != len(inputs):
        faults.append(
            sentence(
                "A network learns from at least 2 rows, each with its target; rows: {rows}, targets: {targets}.",
                rows=len(inputs),
                targets=len(wanted),
            )
        )
    elif tuple(np.shape(inputs[np.arange(1)])[1:]) != architecture.inputs:
        faults.append(
            sentence(
                "A row has shape {found}; the network takes {known}.",
                found=str(tuple(np.shape(inputs[np.arange(1)])[1:])),
                known=str(architecture.inputs),
            )
        )
    if wanted.ndim != 2 or wanted.shape[1] != architecture.outputs:
        faults.append(
            counted(
                "Targets have shape {found}; the network gives {outputs} number a row.",
                "Targets have shape {found}; the network gives {outputs} numbers a row.",
                "outputs",
                found=str(np.shape(targets)),
                outputs=architecture.outputs,
            )
        )
    if not np.isfinite(wanted).all():
        faults.append(sentence("Targets hold missing values; leave those rows out before the network learns."))
    require(*faults)
    return wanted

"""Softmax regression: probabilities of several answers from weighted sums."""

import numpy as np
from numpy.typing import NDArray

from medalloc.lessons.sample import Floats

MOST_STEPS = 100
CLOSE_ENOUGH = 1e-10


def softmax(scores: Floats) -> Floats:
    """Turn scores into probabilities that sum to 1 along the last axis.

    Examples
    --------
    >>> softmax(np.array([0.0, 0.0])).tolist()
    [0.5, 0.5]
    """
    # the largest score is taken away first: no exponential can overflow, and the ratios stay
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def fit_softmax(features: Floats, answers: NDArray[np.int64], *, classes: int, penalty: float) -> Floats:
    """Return weights that make the penalised log-loss smallest, by Newton's method.

    Parameters
    ----------
    features : array of float
        Shape (rows, features); a column of ones is added for the constants, which are not penalised.
    answers : array of int
        0 to classes - 1, shape (rows,).
    classes : int
        Possible answers. [count]
    penalty : float
        Weight of half the squared weights against the summed log-loss, above 0. [1]

    Returns
    -------
    array of float
        Shape (classes, features + 1), constants last.
    """
    inputs = np.column_stack([features, np.ones(len(features))])
    width = inputs.shape[1]
    truth = np.eye(classes)[answers]
    # adding the same to all constants changes no probability: a trace of penalty chooses one of them
    ridge = np.tile(np.append(np.full(width - 1, penalty), 1e-8), classes)
    weights = np.zeros(classes * width)
    for _ in range(MOST_STEPS):
        said = softmax(inputs @ weights.reshape(classes, width).T)
        slope = ((said - truth).T @ inputs).ravel() + ridge * weights
        step = np.linalg.solve(_curvature(inputs, said) + np.diag(ridge), slope)
        weights = weights - _damped(inputs, truth, weights, step, slope, ridge) * step
        if slope @ step < CLOSE_ENOUGH:
            break
    return weights.reshape(classes, width)


def said_by(weights: Floats, features: Floats) -> Floats:
    """Return the probability of every answer, shape (rows, classes)."""
    return softmax(features @ weights[:, :-1].T + weights[:, -1])


def _curvature(inputs: Floats, said: Floats) -> Floats:
    classes, width = said.shape[1], inputs.shape[1]
    blocks = np.empty((classes, width, classes, width))
    for one in range(classes):
        for other in range(classes):
            weight = said[:, one] * ((one == other) - said[:, other])
            blocks[one, :, other] = inputs.T @ (weight[:, None] * inputs)
    return blocks.reshape(classes * width, classes * width)


def _damped(inputs: Floats, truth: Floats, weights: Floats, step: Floats, slope: Floats, ridge: Floats) -> float:
    """Return how much of a Newton step to take, so that the loss falls."""

    def loss(tried: Floats) -> float:
        scores = inputs @ tried.reshape(truth.shape[1], -1).T
        top = scores.max(axis=1)
        spread = top + np.log(np.exp(scores - top[:, None]).sum(axis=1))
        return float((spread - (scores * truth).sum(axis=1)).sum() + 0.5 * ridge @ tried**2)

    before, share = loss(weights), 1.0
    while share > 1e-6 and loss(weights - share * step) > before - 1e-4 * share * (slope @ step):
        share /= 2
    return share

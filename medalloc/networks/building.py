"""From the description of a network to the network, with its first weights."""

from typing import Any

import numpy as np

from medalloc.networks.architecture import Architecture
from medalloc.networks.backend import library


def build(architecture: Architecture, seed: int) -> Any:
    """Return a Keras model with freshly drawn weights.

    Parameters
    ----------
    seed : int
        Decides the first weights; every layer draws its own.

    Raises
    ------
    SourceError
        If networks cannot be used on this machine.
    """
    keras = library()
    state = np.random.SeedSequence(seed).generate_state(2 * len(architecture.hidden) + 1)
    # Keras takes seeds of 31 bits.
    seeds = (int(each) >> 1 for each in state)
    inputs = keras.Input(architecture.inputs)
    match architecture.kind:
        case "cnn":
            last = _convolutions(keras, architecture, inputs, seeds)
        case "rnn" | "lstm":
            last = _recurrent(keras, architecture, inputs, seeds)
        case _:
            last = keras.layers.Flatten()(inputs)
            for units in architecture.hidden:
                last = keras.layers.Dense(units, activation="relu", kernel_initializer=_he(keras, seeds))(last)
    outputs = keras.layers.Dense(architecture.outputs, kernel_initializer=_glorot(keras, seeds))(last)
    return keras.Model(inputs, outputs)


def _convolutions(keras: Any, architecture: Architecture, last: Any, seeds: Any) -> Any:
    if not architecture.is_series:
        # The features in their order stand for the steps of a series with one channel.
        last = keras.layers.Reshape((*architecture.inputs, 1))(last)
    for filters in architecture.hidden:
        last = keras.layers.Conv1D(
            filters,
            architecture.kernel,
            # What a step of a series says must not depend on later steps.
            padding="causal" if architecture.is_series else "same",
            activation="relu",
            kernel_initializer=_he(keras, seeds),
        )(last)
    return keras.layers.Flatten()(last)


def _recurrent(keras: Any, architecture: Architecture, last: Any, seeds: Any) -> Any:
    layer = keras.layers.LSTM if architecture.kind == "lstm" else keras.layers.SimpleRNN
    for place, units in enumerate(architecture.hidden):
        last = layer(
            units,
            kernel_initializer=_glorot(keras, seeds),
            recurrent_initializer=keras.initializers.Orthogonal(seed=next(seeds)),
            return_sequences=place + 1 < len(architecture.hidden),
        )(last)
    return last


def _he(keras: Any, seeds: Any) -> Any:
    return keras.initializers.HeUniform(seed=next(seeds))


def _glorot(keras: Any, seeds: Any) -> Any:
    return keras.initializers.GlorotUniform(seed=next(seeds))

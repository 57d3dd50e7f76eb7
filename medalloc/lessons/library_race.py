"""The same race in a library that is used in earnest: Keras, computing with JAX."""

import time
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from medalloc.lessons.descent import Run
from medalloc.lessons.sample import Floats
from medalloc.networks.architecture import Architecture
from medalloc.networks.descent import train
from medalloc.networks.network import Epoch
from medalloc.networks.training import Training
from medalloc.sentences import Sentence, sentence

LIBRARY_NAMES = {"descent": "gd", "sgd": "sgd", "adam": "adam"}
"""What the optimisers are called there; the article's printed one does not exist there."""

HIDDEN = 16
Progress = Callable[[float, Sentence], None]


def library_race(
    inputs: Floats,
    need: NDArray[np.int8],
    rates: Mapping[str, float],
    *,
    batch: int,
    passes: int,
    seeds: int,
    progress: Progress,
) -> dict[str, tuple[Run, ...]]:
    """Train one network from the same starts by each optimiser.

    Parameters
    ----------
    inputs : array of float
        Standardised, shape (rows, columns).
    need : array of 0 and 1
        Shape (rows,).
    rates : mapping
        Learning rate of each optimiser that takes part; keys of `LIBRARY_NAMES`.
    batch : int
        Rows of one update, except of full-batch descent. [rows]
    passes : int
        Over all rows. [passes]
    seeds : int
        Starts. [count]

    Returns
    -------
    dict
        By optimiser, a run a seed. The loss is the mean of a pass, measured while learning; seconds are counted from
        the end of the first pass, in which the library compiles.
    """
    looks, made = Architecture("mlp", inputs=(inputs.shape[1],), hidden=(HIDDEN,)), {}
    for place, (way, rate) in enumerate(rates.items()):
        runs = []
        for seed in range(seeds):
            done = (place * seeds + seed) / (len(rates) * seeds)
            ended: list[tuple[float, float]] = []

            def told(epoch: Epoch, done: float = done, ended: list[tuple[float, float]] = ended) -> None:
                ended.append((epoch.loss, time.perf_counter()))
                share = epoch.number / passes / (len(rates) * seeds)
                progress(done + share, sentence("Pass {number} of {passes}", number=epoch.number, passes=passes))

            how = Training(LIBRARY_NAMES[way], rate, batch, passes, patience=0, seed=seed)
            train(looks, inputs.astype(np.float32), need.astype(np.float32), how, loss="logistic", told=told)
            runs.append(_run(ended, len(need), len(need) if way == "descent" else batch))
        made[way] = tuple(runs)
    return made


def _run(ended: list[tuple[float, float]], rows: int, batch: int) -> Run:
    losses, moments = (np.array(each) for each in zip(*ended, strict=True))
    passes = np.arange(1, len(losses) + 1, dtype=np.float64)
    return Run(np.empty((len(losses), 0)), losses, passes * -(-rows // batch), passes, moments - moments[0], False)

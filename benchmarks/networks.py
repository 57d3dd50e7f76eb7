"""Our training loop against Keras' own fit: the same networks, rows, first weights and early stopping, in turns.

    python -m benchmarks.networks

Both sides keep what they compiled and make as many passes. Fit gets what makes it quickest here: batches of one shape,
32 steps at a call. Time is CPU time of this process; the first turn, which compiles, does not count.
"""

import statistics
import time
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from numpy.typing import NDArray

from benchmarks.need import line
from medalloc.demand.forecasting.outlook import outlook
from medalloc.demand.forecasting.question import Question
from medalloc.demand.forecasting.reading import read_panel
from medalloc.need.evaluation.assessment import assess
from medalloc.need.models.choice import ModelChoice
from medalloc.networks.architecture import Architecture
from medalloc.networks.backend import library
from medalloc.networks.building import build
from medalloc.networks.descent import train
from medalloc.networks.machine import first_weights
from medalloc.networks.network import Epoch, Network, RowSource, filled
from medalloc.networks.training import Training
from medalloc.preparation.recipe import recipe_named
from medalloc.tables.apart import read_file

SAMPLES = Path(__file__).parents[1] / "sample_data"
SEED = 20260101
TURNS = 5
keras = library()


class Batches(keras.utils.PyDataset):  # type: ignore[misc,name-defined]
    """Rows by place in batches of one size; what is filled up has weight 0."""

    def __init__(self, inputs: RowSource, targets: NDArray[Any], places: NDArray[Any], size: int, draw: Any) -> None:
        super().__init__()
        self.inputs, self.targets, self.places, self.size, self.draw = inputs, targets, places, size, draw
        self.on_epoch_end()

    def __len__(self) -> int:
        return -(-len(self.places) // self.size)

    def __getitem__(self, number: int) -> tuple[Any, Any, Any]:
        taken = self.order[number * self.size : (number + 1) * self.size]
        rows = (self.inputs[taken], self.targets[taken], np.ones(len(taken)))
        return tuple(filled(each, self.size) for each in rows)  # type: ignore[return-value]

    def on_epoch_end(self) -> None:
        """Draw another order."""
        self.order = self.places if self.draw is None else self.draw.permutation(self.places)


@lru_cache(maxsize=16)
def compiled(architecture: Architecture, loss: str, optimizer: str, rate: float) -> tuple[Any, list[Any]]:
    """Return a model that is ready to be fitted, and the first state of its optimiser."""
    model = build(architecture, 0)
    squared, settings = loss == "squared", {"reduction": "mean_with_sample_weight"}
    stepper = (keras.optimizers.Adam if optimizer == "adam" else keras.optimizers.SGD)(rate)
    losses, metrics = keras.losses, keras.metrics
    model.compile(
        stepper,
        losses.MeanSquaredError(**settings) if squared else losses.BinaryCrossentropy(from_logits=True, **settings),
        weighted_metrics=[
            metrics.MeanSquaredError("of") if squared else metrics.BinaryCrossentropy("of", from_logits=True)
        ],
        steps_per_execution=32,
    )
    stepper.build(model.trainable_variables)
    return model, [np.asarray(each.value) for each in stepper.variables]


def fitted(
    architecture: Architecture,
    inputs: RowSource,
    targets: NDArray[Any],
    how: Training,
    *,
    loss: str = "squared",
    held_out: NDArray[Any] | None = None,
) -> Network:
    """Train as `train` does, by Keras' fit."""
    rows = np.arange(len(inputs))
    draw, chance = np.random.default_rng(how.seed), np.random.default_rng(how.seed)
    judge = chance.permutation(rows)[: round(how.held_out * len(rows))] if held_out is None else held_out
    judge = np.sort(judge if how.patience else rows[:0])
    learn = np.setdiff1d(rows, judge)
    model, first = compiled(architecture, loss, how.optimizer, how.rate)
    model.set_weights(list(first_weights(architecture, how.seed)))
    for variable, value in zip(model.optimizer.variables, first, strict=True):
        variable.assign(value)
    wanted = targets.astype(np.float32).reshape(len(rows), -1)
    at_once = 1 << (len(rows) - 1).bit_length()
    size, order = (at_once, None) if how.optimizer == "gd" else (how.batch_size, draw)
    stop = keras.callbacks.EarlyStopping("val_of", patience=how.patience, mode="min", restore_best_weights=True)
    made = model.fit(
        Batches(inputs, wanted, learn, size, order),
        epochs=how.epochs,
        validation_data=Batches(inputs, wanted, judge, at_once, None) if len(judge) else None,
        callbacks=[stop] if len(judge) else [],
        shuffle=False,
        verbose=0,
    ).history
    judged = made.get("val_of", [None] * len(made["of"]))
    history = tuple(Epoch(number + 1, *each) for number, each in enumerate(zip(made["of"], judged, strict=True)))
    weights = tuple(np.asarray(each.value) for each in model.trainable_variables)
    return Network(architecture, how, loss, weights, history)


def compare(name: str, work: Callable[[Any], object]) -> None:
    """Let both sides work in turns and print the middle of each."""
    took: dict[Any, list[float]] = {train: [], fitted: []}
    for turn in range(TURNS + 1):
        for side in sorted(took, key=lambda each: (each is fitted) != bool(turn % 2)):
            began = time.process_time()
            work(side)
            took[side].append(time.process_time() - began)
    ours, theirs = (statistics.median(each[1:]) for each in took.values())
    print(line(f"{name}, Keras' fit, CPU seconds", ours, theirs, ours / theirs, "at most 1.2"))


def main(_: Sequence[str] | None = None) -> None:
    draw = np.random.default_rng(SEED)
    windows, goal = (draw.normal(size=shape).astype(np.float32) for shape in ((7040, 16, 6), (7040, 4)))
    shape, once = Architecture("lstm", (16, 6), 4, (32,)), Training("adam", epochs=1, patience=0)
    compare("one pass of an LSTM over 7,040 windows", lambda side: side(shape, windows, goal, once))
    patients, recipe = read_file(SAMPLES / "patients_rand_hie.csv"), recipe_named("default")
    for optimizer in ("adam", "sgd", "gd"):
        choice = ModelChoice("mlp", 42, options={"optimizer": optimizer})

        def need(side: Any, choice: ModelChoice = choice) -> object:
            with patch("medalloc.need.models.network.train", side):
                return assess(patients, recipe, choice)

        compare(f"mlp of the sample's need by {optimizer}, test and five folds", need)
    panel = read_panel(read_file(SAMPLES / "weekly_boston_flu.csv")).panel

    def forecast(side: Any) -> object:
        with patch("medalloc.demand.forecasting.networks.train", side):
            return outlook(panel, Question(4, ("lstm",)))

    compare("forecast of Boston's flu with the LSTM, backtest and three seeds", forecast)


if __name__ == "__main__":
    main()

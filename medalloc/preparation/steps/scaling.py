"""Steps that scale numbers or pull them in."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import refused
from medalloc.preparation.kind import BENDS, Columns, Options, StepKind, share, which
from medalloc.preparation.state import ColumnState, Operation, Target, known_numbers, numbers_of
from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True)
class Stretch:
    """Shift, then divide."""

    shift: float
    """What becomes 0, in the column's unit."""

    unit: float
    """What becomes 1 above it, in the column's unit."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        return replace(state, values=(numbers_of(state) - self.shift) / self.unit)


@dataclass(frozen=True)
class Clip:
    """Pull outliers in."""

    low: float
    """Smallest value that stays, in the column's unit."""

    high: float
    """Largest value that stays, in the column's unit."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step."""
        return replace(state, values=np.clip(numbers_of(state), self.low, self.high))


@dataclass(frozen=True)
class Log1p:
    """The logarithm of 1 + x."""

    def apply(self, state: ColumnState) -> ColumnState:
        """Return the column after the step.

        Raises
        ------
        InputError
            If a value is -1 or below, which has no such logarithm.
        """
        values = numbers_of(state)
        below = values <= -1
        if below.any():
            raise refused(
                "Column “{column}” holds {found}, and log1p needs numbers above -1 (values like this: {count}); "
                "leave the column out of the step or mend the values.",
                column=state.name,
                found=float(values[below][0]),
                count=int(below.sum()),
            )
        return replace(state, values=np.log1p(values))


LEAST_SPREAD = 10 * float(np.finfo(float).eps)
"""Below it a column is taken for one without spread, as scikit-learn takes it."""


def _stretching(
    measured: Callable[[NDArray[np.float64]], tuple[float, float]],
) -> Callable[[Options, ColumnState, Target | None], Operation]:
    """Return how to learn a shift and a unit; a column without values or spread, but for rounding, is only shifted."""

    def learn(_options: Options, state: ColumnState, _target: Target | None) -> Operation:
        known = known_numbers(state)
        shift, unit = measured(known) if len(known) else (0.0, 1.0)
        return Stretch(float(shift), float(unit) if unit >= LEAST_SPREAD else 1.0)

    return learn


def _middle(known: NDArray[np.float64]) -> tuple[float, float]:
    low, middle, high = np.quantile(known, [0.25, 0.5, 0.75])
    return float(middle), float(high - low)


def _clip(options: Options, state: ColumnState, _target: Target | None) -> Operation:
    known = known_numbers(state)
    if not len(known):
        return Stretch(0.0, 1.0)
    low, high = np.quantile(known, [options["low"], options["high"]])
    return Clip(float(low), float(high))


def _clip_faults(options: Options, _columns: Columns) -> list[Sentence]:
    return [] if options["low"] < options["high"] else [sentence("option “low” must be below option “high”.")]


KINDS = {
    "standard_scale": StepKind(
        sentence("Standardise (z-score)"),
        "numeric",
        lambda _, columns: sentence(
            "Standardise {columns}: z-score, mean 0 and standard deviation 1.", columns=which(columns)
        ),
        learn=_stretching(lambda known: (known.mean(), known.std())),
    ),
    "min_max_scale": StepKind(
        sentence("Scale to between 0 and 1"),
        "numeric",
        lambda _, columns: sentence(
            "Rescale {columns}: min-max, the smallest value is 0 and the largest 1.", columns=which(columns)
        ),
        learn=_stretching(lambda known: (known.min(), known.max() - known.min())),
    ),
    "robust_scale": StepKind(
        sentence("Scale by median and quartiles"),
        "numeric",
        lambda _, columns: sentence(
            "Rescale {columns}: robust, the median is 0 and the quartiles are 1 apart.", columns=which(columns)
        ),
        learn=_stretching(_middle),
    ),
    "clip_outliers": StepKind(
        sentence("Clip outliers"),
        "numeric",
        lambda options, columns: sentence(
            "In {columns}, pull values below the {low} quantile or above the {high} quantile in to it.",
            columns=which(columns),
            **options,
        ),
        {"low": share(sentence("Lower quantile"), 0.01), "high": share(sentence("Upper quantile"), 0.99)},
        learn=_clip,
        turn=BENDS,
        faults=_clip_faults,
    ),
    "log1p": StepKind(
        sentence("Take logarithms"),
        "numeric",
        lambda _, columns: sentence("Replace x in {columns} by the logarithm of 1 + x.", columns=which(columns)),
        learn=lambda _options, _state, _target: Log1p(),
        turn=BENDS,
    ),
}
"""Steps that scale, by name."""

"""How a support vector machine parts patients in two dimensions, and which of them hold the margin."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from medalloc.lessons.sample import Floats, Sample, standardised

Kernel = Literal["linear", "rbf"]
KERNELS: tuple[Kernel, ...] = ("linear", "rbf")
STEPS = 70
"""Points along each side of the picture."""

SEEN = 0.985
"""Quantile of each column up to which the picture reaches. [fraction]"""


@dataclass(frozen=True, eq=False)
class Margin:
    """A fitted machine as a picture: decision function f, 0 on the border and -1 and 1 on the margin's edges."""

    horizontal: Floats
    """Places of the picture along the first column, in its unit, shape (steps,)."""

    vertical: Floats
    """Along the second column, shape (steps,)."""

    surface: Floats
    """f at every place, shape (steps, steps), vertical first."""

    decision: Floats
    """f of every patient, shape (patients,)."""

    supports: NDArray[np.bool_]
    """Who holds the margin: on its edge, inside it, or on the wrong side, shape (patients,)."""

    flatness: float
    """Half the squared length of the weights, the first part of what is made small. [1]"""

    hinge: float
    """Sum of max(0, 1 - y f(x)), the second part, before it is multiplied by the cost. [1]"""

    correct: float
    """Share of the patients shown that are on their side of the border. [fraction]"""

    @property
    def width(self) -> float:
        """Distance between the margin's edges, where the picture is flat. [standard deviations]."""
        return float(np.sqrt(2 / self.flatness)) if self.flatness > 0 else float("inf")


def margin(sample: Sample, *, cost: float, kernel: Kernel) -> Margin:
    """Fit a support vector machine to two columns.

    Parameters
    ----------
    sample : Sample
        Patients with two columns; both answers among them.
    cost : float
        Price of each unit of hinge loss, above 0. [1]
    kernel : str
        ``linear`` for a straight border, ``rbf`` for one that may bend.

    Notes
    -----
    Columns are brought to the same scale first, because distance is what the machine goes by.
    """
    from sklearn.svm import SVC

    points = standardised(sample.values, by=sample.values)
    machine = SVC(C=cost, kernel=kernel, tol=1e-4).fit(points, sample.need)
    decision = np.asarray(machine.decision_function(points), dtype=np.float64)
    sides = 2.0 * sample.need - 1
    supports = np.zeros(len(points), dtype=bool)
    supports[machine.support_] = True
    horizontal, vertical, surface = picture(sample, lambda places: np.asarray(machine.decision_function(places)))
    return Margin(
        horizontal,
        vertical,
        surface,
        decision,
        supports,
        _flatness(machine, decision),
        float(np.maximum(0, 1 - sides * decision).sum()),
        float(np.mean((decision > 0) == (sample.need == 1))),
    )


def picture(sample: Sample, value: Any, *, steps: int = STEPS) -> tuple[Floats, Floats, Floats]:
    """Return places along two columns, a little beyond nearly all patients, and a function's value at each.

    Parameters
    ----------
    value : callable
        From standardised places, shape (places, 2), to numbers, shape (places,).
    steps : int
        Places along each side. [count]
    """
    horizontal, vertical, places = places_of(sample, steps)
    return horizontal, vertical, np.asarray(value(places), dtype=np.float64).reshape(steps, steps)


def places_of(sample: Sample, steps: int) -> tuple[Floats, Floats, Floats]:
    """Return places along two columns, in their units, and every pair standardised, shape (steps * steps, 2).

    A few extreme patients lie outside; a picture that reached them would show nothing of all others.
    """
    low, high = np.quantile(sample.values, [1 - SEEN, SEEN], axis=0)
    beyond = 0.06 * np.where(high > low, high - low, 1.0)
    horizontal, vertical = (np.linspace(low[side] - beyond[side], high[side] + beyond[side], steps) for side in (0, 1))
    across, up = np.meshgrid(horizontal, vertical)
    return horizontal, vertical, standardised(np.column_stack([across.ravel(), up.ravel()]), by=sample.values)


def _flatness(machine: Any, decision: Floats) -> float:
    """Return half the squared length of the weights: the sum of dual weights times f without its constant."""
    heights = decision[machine.support_] - float(machine.intercept_[0])
    return float(machine.dual_coef_[0] @ heights) / 2

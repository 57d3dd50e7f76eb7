"""The colours of a map: steps of round numbers, or as many regions in each."""

from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from medalloc.ui.kit import palette

STEPS, RANKS = "steps", "ranks"
"""Colours by steps of the same width, or of as many regions each."""

CLASSES = 5
"""Colours of as many regions each. [count]"""

FEW_STEPS, MANY_STEPS = 4, 10
"""Steps of the same width, at least and at most. [count]"""


def breaks(values: NDArray[np.float64], domain: tuple[float, float], by: str) -> tuple[float, ...]:
    """Return where one colour ends and the next begins.

    Parameters
    ----------
    values : ndarray of shape (n_regions,)
        What is shown.
    domain : tuple of float
        Ends of the scale from zero; for steps, they alone say where colours change, so that these stay while a slider
        moves.
    by : str
        `STEPS` or `RANKS`.

    Examples
    --------
    >>> breaks(np.array([0.2]), (0.0, 1.0), STEPS)
    (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
    >>> breaks(np.array([0.0, 300.0]), (0.0, 300.0), STEPS)
    (50.0, 100.0, 150.0, 200.0, 250.0)
    >>> breaks(np.array([1.0, 2.0, 3.0, 4.0, 100.0]), (0.0, 100.0), RANKS)
    (1.8, 2.6, 3.4, 23.2)
    """
    known = values[np.isfinite(values)]
    if by == RANKS and len(known):
        cuts = np.quantile(known, np.arange(1, CLASSES) / CLASSES)
        rounded = (float(f"{each:.3g}") for each in cuts)
        return tuple(sorted({each for each in rounded if known.min() < each <= known.max()}))
    low, high = domain
    ten = 10.0 ** np.floor(np.log10(high - low))
    width = next(ten * part for part in (0.1, 0.2, 0.25, 0.5, 1.0) if (high - low) / (ten * part) <= MANY_STEPS + 1e-9)
    return tuple(float(f"{each:.6g}") for each in np.arange(low + width, high - width / 2, width))


def steps(cuts: tuple[float, ...]) -> alt.Scale:
    """Return a scale with one colour between every two of these numbers."""
    return alt.Scale(type="threshold", domain=list(cuts), range=between(cuts))


def between(cuts: tuple[float, ...]) -> list[str]:
    """Return the colours below, between and above these numbers."""
    shades = palette.SEQUENTIAL[palette.shade()]
    places = np.linspace(0, len(shades) - 1, len(cuts) + 1) if cuts else np.array([len(shades) // 2])
    return [_between(shades, each) for each in places]


def both_sides(domain: tuple[float, float]) -> alt.Scale:
    """Return a scale of changes, alike on both sides of zero."""
    # a scale over its two ends alone would leave the middle colours to chance
    shades = palette.DIVERGING[palette.shade()]
    # between orange and grey, the way around the colour circle leads through green
    return alt.Scale(domain=np.linspace(*domain, len(shades)).tolist(), range=shades, clamp=True, interpolate="lab")


def _between(shades: list[str], place: float) -> str:
    """Return the colour at a place between those of a list."""
    low = min(int(place), len(shades) - 2)
    one, other = (
        np.array([int(shades[each][digit : digit + 2], 16) for digit in (1, 3, 5)]) for each in (low, low + 1)
    )
    mixed: Any = np.rint(one + (other - one) * (place - low)).astype(int)
    return "#" + "".join(f"{each:02x}" for each in mixed.tolist())

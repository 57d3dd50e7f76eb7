"""Where a search looks for the options of a model."""

import math
from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from medalloc.need.models.catalogue import CATALOGUE
from medalloc.need.models.options import ModelOption

REACH = 30.0
"""Options are looked for between the default divided and multiplied by this, within what the model accepts."""

BY_ITSELF = (1e-5, 0.1)
"""Where an option is looked for, in parts of its largest value, when its default of 0 means that the model decides."""

DECADES = 100.0
"""Ends this many times apart are searched evenly in the logarithm."""


def search_ranges(kind: str) -> dict[str, ModelOption]:
    """Return the options that are searched, each with the ends between which it is.

    Examples
    --------
    >>> search_ranges("logistic")["penalty"].high
    30.0
    """
    return {
        name: replace(each.option, low=_low(each.option), high=_high(each.option))
        for name, each in CATALOGUE[kind].parameters.items()
        if each.searched and isinstance(each.option, ModelOption)
    }


def draw_options(ranges: Mapping[str, ModelOption], draw: np.random.Generator) -> dict[str, float]:
    """Draw one value of each option: evenly in the logarithm where its ends are far apart, else evenly."""
    made: dict[str, float] = {}
    for name, option in ranges.items():
        far = option.low > 0 and option.high / option.low >= DECADES
        ends = (math.log(option.low), math.log(option.high)) if far else (option.low, option.high)
        value = float(draw.uniform(*ends))
        # Three digits are all that a random draw deserves.
        value = float(f"{math.exp(value) if far else value:.3g}")
        made[name] = min(max(round(value) if option.whole else value, option.low), option.high)
    return made


def _low(option: ModelOption) -> float:
    low = max(option.low, option.default / REACH if option.default > 0 else option.high * BY_ITSELF[0])
    return float(math.ceil(low)) if option.whole else low


def _high(option: ModelOption) -> float:
    high = min(option.high, option.default * REACH if option.default > 0 else option.high * BY_ITSELF[1])
    return float(math.floor(high)) if option.whole else high

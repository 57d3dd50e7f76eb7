"""How well the need of one group of patients is predicted."""

from dataclasses import dataclass
from typing import Any

import numpy as np

Interval = tuple[float, float]

FEW_ROWS = 20
"""Rows below which a group is marked as small and left out of the largest difference."""


@dataclass(frozen=True)
class GroupScores:
    """How well the need of one group is predicted; NaN where a number is not defined."""

    group: str
    """What its rows have in common; empty for rows without a value."""

    rows: int
    """Rows of the group whose need is known. [count]"""

    persons: float
    """Persons that they stand for: the rows themselves, unless rows have weights. [persons]"""

    in_need: float
    """Persons in need. [persons]"""

    predicted: float
    """Persons in need that the probabilities add up to. [persons]"""

    auc: float
    """ROC AUC within the group; NaN where all have the same answer."""

    auc_interval: Interval
    """Newcombe's interval of it."""

    accuracy: float
    """Share that is called right. [fraction]"""

    accuracy_interval: Interval
    """Wilson's interval of it. [fraction]"""

    false_negative_rate: float
    """Share of those in need who are missed; NaN where nobody is in need. [fraction]"""

    false_negative_interval: Interval
    """Wilson's interval of it. [fraction]"""

    selection_rate: float
    """Share that is called in need. [fraction]"""

    selection_interval: Interval
    """Wilson's interval of it. [fraction]"""

    ratio: float
    """Persons in need over what the probabilities add up to; above 1 too little is predicted. [1]"""

    ratio_interval: Interval
    """Wilson's interval of the share in need, over the mean probability. [1]"""

    @property
    def small(self) -> bool:
        """Whether the group has too few rows to say much."""
        return self.rows < FEW_ROWS

    @property
    def is_hidden(self) -> bool:
        """Whether its numbers are not told, because they are of too few."""
        return bool(np.isnan(self.persons))

    @property
    def need(self) -> float:
        """Share in need. [fraction]."""
        return self.in_need / self.persons

    def to_json(self) -> dict[str, Any]:
        """Return the group as plain values; a number that is not defined is None. Rates are fractions."""
        return {
            "group": self.group,
            "n": self.rows,
            "persons": self.persons,
            "small": self.small,
            "in_need": self.in_need,
            "need": self.need,
            "predicted": self.predicted / self.persons,
            **_plain("auc", self.auc, self.auc_interval),
            **_plain("accuracy", self.accuracy, self.accuracy_interval),
            **_plain("fnr", self.false_negative_rate, self.false_negative_interval),
            **_plain("selection_rate", self.selection_rate, self.selection_interval),
            **_plain("ratio", self.ratio, self.ratio_interval),
        }


def _plain(name: str, value: float, interval: Interval) -> dict[str, Any]:
    if not np.isfinite(value):
        return {name: None, f"{name}_interval": None}
    return {name: value, f"{name}_interval": list(interval)}

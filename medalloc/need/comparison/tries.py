"""What a search found: every try, the best one, and whether the difference means anything."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from medalloc.need.models.choice import ModelChoice
from medalloc.sentences import Sentence


@dataclass(frozen=True)
class Try:
    """One set of options and how far it came."""

    options: Mapping[str, float | str]
    """Options that differ from their defaults; the first try has none."""

    aucs: tuple[float, ...]
    """ROC AUC of the folds it was tested on. NaN where a fold holds one answer only."""

    finished: bool
    """Whether it was tested on every fold; others fell behind, or the time was up."""

    @property
    def mean(self) -> float:
        """Mean ROC AUC over the folds it was tested on; NaN before the first."""
        defined = [each for each in self.aucs if not math.isnan(each)]
        return float(np.mean(defined)) if defined else float("nan")


@dataclass(frozen=True)
class SearchResult:
    """The options that ranked best, every try, and whether the difference means anything."""

    version: ClassVar[int] = 2

    choice: ModelChoice
    """The model with the options of the highest mean among finished tries."""

    tries: tuple[Try, ...]
    """Every try, the default first."""

    better: bool
    """Whether the found options beat the default by more than the folds differ, given how many were tried."""

    said: Sentence
    """The same in words."""

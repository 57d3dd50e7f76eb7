"""What a search found: every try, the best one, and whether the difference means anything."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from medalloc.errors import InputError
from medalloc.need.evaluation.storage import plain
from medalloc.need.models.choice import ModelChoice
from medalloc.sentences import Sentence, sentence

VERSION = 1


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

    choice: ModelChoice
    """The model with the options of the highest mean among finished tries."""

    tries: tuple[Try, ...]
    """Every try, the default first."""

    better: bool
    """Whether the found options beat the default by more than the folds differ, given how many were tried."""

    said: Sentence
    """The same in words."""

    def to_json(self) -> dict[str, Any]:
        """Return the result as plain data; a ROC AUC that is not defined is null."""
        return {
            "version": VERSION,
            "choice": self.choice.to_json(),
            "tries": plain(self.tries),
            "better": self.better,
            "said": self.said.to_json(),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "SearchResult":
        """Read what `to_json` wrote.

        Raises
        ------
        InputError
            If it has another version.
        """
        if data.get("version") != VERSION:
            raise InputError(
                sentence(
                    "The search has version {found}; this program reads version {known}. Search again.",
                    found=repr(data.get("version")),
                    known=VERSION,
                )
            )
        tries = tuple(
            replace(Try(**each), aucs=tuple(math.nan if auc is None else auc for auc in each["aucs"]))
            for each in data["tries"]
        )
        return cls(ModelChoice.from_json(data["choice"]), tries, data["better"], Sentence.from_json(data["said"]))

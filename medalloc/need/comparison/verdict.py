"""What follows from models beside each other, in words that are made from their numbers."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.need.measures.scores import Scores
from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True)
class Standing:
    """Where the models stand."""

    auc: Mapping[str, tuple[float, float]]
    """Mean ROC AUC over folds and its spread, by kind, highest first."""

    together: tuple[str, ...]
    """The highest and those that cannot be told apart from it."""

    chosen: str
    """The simplest of them, out of those that beat guessing if any does."""

    above_guessing: tuple[str, ...]
    """Those of them that rank better than a coin by more than the folds differ."""

    accuracy: float
    """Mean accuracy of the chosen one over folds. [fraction]"""

    majority: float
    """Mean accuracy of always giving the more frequent answer. [fraction]"""


def in_words(standing: Standing, names: Mapping[str, str]) -> tuple[Sentence, ...]:
    """Say which model is chosen and why, and whether it is worth anything."""
    said = [_which(standing, names)]
    if standing.chosen not in standing.above_guessing:
        said.append(
            sentence(
                "{chosen} cannot be told apart from guessing (ROC AUC {auc} ± {spread}, guessing 0.5): on these "
                "columns, do not act on its probabilities.",
                chosen=names[standing.chosen],
                **_figures(standing, standing.chosen),
            )
        )
    if standing.accuracy <= standing.majority:
        said.append(
            sentence(
                "Its accuracy of {accuracy}% is worth nothing: always giving the majority answer is right "
                "for {majority}% without any model.",
                accuracy=round(100 * standing.accuracy, 1),
                majority=round(100 * standing.majority, 1),
            )
        )
    return tuple(said)


def guessing(need: ArrayLike, majority: float, weight: NDArray[np.float64] | None = None) -> Scores:
    """Return the scores of always giving the more frequent answer, with the share in need as probability.

    Parameters
    ----------
    need : array of 0 and 1
        What came true, shape (rows,).
    majority : float
        Share of the more frequent answer. [fraction]
    weight : ndarray, optional
        How much each row counts, shape (rows,).
    """
    share = majority if float(np.average(np.asarray(need), weights=weight)) > 0.5 else 1 - majority
    return Scores(majority, majority, 0.5, 0.5, share, share * (1 - share))


def listed(names: Sequence[str]) -> Sentence | str:
    """Return names as a list in words: A, B and C."""
    if len(names) == 1:
        return names[0]
    first: Sentence | str = names[0]
    for name in names[1:-1]:
        first = sentence("{several}, {one}", several=first, one=name)
    return sentence("{several} and {one}", several=first, one=names[-1])


def _which(standing: Standing, names: Mapping[str, str]) -> Sentence:
    first, *others = standing.together
    below = next((kind for kind in standing.auc if kind not in standing.together), None)
    if others and 0 < len(standing.above_guessing) <= len(others):
        return sentence(
            "{models} cannot be told apart on your data: their ROC AUC differ by no more than chance from fold to fold "
            "explains. The simplest of those that rank better than guessing is chosen: {chosen} (ROC AUC {auc} ± "
            "{spread}).",
            models=listed([names[kind] for kind in standing.together]),
            chosen=names[standing.chosen],
            **_figures(standing, standing.chosen),
        )
    if others:
        return sentence(
            "{models} cannot be told apart on your data: their ROC AUC differ by no more than chance from fold to fold "
            "explains. The simplest of them is chosen: {chosen} (ROC AUC {auc} ± {spread}).",
            models=listed([names[kind] for kind in standing.together]),
            chosen=names[standing.chosen],
            **_figures(standing, standing.chosen),
        )
    if below is None:
        return sentence(
            "{model} is the only model that was trained (ROC AUC {auc} ± {spread}): there is nothing to compare it "
            "with.",
            model=names[first],
            **_figures(standing, first),
        )
    return sentence(
        "{model} ranks patients better than every other model by more than the folds differ (ROC AUC {auc} ± {spread}; "
        "next: {next}, {next_auc} ± {next_spread}) and is chosen.",
        model=names[first],
        next=names[below],
        next_auc=f"{standing.auc[below][0]:.3f}",
        next_spread=f"{standing.auc[below][1]:.3f}",
        **_figures(standing, first),
    )


def _figures(standing: Standing, kind: str) -> dict[str, str]:
    # three digits always: models often differ in the third one only
    auc, spread = standing.auc[kind]
    return {"auc": f"{auc:.3f}", "spread": f"{spread:.3f}"}

"""Which model of amounts is used? All on the same folds, told apart only where their deviances do."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from medalloc.need.comparison.comparison import SIGNIFICANCE, corrected_test
from medalloc.need.comparison.verdict import listed
from medalloc.need.evaluation.amount_assessment import AmountAssessment
from medalloc.need.evaluation.storage import plain, plain_ends
from medalloc.need.models.amount_catalogue import AMOUNTS
from medalloc.sentences import Sentence, sentence

BASELINE = "mean"
"""What every model has to beat."""


@dataclass(frozen=True)
class AmountComparison:
    """Models of amounts beside each other on the same folds, and what follows."""

    order: tuple[str, ...]
    """Kinds from the smallest mean deviance over folds to the largest."""

    chosen: str
    """The simplest of those that cannot be told apart from the first."""

    together: tuple[str, ...]
    """The first and those that cannot be told apart from it."""

    verdict: tuple[Sentence, ...]
    """What follows, in words."""


def compare_amounts(every: Mapping[str, AmountAssessment], names: Mapping[str, str] | None = None) -> AmountComparison:
    """Compare assessments that were cross-validated on the same folds.

    Parameters
    ----------
    names : mapping, optional
        What each kind is called in the verdict; by its kind when left out.

    Raises
    ------
    ValueError
        If there is none, or they were not cross-validated on the same folds.
    """
    folds = {kind: each.cross_validation for kind, each in every.items()}
    if len({(each.kind, each.tested, each.learnt) for each in folds.values()}) != 1:
        raise ValueError("Models are compared on the same folds, or not at all.")
    order = tuple(sorted(folds, key=lambda kind: (folds[kind].mean.deviance, list(AMOUNTS).index(kind))))
    first = folds[order[0]]
    together = [order[0]]
    for kind in order[1:]:
        pairs = zip(folds[kind].by_fold, first.by_fold, strict=True)
        test = corrected_test([one.deviance - other.deviance for one, other in pairs], first.learnt, first.tested)
        if test.p_value >= SIGNIFICANCE:
            together.append(kind)
    chosen = min(together, key=list(AMOUNTS).index)
    called = {kind: (names or {}).get(kind, kind) for kind in every}
    return AmountComparison(order, chosen, tuple(together), tuple(_verdict(every, together, chosen, called)))


def amounts_json(every: Mapping[str, AmountAssessment], compared: AmountComparison) -> dict[str, Any]:
    """Return a comparison as the command line prints it, the model with the smallest deviance first."""
    return {
        "leaderboard": [
            {
                "model": kind,
                **plain(every[kind].cross_validation.mean),
                "deviance_spread": plain(every[kind].cross_validation.spread.deviance),
                "test": plain(every[kind].scores),
                "intervals": {name: plain_ends(each) for name, each in every[kind].intervals.items()},
                "fit_seconds": every[kind].fit_seconds,
            }
            for kind in compared.order
        ],
        "folds": every[compared.chosen].cross_validation.folds,
        "folds_by": every[compared.chosen].cross_validation.kind,
        "chosen": compared.chosen,
        "cannot_be_told_apart": list(compared.together),
        "verdict": " ".join(map(str, compared.verdict)),
    }


def _verdict(
    every: Mapping[str, AmountAssessment], together: list[str], chosen: str, called: Mapping[str, str]
) -> list[Sentence]:
    folds = every[chosen].cross_validation
    figures = {
        "chosen": called[chosen],
        "deviance": f"{folds.mean.deviance:.3g}",
        "spread": f"{folds.spread.deviance:.2g}",
        "explained": round(100 * folds.mean.explained, 1),
    }
    if chosen == BASELINE:
        return [
            sentence(
                "No model tells the amounts better than the mean of all by more than the folds differ: on these "
                "columns, who needs how much is not known (deviance {deviance} ± {spread}).",
                **figures,
            )
        ]
    if len(together) > 1:
        return [
            sentence(
                "{models} cannot be told apart on your data: their deviances differ by no more than chance "
                "from fold to fold explains. The simplest of them is chosen: {chosen} (deviance {deviance} "
                "± {spread}; it explains {explained}% of the deviance around the mean).",
                models=listed([called[kind] for kind in together]),
                **figures,
            )
        ]
    return [
        sentence(
            "{chosen} tells the amounts better than every other model by more than the folds differ "
            "(deviance {deviance} ± {spread}; it explains {explained}% of the deviance around the mean) "
            "and is chosen.",
            **figures,
        )
    ]

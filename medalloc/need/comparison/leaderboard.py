"""A comparison as plain values."""

from typing import Any

from medalloc.need.comparison.comparison import Comparison
from medalloc.need.evaluation.storage import plain, plain_ends
from medalloc.need.measures.scores import Scores


def leaderboard_json(compared: Comparison) -> dict[str, Any]:
    """Return a leaderboard as the command line prints it: scores over folds, the majority last, and the verdict."""
    rows = [
        _leaderboard_row(row.kind, row.mean, row.spread.roc_auc, row.fit_seconds)
        | {"test_auc": plain(row.test.roc_auc), "auc_interval": plain_ends(row.intervals.get("roc_auc"))}
        for row in compared.models
    ]
    return {
        "leaderboard": [*rows, _leaderboard_row("majority", compared.majority, 0.0, 0.0)],
        "folds": compared.folds,
        "folds_by": compared.kind,
        "chosen": compared.chosen,
        "cannot_be_told_apart": list(compared.together),
        "verdict": " ".join(map(str, compared.verdict)),
    }


def _leaderboard_row(kind: str, mean: Scores, spread: float, seconds: float) -> dict[str, Any]:
    return {
        "model": kind,
        "auc": plain(mean.roc_auc),
        "auc_spread": plain(spread),
        "accuracy": mean.accuracy,
        "balanced": plain(mean.balanced_accuracy),
        "brier": mean.brier,
        "fit_seconds": seconds,
    }

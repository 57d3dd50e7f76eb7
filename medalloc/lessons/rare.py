"""Why accuracy says little where few are in need: the same model, judged while need becomes rarer."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from medalloc.lessons.sample import Floats, Sample, halves, standardised
from medalloc.need.measures.scores import scores

SHARES = (0.01, 0.02, 0.05, 0.1, 0.2, 0.4)
"""Shares in need that are looked at. [fraction]"""


@dataclass(frozen=True)
class Judged:
    """A model on patients it has not learnt from, means over splits. All are fractions."""

    share: float
    """Share of the test rows that is in need."""

    accuracy: float
    """Share of right answers."""

    always_no: float
    """Share of right answers of somebody who always says no."""

    found: float
    """Share of those in need that is found."""

    right: float
    """Share of those called that is in need; NaN where nobody is called."""

    roc_auc: float
    """Chance that of one in need and one not, the one in need has the higher probability."""


def thinned(sample: Sample, share: float, *, seed: int) -> Sample:
    """Return the patients of whom a share is in need: some of one kind are left out at random.

    Parameters
    ----------
    sample : Sample
        Patients, both answers among them.
    share : float
        Share in need that is wanted, above 0 and below 1. [fraction]
    seed : int
        Decides who is left out.
    """
    draw = np.random.default_rng(seed)
    needy, others = (draw.permutation(np.flatnonzero(sample.need == answer)) for answer in (1, 0))
    wanted = round(len(others) * share / (1 - share))
    if wanted > len(needy):
        others = others[: round(len(needy) * (1 - share) / share)]
    return sample.picked(np.sort(np.concatenate([needy[: max(wanted, 4)], others])))


def judged(sample: Sample, share: float, *, threshold: float, weighted: bool, seeds: Sequence[int]) -> Judged:
    """Let a logistic regression learn from half of the patients and judge it on the other half.

    Parameters
    ----------
    share : float
        Share in need to which they are thinned. [fraction]
    threshold : float
        Probability from which somebody is called. [fraction]
    weighted : bool
        Whether those in need weigh as much as all others together while learning.
    """
    from sklearn.linear_model import LogisticRegression

    rows: list[Floats] = []
    for seed in seeds:
        train, test = halves(thinned(sample, share, seed=seed), share=0.5, seed=seed)
        model = LogisticRegression(class_weight="balanced" if weighted else None)
        model.fit(standardised(train.values, by=train.values), train.need)
        probability = model.predict_proba(standardised(test.values, by=train.values))[:, 1]
        called, needy = probability >= threshold, test.need == 1
        rows.append(
            np.array(
                [
                    needy.mean(),
                    (called == needy).mean(),
                    (~needy).mean(),
                    called[needy].mean(),
                    needy[called].mean() if called.any() else np.nan,
                    scores(test.need, probability).roc_auc,
                ]
            )
        )
    every = np.array(rows)
    known = np.isfinite(every)
    count = known.sum(axis=0)
    means = np.where(count > 0, np.where(known, every, 0.0).sum(axis=0) / np.maximum(count, 1), np.nan)
    return Judged(*means.tolist())


def rarer(sample: Sample, *, threshold: float, weighted: bool, seeds: Sequence[int]) -> tuple[Judged, ...]:
    """Return the same at every one of `SHARES`, see `judged`."""
    return tuple(judged(sample, share, threshold=threshold, weighted=weighted, seeds=seeds) for share in SHARES)

"""How well one column alone tells who is in need."""

import numpy as np
import pandas as pd


def separation(feature: pd.Series, need: np.ndarray) -> float:
    """Return how well one column alone ranks patients by need, as ROC AUC in either direction.

    Parameters
    ----------
    feature : Series
        Numbers are ranked as they are; text, when it has few values, by the share in need of each value.
    need : ndarray of bool
        Who is in need.

    Returns
    -------
    float
        0.5 when the column says nothing, 1 when it separates perfectly.
    """
    if pd.api.types.is_numeric_dtype(feature):
        numbers = feature.to_numpy(float, na_value=np.nan)
    else:
        codes, levels = pd.factorize(feature)
        if len(levels) > len(feature) / 20:
            return 0.5
        codes = np.where(codes < 0, len(levels), codes)
        count = np.bincount(codes, minlength=len(levels) + 1)
        numbers = (np.bincount(codes, weights=need, minlength=len(levels) + 1) / np.maximum(count, 1))[codes]
    known = ~np.isnan(numbers)
    needing, others = numbers[known & need], np.sort(numbers[known & ~need])
    if not len(needing) or not len(others):
        return 0.5
    # of two that are equal each stands half above the other
    above = np.searchsorted(others, needing) + np.searchsorted(others, needing, side="right")
    auc = above.sum() / (2 * len(needing) * len(others))
    return float(max(auc, 1 - auc))

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
    if not pd.api.types.is_numeric_dtype(feature):
        codes, levels = pd.factorize(feature)
        if len(levels) > len(feature) / 20:
            return 0.5
        codes = np.where(codes < 0, len(levels), codes)
        count = np.bincount(codes, minlength=len(levels) + 1)
        feature = pd.Series((np.bincount(codes, weights=need, minlength=len(levels) + 1) / np.maximum(count, 1))[codes])
    known = feature.notna().to_numpy()
    positive, negative = int(need[known].sum()), int((~need[known]).sum())
    if not positive or not negative:
        return 0.5
    ranks = feature[known].rank().to_numpy()
    auc = (ranks[need[known]].sum() - positive * (positive + 1) / 2) / (positive * negative)
    return float(max(auc, 1 - auc))

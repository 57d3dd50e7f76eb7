"""Sums by region of a scored file as they may be told where few rows are of a region."""

from dataclasses import replace

import numpy as np

from medalloc.disclosure.hiding import told as told_counts
from medalloc.disclosure.rule import Rule
from medalloc.need.persistence.tally import Scoring


def told(scoring: Scoring, rule: Rule) -> Scoring:
    """Return what a model says of a file without the regions of which too few rows are."""
    if rule.tells_all:
        return scoring
    names = [each.region for each in scoring.regions]
    counts = told_counts(
        [(each.rows, each.predicted) for each in scoring.regions], rule, of="scored by region", rows=names
    )
    regions = tuple(
        replace(each, rows=round(rows), predicted=round(predicted))
        for each, (rows, predicted) in zip(scoring.regions, counts, strict=True)
        if not np.isnan(rows + predicted)
    )
    return replace(scoring, regions=regions)

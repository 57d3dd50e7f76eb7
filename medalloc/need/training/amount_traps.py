"""Columns that tell the amount almost perfectly on their own: they may have been written down afterwards."""

import numpy as np

from medalloc.need.training.fitted import FittedModel
from medalloc.need.training.patients import Patients
from medalloc.preparation.state import Rows
from medalloc.sentences import Sentence, sentence

SUSPECT_ROWS = 20_000
SUSPECT_CORRELATION = 0.98


def amount_leaks(fitted: FittedModel, patients: Patients, train: Rows) -> list[Sentence]:
    """Warn of columns whose order is nearly that of the amounts (Spearman's rank correlation)."""
    from scipy.stats import rankdata

    taken = train[:: max(1, len(train) // SUSPECT_ROWS)]
    matrix = fitted.prepared.matrix(patients.features, taken, learning=True)
    amount = rankdata(patients.learnt[taken])
    made = []
    for name, places in zip(fitted.prepared.sources, fitted.prepared.groups(), strict=True):
        columns = (matrix[:, place] for place in places)
        full = [each for each in columns if not np.isnan(each).any() and each.min() < each.max()]
        best = max((abs(float(np.corrcoef(rankdata(each), amount)[0, 1])) for each in full), default=0.0)
        if best >= SUSPECT_CORRELATION:
            made.append(
                sentence(
                    "Column “{column}” tells the amount almost perfectly on its own (rank correlation {correlation}). "
                    "Was it known before the need arose? If not, give it the role “ignored”.",
                    column=name,
                    correlation=round(best, 3),
                )
            )
    return made

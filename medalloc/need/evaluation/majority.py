"""What accuracy is worth beside the answer that needs no model."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.need.measures.scores import Scores
from medalloc.sentences import Sentence, sentence


def worth_nothing(need: ArrayLike, found: Scores, weight: NDArray[np.float64] | None = None) -> Sentence | None:
    """Say that an accuracy no higher than that of the more frequent answer is worth nothing, or return None.

    Parameters
    ----------
    need : array of 0 and 1
        What came true on the test rows, shape (rows,).
    weight : ndarray, optional
        How much each row counts, shape (rows,).

    Examples
    --------
    >>> from medalloc.need.measures.scores import scores
    >>> print(worth_nothing([0] * 9 + [1], scores([0] * 9 + [1], [0.1] * 10)))
    On the test rows the model does no better than always answering “no”: that is right for 90% of them without any \
model, so that an accuracy of 90% is worth nothing. Look at ROC AUC and balanced accuracy instead.
    """
    if found.accuracy > found.majority_accuracy:
        return None
    return sentence(
        "On the test rows the model does no better than always answering “{answer}”: that is right for "
        "{majority}% of them without any model, so that an accuracy of {accuracy}% is worth nothing. Look "
        "at ROC AUC and balanced accuracy instead.",
        majority=round(100 * found.majority_accuracy, 1),
        answer=sentence("yes") if float(np.average(np.asarray(need), weights=weight)) > 0.5 else sentence("no"),
        accuracy=round(100 * found.accuracy, 1),
    )

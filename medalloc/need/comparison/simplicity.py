"""Which model is simpler than which: the simpler is taken where scores do not tell them apart."""

from collections.abc import Iterable

from medalloc.need.models.options import MODEL_KINDS

ORDER = ("logistic", "linear-svm", "svm", "forest", "forest-article", "boosting", "mlp", "cnn")
"""From simple to complex; kinds that are not named here come behind, in the order of `MODEL_KINDS`."""


def from_simple_to_complex(kinds: Iterable[str]) -> tuple[str, ...]:
    """Return kinds of model from the simplest to the most complex.

    Examples
    --------
    >>> from_simple_to_complex(["boosting", "svm", "logistic"])
    ('logistic', 'svm', 'boosting')
    """
    places = list(dict.fromkeys([*ORDER, *MODEL_KINDS]))
    return tuple(sorted(kinds, key=places.index))

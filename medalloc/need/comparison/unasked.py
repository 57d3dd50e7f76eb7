"""Which models are compared unasked: on many rows, not those that take most of the time."""

from collections.abc import Collection

from medalloc.need.models.catalogue import CATALOGUE
from medalloc.sentences import Sentence, sentence


def compared_unasked(rows: int) -> tuple[str, ...]:
    """Return the kinds of model that are compared on so many rows without being asked for by name.

    Examples
    --------
    >>> "mlp" in compared_unasked(5_000), "mlp" in compared_unasked(100_000), "boosting" in compared_unasked(100_000)
    (True, False, True)
    """
    return tuple(kind for kind, each in CATALOGUE.items() if each.unasked_up_to is None or rows <= each.unasked_up_to)


def left_out(rows: int, compared: Collection[str]) -> Sentence | None:
    """Say which models were not compared because they take long on so many rows; None where all were."""
    names = [kind for kind in CATALOGUE if kind not in (*compared_unasked(rows), *compared)]
    if not names:
        return None
    return sentence(
        "Not compared, because with {rows} rows they take most of the time: {models}. They are when asked for: --every "
        "in a command, by name on the Need screen.",
        rows=rows,
        models=", ".join(names),
    )

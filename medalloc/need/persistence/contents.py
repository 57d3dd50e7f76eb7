"""What the file of a model says about the patients that it learned from."""

from medalloc.need.models.building import Model
from medalloc.sentences import Sentence, counted, sentence


def rows_within(model: Model) -> int:
    """Return how many patients' prepared cells a model consists of: those that it compares others with.

    Parameters
    ----------
    model : Model
        As it was fitted.
    """
    steps = getattr(getattr(model, "estimator", None), "named_steps", {"": getattr(model, "estimator", None)})
    kept = [getattr(each, name, None) for each in steps.values() for name in ("support_vectors_", "components_")]
    return max((len(rows) for rows in kept if rows is not None), default=0)


def contents(model: Model) -> Sentence:
    """Say what the file of a model holds of its table."""
    if rows := rows_within(model):
        return counted(
            "The file holds the prepared cells of {rows} patient, because this model compares others with them: give "
            "it only to those who may see the table, or keep another model.",
            "The file holds the prepared cells of {rows} patients, because this model compares others with them: give "
            "it only to those who may see the table, or keep another model.",
            "rows",
            rows=rows,
        )
    return sentence(
        "The file holds no row of the table: of each column it holds the smallest and largest number, tenths, and "
        "texts that several patients share."
    )

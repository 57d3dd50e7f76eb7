"""What models learn from: features as arrays, need, and who is who."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import refused
from medalloc.need.training.amount import Amount, holds_amounts, read_amount
from medalloc.need.training.splitting import FOLDS, can_split, patient_groups
from medalloc.need.training.target import MISSING, Need, need_vector
from medalloc.need.training.times import row_times
from medalloc.need.training.weights import learning_weights
from medalloc.preparation.encoding import EncodedColumn, encode
from medalloc.preparation.fitting import kept_rows
from medalloc.preparation.recipe import Recipe
from medalloc.preparation.state import Rows, Target
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

FEWEST_ROWS_AN_ANSWER = 10
FEWEST_AMOUNTS = 20


@dataclass(frozen=True, eq=False)
class Patients:
    """A table of patients, ready to learn from."""

    features: tuple[EncodedColumn, ...]
    """Columns with the role ``feature``, in the table's order."""

    need: NDArray[np.int8]
    """1, 0, or -1 where it is not known, shape (rows of the table,)."""

    groups: NDArray[np.int64] | None
    """Patient of each row, when patients repeat; else None."""

    usable: Rows
    """Rows the recipe keeps, whether or not their need is known."""

    known: Rows
    """Rows the recipe keeps and whose need is known."""

    warnings: tuple[Sentence, ...]
    """What had to be decided."""

    times: NDArray[np.float64] | None = None
    """When each row was, when the split goes by time; else None. Shape (rows of the table,)."""

    weights: NDArray[np.float64] | None = None
    """How much each row counts, 1 on average; None where all count the same. Shape (rows of the table,)."""

    amount: Amount | None = None
    """How much each needed, where that is learnt; `need` then says whether it is more than in the middle."""

    @property
    def learnt(self) -> NDArray[Any]:
        """What models learn: amounts, or need as 0 and 1; shape (rows of the table,)."""
        return self.need if self.amount is None else self.amount.values

    def weights_at(self, rows: Rows) -> NDArray[np.float64] | None:
        """Return how much some rows count; None where all count the same."""
        return None if self.weights is None else self.weights[rows]


def encode_features(table: Table) -> tuple[EncodedColumn, ...]:
    """Return the columns with the role ``feature`` as arrays.

    Raises
    ------
    InputError
        If no column has that role, or a column holds an infinite number.
    """
    names = table.columns("feature")
    if not names:
        raise refused(
            "No column has the role “feature”; give it to the columns a model may learn from, out of: {columns}.",
            columns=", ".join(map(str, table.frame.columns)),
        )
    return encode(table.frame, names)


def gather(table: Table, recipe: Recipe) -> Patients:
    """Collect what models learn from.

    Raises
    ------
    InputError
        If features or need are missing or unusable, or fewer than ten rows of one answer are left.
    """
    features = encode_features(table)
    amount = read_amount(table) if holds_amounts(table) else None
    need = need_vector(table) if amount is None else _above_middle(amount)
    groups = patient_groups(table)
    # Four bytes a row place and no copy where nothing is left out: a million rows must fit beside their table.
    usable = kept_rows(recipe, features, np.arange(len(table.frame), dtype=np.int32))
    weights = learning_weights(table)
    if weights is not None:
        usable = usable[~np.isnan(weights[usable])]
    with_answer = need.values[usable] != MISSING
    known = usable if with_answer.all() else usable[with_answer]
    positives = int(np.sum(need.values[known]))
    warnings = [*table.left_out, *need.warnings, *_warnings(len(table.frame), usable, known, groups)]
    warnings += _weighed(table, weights)
    if amount is not None:
        _require_enough(amount, known, recipe)
    elif min(positives, len(known) - positives) < FEWEST_ROWS_AN_ANSWER:
        raise refused(
            "After recipe “{recipe}” the table has rows in need: {positives}, rows not in need: {negatives}; at "
            "least {fewest} of each are needed. Add rows, or use a recipe that fills missing values.",
            recipe=recipe.name,
            positives=positives,
            negatives=len(known) - positives,
            fewest=FEWEST_ROWS_AN_ANSWER,
        )
    times, remarks = _times(table, known, need.values, groups)
    return Patients(features, need.values, groups, usable, known, (*warnings, *remarks), times, weights, amount)


def all_answers(table: Table) -> tuple[Target, Rows]:
    """Return what rows needed, in folds, and which rows are known, to show what a recipe makes of a table."""
    values = read_amount(table).values if holds_amounts(table) else need_vector(table).values.astype(np.float64)
    known = np.flatnonzero(~np.isnan(values) & (values != MISSING))
    fold = np.full(len(values), -1, dtype=np.int8)
    fold[known] = np.arange(len(known)) % FOLDS
    return Target(values, fold), known


def _above_middle(amount: Amount) -> Need:
    """Return whether each amount lies above the middle one: splits and folds get like shares of them."""
    missing = np.isnan(amount.values)
    middle = np.median(amount.values[~missing])
    above = amount.values > middle
    if not above.any():
        above = amount.values >= middle
    values = np.where(missing, MISSING, above).astype(np.int8)
    if not missing.any():
        return Need(values, amount.column)
    left_out = sentence(
        "Rows without an answer in “{column}”: {count}. The model does not learn from them.",
        column=amount.column,
        count=int(missing.sum()),
    )
    return Need(values, amount.column, warnings=(left_out,))


def _require_enough(amount: Amount, known: Rows, recipe: Recipe) -> None:
    values = amount.values[known]
    if len(values) >= FEWEST_AMOUNTS and values.min() < values.max():
        return
    raise refused(
        "After recipe “{recipe}” the table has rows with an amount: {rows}; at least {fewest}, not all the same, "
        "are needed. Add rows, or use a recipe that fills missing values.",
        recipe=recipe.name,
        rows=len(values),
        fewest=FEWEST_AMOUNTS,
    )


def _times(
    table: Table, known: Rows, need: NDArray[np.int8], groups: NDArray[np.int64] | None
) -> tuple[NDArray[np.float64] | None, tuple[Sentence, ...]]:
    """Return when each row was, if that can decide the split, and what a reader should know of it."""
    times, remarks = row_times(table)
    if times is None:
        return None, remarks
    name = table.required("date")
    if not can_split(known, need, groups, times):
        return None, (
            sentence(
                "Column “{column}” has the role “date”, but there are too few rows of both answers at different times "
                "to learn from earlier and test on later ones; time is left out of account.",
                column=name,
            ),
        )
    made = [sentence("Column “{column}”: a model learns from earlier rows and is tested on later ones.", column=name)]
    undated = int(np.isnan(times[known]).sum())
    if undated:
        made.append(sentence("Rows without a date: {count}. They count as the earliest.", count=undated))
    return times, tuple(made)


def _weighed(table: Table, weights: NDArray[np.float64] | None) -> list[Sentence]:
    if weights is None:
        return []
    return [
        sentence(
            "Rows count as column “{column}” says, in learning, calibration, scores, intervals and sums.",
            column=table.required("weight"),
        )
    ]


def _warnings(rows: int, usable: Rows, known: Rows, groups: NDArray[np.int64] | None) -> list[Sentence]:
    made = []
    if len(usable) < rows:
        made.append(
            sentence(
                "Rows left out because a value is missing: {left_out} of {rows}. Nothing is predicted for them.",
                left_out=rows - len(usable),
                rows=rows,
            )
        )
    if groups is not None:
        made.append(
            sentence(
                "Patients appear more than once; rows: {rows}, patients: {patients}. A patient's rows are kept on one "
                "side of every split.",
                rows=len(known),
                patients=len(np.unique(groups[known])),
            )
        )
    return made

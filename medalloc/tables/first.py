"""Which end of a column that weighs people comes first: where 1 is the first of three, its numbers are turned round."""

from dataclasses import replace
from typing import Literal, get_args

from medalloc.errors import refused
from medalloc.sentences import Sentence, sentence
from medalloc.tables.cells import as_numbers
from medalloc.tables.table import Table

ValueOrder = Literal["larger", "smaller"]
"""Whether people count more where the number is larger, or where it is smaller."""


TURNED = sentence(
    "“{column}”: smaller numbers come first: {least} is taken for {most}, and {most} for {least}."
).template


def turned_said(table: Table) -> Sentence | None:
    """Return what was said where the values of a table were turned round; None where they were not."""
    return next((each for each in table.notes if each.template == TURNED), None)


def with_first(table: Table, order: ValueOrder) -> Table:
    r"""Return a table whose larger values count more, and say what was turned round.

    Parameters
    ----------
    table : Table
        With its roles.
    order : ValueOrder
        Which of its values count more; smaller ones are reflected within their range, so that 1, 2, 3 become 3, 2, 1.

    Raises
    ------
    InputError
        If the order is unknown.

    Examples
    --------
    >>> from medalloc.tables.reading import read_bytes
    >>> table = read_bytes(b"region,demand,priority\nNorth,15,1\nSouth,45,3\n", "p.csv")
    >>> with_first(table, "smaller").frame["priority"].tolist()
    [3.0, 1.0]
    """
    if order not in get_args(ValueOrder):
        raise refused("“{found}” is no order of values; use one of: {known}.", found=order, known="larger, smaller")
    name = table.column("value")
    if name is None or order == "larger":
        return table
    values = as_numbers(table.frame[name])
    if bool((values.isna() & table.frame[name].notna()).any()):
        # what is no number is named, with its row, where the numbers are used
        return table
    turned = values.min() + values.max() - values
    said = Sentence(TURNED, {"column": name, "least": float(values.min()), "most": float(values.max())})
    return replace(table, frame=table.frame.assign(**{name: turned}), notes=(*table.notes, said))

"""Whether the rows of one file differ from those of the others that they were put below."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from medalloc.sentences import Sentence, sentence
from medalloc.tables.checks.finding import Finding
from medalloc.tables.kinds import LOOKED_AT
from medalloc.tables.stacking import FILE
from medalloc.tables.table import Table, column_kind

FAR = 0.5
"""Standard deviations between the means of a file and of all others from which a column is told."""

FEWEST = 30
"""Rows of a file below which its mean says little. [count]"""

SHARE = 0.2
"""Difference of the share of one text from which a column is told. [fraction]"""


def drift(table: Table) -> Iterator[Finding]:
    """Find features and counts whose numbers, or texts, are others in one of several files."""
    if FILE not in table.frame.columns or table.roles.get(FILE) != "ignored":
        return
    files = table.frame[FILE]
    names = [each for each, count in files.value_counts().items() if count >= FEWEST]
    for column in table.columns("feature") if len(names) > 1 else ():
        apart = (_apart(table.frame[column], files == each, str(each)) for each in names)
        told = max(filter(None, apart), key=lambda each: each[0], default=None)
        if told is not None:
            yield Finding(
                "drift",
                column,
                int((files == told[1]).sum()),
                told[2],
                sentence("Ask what changed between the files: who was counted, how, or in which unit."),
                repairable=False,
            )


def _apart(column: pd.Series, here: "pd.Series[bool]", file: str) -> tuple[float, str, Sentence] | None:
    """Return how far a file is from all others, its name, and that in words; None where it is near."""
    own, others = (column[each].dropna().iloc[-LOOKED_AT:] for each in (here, ~here))
    if own.empty or others.empty:
        return None
    if column_kind(column) == "number":
        spread = float(np.sqrt((own.var() + others.var()) / 2))
        far = abs(float(own.mean() - others.mean())) / spread if spread > 0 else 0.0
        said = sentence(
            "“{column}” differs in “{file}”: {here} on average, {others} in the other files.",
            column=str(column.name),
            file=file,
            here=float(own.mean()),
            others=float(others.mean()),
        )
        return (far, file, said) if far >= FAR else None
    shares = [each.value_counts(normalize=True) for each in (own, others)]
    apart = shares[0].sub(shares[1], fill_value=0.0).abs()
    text, off = apart.idxmax(), float(apart.max())
    said = sentence(
        "“{column}” differs in “{file}”: {text} in {here}% of its rows, in {others}% of those of the other files.",
        column=str(column.name),
        file=file,
        text=str(text),
        here=100 * float(shares[0].get(text, 0.0)),
        others=100 * float(shares[1].get(text, 0.0)),
    )
    return (off, file, said) if off >= SHARE else None

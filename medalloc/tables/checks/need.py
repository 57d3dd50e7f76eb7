"""Whether the column of need can be learnt from, and whether another column knows it already."""

import re
from collections.abc import Iterator

import numpy as np
import pandas as pd

from medalloc.sentences import counted, sentence
from medalloc.tables.checks.finding import Finding
from medalloc.tables.separation import separation
from medalloc.tables.table import Table, column_kind

RARE_CLASS = 0.01
"""Below this share a class of the target is called rare."""

LEAKAGE_AUC = 0.98
"""A single feature that ranks patients this well almost certainly knows the answer."""

MOST_RANKED = 200_000
"""Rows, evenly over the table, by which a feature is tried; more would not tell more. [count]"""

SMALLEST_CLASS = 10
"""Of fewer patients in need, or not in need, a feature ranks all rightly by chance now and then."""

FEWEST_AMOUNTS = 5
"""Different numbers from which a column of need is taken for amounts unasked; fewer may be classes. [count]"""

CARE = re.compile(
    r"(?<![a-z])(visits?|admissions?|admitted|length_of_stay|los|stay|inpatient|outpatient|procedures?|discharges?"
    r"|discharge_(date|status)|spending|charges?|reimbursements?)(?![a-z])|住院|费用|就诊",
    re.IGNORECASE,
)
"""Names of columns that count care or its cost."""

BEFORE = re.compile(
    r"(?<![a-z])(last|prior|previous|past|before|earlier|history|baseline|ago|since)(?![a-z])|上年|去年|既往|此前",
    re.IGNORECASE,
)
"""Names that say that something lies before the need."""


def target(table: Table) -> Iterator[Finding]:
    """Find what keeps the column of need from being learnt well."""
    name = table.column("need")
    if name is None:
        return
    counts = table.frame[name].value_counts()
    amounts = len(counts) >= FEWEST_AMOUNTS and column_kind(table.frame[name]) == "number"
    yield from balance(name, counts, len(table.frame), amounts=amounts)


def balance(name: str, counts: pd.Series, rows: int, *, amounts: bool = False) -> Iterator[Finding]:
    """Find what keeps a column with so many rows of each answer from being learnt well."""
    shares = counts / counts.sum()
    if len(shares) > 2 and not amounts:
        yield Finding(
            "target not two-valued",
            name,
            len(shares),
            counted(
                "“{column}” has {count} different value.",
                "“{column}” has {count} different values.",
                column=name,
                count=len(shares),
            ),
            sentence("Say which of them mean need, or choose another column as need."),
            repairable=False,
        )
    elif len(shares) < 2:
        yield Finding(
            "one class",
            name,
            rows,
            sentence("“{column}” has the same value in every row.", column=name),
            sentence("Nothing can be learned from it: choose another need column or add rows of the other kind."),
            repairable=False,
        )
    elif shares.min() < RARE_CLASS:
        count = int(counts.min())
        yield Finding(
            "rare class",
            name,
            count,
            sentence(
                "Only {share}% of rows have {column} = {value}.",
                share=100 * float(shares.min()),
                column=name,
                value=shares.idxmin(),
            ),
            sentence("Read average precision instead of accuracy, and expect wide intervals."),
            repairable=False,
        )


def leakage(table: Table) -> Iterator[Finding]:
    """Find features that rank the patients almost without error."""
    name = table.column("need")
    if name is None or table.frame[name].nunique() != 2:
        return
    known = np.flatnonzero(table.frame[name].notna())
    known = known[:: 1 + len(known) // MOST_RANKED]
    told = table.frame[name].iloc[known]
    need = (told == told.unique().max()).to_numpy(bool)
    if min(need.sum(), (~need).sum()) < SMALLEST_CLASS:
        return
    for feature in table.columns("feature"):
        auc = separation(table.frame[feature].iloc[known], need)
        if auc >= LEAKAGE_AUC:
            yield Finding(
                "leakage suspect",
                feature,
                int(table.frame[name].notna().sum()),
                sentence("“{column}” alone predicts “{need}” almost perfectly.", column=feature, need=name),
                sentence("Leave it out unless it is known before the need arises."),
                repairable=True,
            )


def known_late(table: Table) -> Iterator[Finding]:
    """Find features that count care, of which nothing says that it was given before the need arose."""
    need = table.column("need")
    for name in [] if need is None else table.columns("feature"):
        plain = name.replace("_", " ").replace("length of stay", "length_of_stay")
        if CARE.search(plain) and not BEFORE.search(plain):
            yield Finding(
                "known late",
                name,
                int(table.frame[name].notna().sum()),
                sentence("“{column}” counts care; if of the same period, it is known too late.", column=name),
                sentence("Leave it out unless it is known before the need arises."),
                repairable=True,
            )

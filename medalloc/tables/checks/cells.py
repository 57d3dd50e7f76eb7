"""Cells that hold what cannot be, what hardly can be, or numbers as text."""

from collections.abc import Iterator

import numpy as np
import pandas as pd

from medalloc.quantities import PER_REGION, PER_RESOURCE
from medalloc.sentences import sentence
from medalloc.tables.checks.finding import Finding
from medalloc.tables.impossible import far_values, impossible_values
from medalloc.tables.numbers import looks_numeric, to_numbers
from medalloc.tables.table import Table


def impossible(table: Table) -> Iterator[Finding]:
    """Find columns with numbers that cannot be."""
    for name in table.frame.columns:
        column = table.frame[name]
        wrong = impossible_values(column)
        if count := int(np.count_nonzero(wrong)):
            example = column[wrong].iloc[0]
            yield impossible_found(name, count, str(example))


def impossible_found(name: str, count: int, example: str) -> Finding:
    """Say how many numbers of a column cannot be."""
    return Finding(
        "impossible values",
        name,
        count,
        sentence("“{column}” holds impossible values, such as {value}.", column=name, value=example),
        sentence("Treat them as missing."),
        repairable=True,
    )


def text_numbers(table: Table) -> Iterator[Finding]:
    """Find columns of numbers that are written as text."""
    for name in table.frame.columns:
        column = table.frame[name]
        if pd.api.types.is_numeric_dtype(column.dtype):
            continue
        role = table.roles.get(name, "ignored").partition(":")[0]
        # what a plan is made of is numbers, however many other cells stand among them
        of_plans = role in (*PER_REGION, *PER_RESOURCE) and pd.api.types.is_string_dtype(column)
        if role in ("patient id", "region", "date") or not (looks_numeric(column) or of_plans):
            continue
        unread = int((column.notna() & to_numbers(column).isna()).sum())
        yield Finding(
            "text numbers",
            name,
            int(column.notna().sum()),
            sentence(
                "“{column}” holds numbers written as text, such as “{value}”.",
                column=name,
                value=column.dropna().iloc[0],
            ),
            sentence("Read them as numbers; cells that cannot be read become missing: {count}.", count=unread),
            repairable=True,
        )


def far_out(table: Table) -> Iterator[Finding]:
    """Find features with numbers so far from all others that they are more likely codes or slips."""
    for name in table.columns("feature"):
        far = far_values(table.frame[name])
        if count := int(np.count_nonzero(far)):
            yield Finding(
                "far out",
                name,
                count,
                sentence(
                    "“{column}” holds values far from all others, such as {value}.",
                    column=name,
                    value=str(table.frame[name][far].iloc[0]),
                ),
                sentence("Treat them as missing if they are codes or slips."),
                repairable=True,
            )

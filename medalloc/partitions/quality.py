"""What is wrong with a table in partitions: what is counted in all rows goes before what its sample shows."""

from collections.abc import Iterator, Sequence

import pandas as pd

from medalloc.partitions.state import State
from medalloc.sentences import sentence
from medalloc.tables.checks.cells import impossible_found
from medalloc.tables.checks.columns import constant_found, missing_found
from medalloc.tables.checks.finding import Finding
from medalloc.tables.checks.need import balance
from medalloc.tables.table import Table

OF_ALL_ROWS = ("missing", "impossible values", "constant", "target not two-valued", "one class", "rare class")
"""Kinds of findings that all rows decide."""

APART = 0.5
"""Standard deviations from which a part of a table is unlike those before it. [1]"""


def found_in_all_rows(found: Sequence[Finding], state: State, table: Table) -> tuple[Finding, ...]:
    """Return the findings of a sample, those that all rows decide replaced by what all rows say.

    Parameters
    ----------
    state : State
        With the facts of all rows.
    """
    need = table.column("need")
    counted = state.values.get(need or "")
    kept = [each for each in found if each.kind not in OF_ALL_ROWS or (each.column == need and counted is None)]
    return (*_counted(state, table), *(() if counted is None else _balance(state, str(need))), *kept)


def _counted(state: State, table: Table) -> Iterator[Finding]:
    for name, each in state.facts.items():
        role = table.roles.get(name, "feature")
        if each.missing:
            yield missing_found(name, role, each.missing, each.rows)
        if each.impossible:
            yield impossible_found(name, each.impossible, each.example)
        if role == "feature" and each.constant:
            yield constant_found(name, each.rows)
        if role in ("feature", "need") and each.apart > APART:
            yield Finding(
                "parts apart",
                name,
                each.rows,
                sentence(
                    "“{column}” differs between the parts of the table: a mean is far from that of the parts before it "
                    "(standard deviations: {distance}).",
                    column=name,
                    distance=round(each.apart, 2),
                ),
                sentence("Ask whether all parts count the same, in the same unit."),
                repairable=False,
            )


def _balance(state: State, need: str) -> Iterator[Finding]:
    counts = pd.Series(state.values[need], dtype="int64").sort_values(ascending=False)
    yield from balance(need, counts, state.rows)

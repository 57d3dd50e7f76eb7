"""Repairs of a table that options accept."""

from collections.abc import Callable, Mapping
from typing import Any

from medalloc.cli.output import sure
from medalloc.study import Answers
from medalloc.study.steps import tables

Further = Callable[["Answers"], dict[str, Any]]
"""From what is known of a study to more choices of it."""


def repairs(chosen: Mapping[str, Any]) -> Further:
    """Return the repairs that were accepted; “all” are those of every finding."""

    def accepted(answers: Answers) -> dict[str, Any]:
        every: list[tuple[str, str | None]] = []
        for each in chosen.get("repair", ()):
            kind, _, column = each.partition(":")
            every += _all_repairs(answers) if each == "all" else [(kind, column or None)]
        changed = {"repairs": tuple(dict.fromkeys(every))}
        # refused here rather than when the study is run
        answers.after(answers.study.changed(**changed), ())(tables.table)
        return changed

    return accepted


def _all_repairs(answers: Answers) -> list[tuple[str, str | None]]:
    """Return every repair that findings offer, also those that only another repair calls for."""
    every: list[tuple[str, str | None]] = []
    while True:
        asking = answers.after(answers.study.changed(repairs=tuple(every)), ())
        found = [(each.kind, each.column) for each in sure(asking, tables.table_findings) if each.repairable]
        if further := [each for each in found if each not in every]:
            every += further
        else:
            return every

"""What was found about a table, told where its answer is given."""

from collections.abc import Iterator

from medalloc.sentences import Sentence, sentence
from medalloc.study import Answers
from medalloc.study.steps import tables

TOUCHING = ("spellings", "impossible values", "far out")
"""Kinds of findings that change an answer as long as nobody mends them."""

AS_WORDS = "text numbers"
"""The same where a model learns from a column: it would take every number for a word of its own."""


def said_of_table(answers: Answers) -> list[str]:
    """Return what was guessed when the table in use was read, and what was found about it."""
    table = answers(tables.table)
    notes = () if table is None else table.notes
    return list(dict.fromkeys(map(str, (*notes, *found_of_table(answers)))))


def found_of_table(answers: Answers) -> Iterator[Sentence]:
    """Yield what was found about the table in use, was not repaired, and touches what follows from it."""
    accepted, mended = set(answers.study.data.repairs), answers(tables.mended)
    for each in answers(tables.table_findings) or ():
        role = "ignored" if mended is None else mended.roles.get(str(each.column), "ignored")
        touches = role == "feature" if each.kind == AS_WORDS else role != "ignored" and each.kind in TOUCHING
        if touches and (each.kind, each.column) not in accepted:
            yield sentence(
                "{found} --repair “{kind}:{column}” mends it.", found=each.message, kind=each.kind, column=each.column
            )

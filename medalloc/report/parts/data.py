"""What came in, what was guessed about it, what is wrong with it, and what was repaired."""

from pathlib import PurePath

from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.preparation.recipe import describe
from medalloc.report.asked import Asked, notes
from medalloc.report.report import Part
from medalloc.sentences import sentence
from medalloc.study.steps import tables


def data(asked: Asked) -> Part:
    """Return the tables, what was found about them, and what reading had to decide."""
    head = (sentence("File"), sentence("Holds"), sentence("Rows"), sentence("Columns"))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (PurePath(table.source.name).name, use, float(len(table.frame)), float(table.frame.shape[1]))
        for use, table in asked.read
    )
    guessed = list({str(each): each for each in notes(asked)}.values())
    sections = [
        Section(sentence("Tables"), grid=Grid(head, rows, (None, None, 0, 0))),
        Section(
            sentence("What was guessed or is doubtful"),
            tuple(guessed) or (sentence("Nothing had to be guessed."),),
        ),
        _findings(asked),
    ]
    if asked.training is not None:
        steps = tuple(describe(each) for each in asked.answers(tables.recipe_in_use).steps)  # type: ignore[union-attr]
        sections.append(Section(sentence("How cells are prepared"), steps))
    return Part("data", sentence("Data and what was guessed"), sections=tuple(sections))


def _findings(asked: Asked) -> Section:
    """Return what was found, and what was done about it."""
    repaired = set(asked.study.data.repairs)
    found = () if asked.answers(tables.is_from_counts) else asked.answers(tables.table_findings) or ()
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            each.message,
            sentence("repaired") if (each.kind, each.column) in repaired else each.repair,
        )
        for each in found
    )
    title = sentence("What was found")
    if not rows:
        return Section(title, (sentence("No problems were found."),))
    return Section(title, grid=Grid((sentence("Found"), sentence("What was done, or can be")), rows))

"""From what, by what and by whom the report was made, so that anybody can make it again."""

import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath

from medalloc import __version__
from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.report.asked import Asked
from medalloc.report.embedding import holds_patients
from medalloc.report.report import Part
from medalloc.saved import form_text
from medalloc.sentences import counted, sentence
from medalloc.study.named import without_folders

LIBRARIES = (
    *("numpy", "scipy", "pandas", "scikit-learn", "lightgbm", "highspy", "statsmodels"),
    *("typst", "vl-convert-python", "altair"),
)


def provenance(asked: Asked) -> Part:
    """Return hashes, row counts, seed, versions, time and author."""
    head = (sentence("What"), sentence("Which"))
    said = sentence(
        "The study is attached to the PDF of this report: “medalloc verify” reckons every number of it again and says "
        "which differ."
    )
    lines = [said]
    if holds_patients(asked.answers):
        lines.append(
            sentence("The table of patients is attached only if somebody chose so; otherwise a check needs that file.")
        )
    grid = Grid(head, (*_made(asked), *_files(asked)))
    return Part(
        "provenance",
        sentence("Where it comes from"),
        tuple(lines),
        sections=(Section(sentence("Provenance"), grid=grid),),
    )


def _made(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    yield sentence("Made at"), asked.made.time
    yield sentence("By"), asked.made.author or sentence("nobody named")
    yield sentence("SHA-256 of the study"), study_hash(asked)
    yield sentence("Seed"), str(asked.study.need.seed)


def study_hash(asked: Asked) -> str:
    """Return the hash of everything that was chosen, as it is attached."""
    return hashlib.sha256(form_text(without_folders(asked.study))).hexdigest()


def _files(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for _, table in asked.read:
        name = PurePath(table.source.name).name
        yield (
            counted(
                "SHA-256 of {file}, {rows} row",
                "SHA-256 of {file}, {rows} rows",
                "rows",
                file=name,
                rows=len(table.frame),
            ),
            table.source.sha256,
        )


def versions(asked: Asked) -> Part:  # noqa: ARG001
    """Return what the report was made with."""
    head = (sentence("Program"), sentence("Version"))
    section = Section(sentence("Programs"), grid=Grid(head, tuple(_versions())))
    return Part("versions", sentence("Made with"), sections=(section,))


def _versions() -> Iterator[tuple[Cell, ...]]:
    yield "medalloc", __version__
    yield "Python", platform.python_version()
    for name in LIBRARIES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue

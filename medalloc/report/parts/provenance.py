"""From what, by what and by whom the report was made, so that anybody can make it again."""

import hashlib
import json
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import PurePath

from medalloc import __version__
from medalloc.need.persistence.card import Cell, Grid, Section
from medalloc.report.asked import Asked
from medalloc.report.report import Part
from medalloc.saved import to_plain
from medalloc.sentences import sentence

LIBRARIES = ("numpy", "scipy", "pandas", "scikit-learn", "lightgbm", "highspy", "typst")


def provenance(asked: Asked) -> Part:
    """Return hashes, row counts, seed, versions, time and author."""
    head = (sentence("What"), sentence("Which"))
    said = sentence(
        "The study is attached to the PDF of this report: “medalloc verify” reckons every number of it again and says "
        "which differ."
    )
    grid = Grid(head, (*_made(asked), *_files(asked), *_versions()))
    return Part(
        "provenance", sentence("Where it comes from"), (said,), sections=(Section(sentence("Provenance"), grid=grid),)
    )


def _made(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    yield sentence("Made at"), asked.made.time
    yield sentence("By"), asked.made.author or sentence("nobody named")
    yield sentence("SHA-256 of the study"), study_hash(asked)
    yield sentence("Seed"), str(asked.study.need.seed)


def study_hash(asked: Asked) -> str:
    """Return the hash of everything that was chosen."""
    return hashlib.sha256(json.dumps(to_plain(asked.study), sort_keys=True).encode()).hexdigest()


def _files(asked: Asked) -> Iterator[tuple[Cell, ...]]:
    for _, table in asked.read:
        name = PurePath(table.source.name).name
        yield sentence("SHA-256 of {file}, {rows} rows", file=name, rows=len(table.frame)), table.source.sha256


def _versions() -> Iterator[tuple[Cell, ...]]:
    yield "medalloc", __version__
    yield "Python", platform.python_version()
    for name in LIBRARIES:
        try:
            yield name, version(name)
        except PackageNotFoundError:
            continue

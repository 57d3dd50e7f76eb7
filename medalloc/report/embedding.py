"""What a report is made from, inside of it: the study as a file, and the files that it names, by their hashes."""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePath
from typing import Any

from medalloc.errors import SourceError, refused
from medalloc.saved import form_text, from_plain, read_json
from medalloc.sentences import sentence
from medalloc.study import Answers, Study
from medalloc.study.files import NamedFiles, ReadApart, is_hash
from medalloc.study.named import named_in, without_folders
from medalloc.study.steps import tables

STUDY, REPORT = "study.json", "report.json"


OF_THE_TABLE = ("file", "more_files")
"""Choices that name files whose rows are those of the table."""


def embedded(answers: Answers, *, with_patients: bool = False) -> dict[str, bytes]:
    """Return the study and the files that it names, by the names that they get inside of a report.

    Parameters
    ----------
    with_patients : bool
        Whether also a table with a row for every patient goes in. Who gets the report could read it.
    """
    found = {STUDY: form_text(without_folders(answers.study))}
    for each in named_in(answers.study):
        if is_hash(each.file) and (with_patients or not (each.choice in OF_THE_TABLE and holds_patients(answers))):
            plain = PurePath(each.name).name
            content = answers.files.content(each.file, each.name)
            found[plain if plain not in found else f"{each.file[:8]} {plain}"] = content
    return found


def holds_patients(answers: Answers) -> bool:
    """Whether the table of a study has a row for every patient."""
    table = answers(tables.table)
    return table is not None and table.kind == "patients" and not answers(tables.table_holds_counts)


@dataclass(frozen=True)
class FilesInside(ReadApart):
    """Files that lie in a report, and those beside it."""

    inside: Mapping[str, bytes]
    """Contents by their SHA-256."""

    folder: Path
    """Where others are looked for: by their names, held to their hashes."""

    def content(self, file: str, name: str) -> bytes:
        """Return the bytes of a file.

        Raises
        ------
        SourceError
            If it is neither in the report nor beside it.
        """
        if file in self.inside:
            return self.inside[file]
        try:
            return NamedFiles(self.folder).content(file, name)
        except SourceError as error:
            said = sentence(
                "The report does not hold “{file}”; put that file (SHA-256 {sha256}) into the folder of the report.",
                file=name,
                sha256=file,
            )
            raise SourceError(said) from error


@dataclass(frozen=True)
class Contained:
    """What was found in a report."""

    study: Study
    """What was chosen."""

    report: Any
    """The report as JSON has it."""

    attached: Mapping[str, bytes]
    """Every file in it, by name."""

    files: FilesInside
    """Where the study's files are."""


def contained(content: bytes, folder: Path) -> Contained:
    """Return what is in a report that is a PDF.

    Raises
    ------
    InputError
        If it is no such report.
    """
    attached = _attached(content)
    try:
        study, report = (read_json(attached[name]) for name in (STUDY, REPORT))
    except (KeyError, ValueError) as error:
        raise refused("This is no report of medalloc: no readable study is attached to it.") from error
    inside = {sha256(each).hexdigest(): each for each in attached.values()}
    return Contained(from_plain(Study, study, sentence("study")), report, attached, FilesInside(inside, folder))


def _attached(content: bytes) -> dict[str, bytes]:
    """Return the files in a PDF by name."""
    from pypdf import PdfReader
    from pypdf.errors import PyPdfError

    try:
        return {name: bytes(found[0]) for name, found in PdfReader(BytesIO(content)).attachments.items()}
    except (PyPdfError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise refused("This file is no PDF that can be read.") from error

"""The files that a study names: which choice names each, its identity, and what it is called."""

from dataclasses import dataclass
from pathlib import PurePath

from medalloc.study.study import PART_OF, Study


@dataclass(frozen=True)
class NamedFile:
    """One file that a study names."""

    choice: str
    """The choice that names it; ``files_beside`` for those that belong to the table, ``more_files`` for its further
    parts."""

    file: str
    """Name of a sample, or SHA-256 of a file that somebody brought."""

    name: str
    """What it is called."""


def named_in(study: Study) -> tuple[NamedFile, ...]:
    """Return every file that a study names.

    Examples
    --------
    >>> [each.choice for each in named_in(Study().changed(file="regions_world.csv", file_name="regions_world.csv"))]
    ['file']
    """
    own = (NamedFile(each, study.choice(each), study.choice(_name_of(each))) for each in OF_FILES if study.choice(each))
    return (*own, *(NamedFile(choice, *each) for choice in OF_SEVERAL for each in study.choice(choice)))


def without_folders(study: Study) -> Study:
    """Return a study that tells no folder of the machine it was made on: its files are found by their hashes."""
    names = {_name_of(each): PurePath(study.choice(_name_of(each))).name for each in OF_FILES if study.choice(each)}
    several = {
        choice: tuple((file, PurePath(name).name) for file, name in study.choice(choice)) for choice in OF_SEVERAL
    }
    return study.changed(**names, **several)


OF_FILES = tuple(each for each in PART_OF if each == "file" or each.endswith("_file"))
"""Choices that name a file each."""

OF_SEVERAL = ("more_files", "files_beside")
"""Choices that name several files."""


def _name_of(choice: str) -> str:
    return "file_name" if choice == "file" else choice.removesuffix("file") + "name"

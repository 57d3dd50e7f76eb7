"""The board pack as frozen values, of which every form of it is drawn: no words of a language, no markup."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, ClassVar, Literal

import numpy as np

from medalloc.errors import require
from medalloc.languages import LANGUAGES
from medalloc.need.persistence.card import Section
from medalloc.saved import Limits, read_words, to_plain
from medalloc.sentences import Sentence, sentence

SIGNIFICANT = 9
"""Digits that are kept of a number; those behind them differ between machines. [count]"""


@dataclass(frozen=True)
class Made:
    """How a report was made: what is chosen about it, and nothing that follows from its study."""

    time: str
    """When, in ISO 8601 with its offset."""

    language: str = "en"
    """Language that it is written in, one of `LANGUAGES`."""

    author: str = ""
    """Who answers for it; nobody where empty."""

    parts: tuple[str, ...] = ()
    """Keys of its parts; all where empty."""

    fewest: Annotated[int, Limits(1, whole=True)] = 5
    """Patients fewer than which are not told. [count]"""

    rounded_to: Annotated[int, Limits(1, whole=True)] = 1
    """To what numbers of patients are rounded; 1 tells them as they are. [count]"""

    futures: bool = False
    """Whether the plan was held against sampled futures, which takes long."""

    def __post_init__(self) -> None:
        """Refuse a language that there is not, and a time that cannot be read."""
        faults = []
        if self.language not in LANGUAGES:
            faults.append(sentence("There is no language “{language}”.", language=self.language))
        try:
            datetime.fromisoformat(self.time)
        except ValueError:
            faults.append(sentence("“{time}” is no time; write it as 2026-11-29T10:00:00+00:00.", time=self.time))
        require(*faults)


@dataclass(frozen=True)
class Figure:
    """One number that matters."""

    name: Sentence
    """What it is, with its unit."""

    value: float
    """The number; a fraction where it is a percentage."""

    digits: int
    """Digits behind the decimal sign. [count]"""

    percent: bool
    """Whether it is written as a percentage."""

    meaning: Sentence
    """What it means."""


@dataclass(frozen=True)
class Picture:
    """A chart or a map, as numbers."""

    kind: Literal["map", "coverage", "policies"]
    """What is drawn."""

    title: Sentence
    """What its numbers are, with their unit."""

    alt: Sentence
    """What it shows, in words."""

    names: tuple[str | Sentence, ...]
    """What each number is of."""

    values: tuple[float, ...]
    """The numbers. [fraction]"""

    beside: tuple[float, ...] = ()
    """A second number of each: what today's units serve, or the lowest coverage. [fraction]"""

    boundaries: str = ""
    """Set that ships and has boundaries of them; none where empty."""

    shapes: str = ""
    """TopoJSON of boundaries that somebody brought."""

    ids: tuple[str, ...] = ()
    """Boundary of each in these; empty for none."""

    places: tuple[tuple[float, float] | None, ...] = ()
    """Longitude and latitude of each, where they are known. [degrees]"""

    colours: tuple[str, ...] = ()
    """Colour of each, where each has its own."""


@dataclass(frozen=True)
class Part:
    """One part of a report."""

    key: str
    """What it is called in choices."""

    title: Sentence
    """Its heading."""

    lines: tuple[Sentence, ...] = ()
    """What is said first."""

    figures: tuple[Figure, ...] = ()
    """Numbers that stand out."""

    pictures: tuple[Picture, ...] = ()
    """What is drawn."""

    sections: tuple[Section, ...] = ()
    """Tables with what belongs to them."""


@dataclass(frozen=True)
class Report:
    """What is handed over."""

    version: ClassVar[int] = 1

    title: Sentence
    """What it is."""

    subject: str
    """The table that it is about."""

    made: Made
    """How it was made."""

    parts: tuple[Part, ...]
    """What is in it."""

    def to_json(self) -> dict[str, Any]:
        """Return the report as plain data, with as many digits as are the same on every machine."""
        return dict(_rounded(to_plain(self)))

    def text(self) -> bytes:
        """Return the same as a file."""
        return json.dumps(self.to_json(), ensure_ascii=False, indent=1, allow_nan=False).encode()

    @classmethod
    def from_json(cls, data: object) -> "Report":
        """Read what `to_json` wrote.

        Raises
        ------
        InputError
            With every fault at once, each with its path.
        """
        return read_words(cls, data, sentence("report"))


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _rounded(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_rounded(each) for each in value]
    if not isinstance(value, float):
        return value
    # JSON has no infinity
    return steady(value) if np.isfinite(value) else None


def steady(value: float) -> float:
    """Return a number to as many digits as are the same on every machine: the last ones hang on how it is reckoned.

    Examples
    --------
    >>> steady(0.1 + 0.2)
    0.3
    """
    return float(f"{value:.{SIGNIFICANT}g}")

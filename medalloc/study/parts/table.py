"""Which table, and how it is cleaned."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from medalloc.tables.first import ValueOrder
from medalloc.tables.summary_rows import SummaryRows


@dataclass(frozen=True)
class Data:
    """Which table, how it is read, what its columns are for, and what is repaired."""

    file: str | None = None
    """Name of a sample, or SHA-256 of a file."""

    file_name: str = ""
    """What the file is called."""

    more_files: tuple[tuple[str, str], ...] = ()
    """Further files with the same columns, whose rows come below, as (file, what it is called)."""

    partitions: str = ""
    """Folder with the state of a table in partitions that the file is a sample of: need is learnt from the sample and
    summed over all rows of the table; empty where the file is the table."""

    train_on: Literal["sample", "all"] = "sample"
    """Rows of a table in partitions from which boosted trees learn; every other model learns from the sample."""

    encoding: str | None = None
    """Text encoding; None to recognise it."""

    delimiter: str | None = None
    """Separator; None to recognise it."""

    sheet: str | None = None
    """Worksheet; None for the first visible one with a table."""

    header_row: int | None = None
    """Line of the names of the columns, from 1; 0 for none, None to recognise it."""

    first_row: int | None = None
    """First line of the rows, from 1; None to recognise it."""

    last_row: int | None = None
    """Last line of the rows; None to recognise it."""

    lines_left_out: tuple[int, ...] = ()
    """Lines that are left out."""

    blanks: tuple[str, ...] = ()
    """Words that mean blank in every column, such as NA."""

    decimal: Literal[".", ","] | None = None
    """Decimal sign of numbers; None to recognise it."""

    day_first: bool | None = None
    """Whether the day comes before the month in dates that leave it open; None to guess it."""

    kept_as_text: tuple[str, ...] = ()
    """Columns whose cells stay as they are written, such as codes that look like numbers."""

    shape: str = "auto"
    """Known shape that the file has: its name, ``auto`` to recognise it, ``none``, or ``own`` for the one below."""

    own_shape: Mapping[str, Any] | None = None
    """A shape that somebody wrote, as JSON."""

    files_beside: tuple[tuple[str, str], ...] = ()
    """Files that belong to the table, such as names of organisation units, as (file, what it is called)."""

    roles: Mapping[str, str] = field(default_factory=dict)
    """Roles that differ from the suggested ones, by column."""

    need_is: tuple[str, ...] = ()
    """Answers in the column of need that mean need; none where the words themselves say it."""

    need_as: Literal["auto", "answers", "counts", "amounts", "numbers"] = "auto"
    """What the column of need holds; ``auto`` where its cells say it."""

    need_unit: str = ""
    """What amounts of need are counted in, in the plural; the column's name where empty."""

    repairs: tuple[tuple[str, str | None], ...] = ()
    """Accepted repairs as (kind, column)."""

    summary_rows: SummaryRows = "auto"
    """What is done with rows that are sums of others."""

    value_order: ValueOrder = "larger"
    """Whether people count more where the value of their region is larger, or where it is smaller, as where 1 is first.
    """

    multiple: int | None = None
    """What numbers of people and units are multiples of, such as 1,000; None as they stand, or as names of columns say.
    """

    multiplied: tuple[str, ...] = ()
    """Columns of which that was said; all that count people or units where empty."""

    region_level: int = 0
    """Which regions of a hierarchy are planned for: 0 for the smallest, 1 for the sums of these, and so on."""

    boundary_set: str = "auto"
    """What maps are drawn from: a set that ships by its name, ``auto`` for the file below or else the set that knows
    most regions, ``none``."""

    boundaries_file: str | None = None
    """File with boundaries of the regions."""

    boundaries_name: str = ""
    """What that file is called."""

    boundaries_column: str | None = None
    """Column with names or codes of the regions in it; None for the one that knows most."""

    boundary_of: Mapping[str, str] = field(default_factory=dict)
    """Name of a boundary, nothing for none, by region; where it is not the one that is found."""


@dataclass(frozen=True)
class Preparation:
    """How the table is cleaned."""

    recipe: Mapping[str, Any] | None = None
    """Preparation as JSON; None for the default."""

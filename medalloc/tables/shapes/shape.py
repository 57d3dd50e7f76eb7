"""What a file shape is, as data: how it is recognised, which rows count, and what its columns become."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import ClassVar, Literal

from medalloc.quantities import PER_RESOURCE, ROLES
from medalloc.saved import Saved, to_plain
from medalloc.sentences import Sentence, sentence
from medalloc.tables.shapes.patterns import Patterns, pattern_fault


@dataclass(frozen=True)
class Join:
    """Another file whose columns belong to the rows of this one."""

    columns: Patterns
    """By which columns the other file is recognised."""

    key: str
    """Column of this file that names a row of the other one; of ``Patient/7`` the last part counts."""

    other: str
    """Column of the other file that is named."""

    take: Mapping[str, str]
    """Columns of the other file that are taken over, by their new names."""

    rows: Mapping[str, Patterns] = field(default_factory=dict)
    """Rows of the other file that can be named, by column."""


@dataclass(frozen=True)
class Measure:
    """Numbers that a role is given to."""

    role: str
    """Such as ``demand`` or ``existing:beds``."""

    columns: Patterns
    """Where they are: of several patterns the first that a column fits; all columns that fit it are added up."""

    name: str = ""
    """What the column is called then; as in the file where empty."""


@dataclass(frozen=True)
class Shape(Saved):
    """A file shape; whatever is empty is not done. Things are done in the order of the fields."""

    noun: ClassVar[Sentence] = sentence("file shape")
    version: ClassVar[int] = 1
    sparse: ClassVar[bool] = True

    name: str
    """What it is called in commands."""

    title: str
    """What it is called on screens."""

    columns: Patterns
    """By which columns it is recognised: there is one for each pattern."""

    words: str = ""
    """Where such a file comes from, and what becomes of it."""

    cells: Mapping[str, Patterns] = field(default_factory=dict)
    """By which cells it is recognised beside these: some cell of the column fits one of the patterns."""

    tagged: bool = False
    """Whether the first row holds tags such as ``#adm1+name``, which name the columns then."""

    joins: tuple[Join, ...] = ()
    """Files that belong to it."""

    extract: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """New columns: what stands at ``{it}`` in the cells of a column, as (column, pattern)."""

    keep: Mapping[str, Patterns] = field(default_factory=dict)
    """Rows that count, by column; a blank cell, and a column without any such cell, decides nothing."""

    drop: Mapping[str, Patterns] = field(default_factory=dict)
    """Rows that are left out, by column."""

    path: str = ""
    """Column that names all units above a row's own, such as ``country/province``: rows of those are left out."""

    level: str = ""
    """Column of levels in a hierarchy: only rows of the highest number count."""

    suppressed: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Cells that hide a small number, and the least and the largest number that it can be."""

    melt: bool = False
    """Whether columns whose name is a period, or ends or begins with one, become rows; the rest of it is an item."""

    item: str = ""
    """Column that says what a row's number is: each such item becomes a column."""

    number: str = ""
    """Column of that number."""

    region: Patterns = ()
    """Column that says where, the best first."""

    code: str = ""
    """Column that tells regions of the same name apart."""

    period: Patterns = ()
    """Column that says when, the best first."""

    every: Literal["", "month"] = ""
    """Periods that days are summed to."""

    bands: Patterns = ()
    """Columns that count who has waited from ``{low}`` to ``{high}``, or longer than ``{low}``. [weeks]"""

    counted: str = ""
    """What a row is one of; rows are counted then, and their number is the demand."""

    measures: tuple[Measure, ...] = ()
    """Numbers that are summed over the rows of a region and period."""

    beside: Mapping[str, str] = field(default_factory=dict)
    """Columns that are the same in all rows of a region, by role, such as ``longitude``."""

    latest: bool = False
    """Whether only the latest number of each region counts."""

    roles: Mapping[str, str] = field(default_factory=dict)
    """Roles of columns of single persons; then rows stay as they are, and nothing is summed."""

    def own_faults(self) -> list[Sentence]:
        """Return what is wrong with patterns and roles, and what is missing."""
        faults = [fault for name, pattern in _patterns(self) if (fault := pattern_fault(name, pattern))]
        faults += [
            sentence(
                "“{name}” is “{found}”; it must be a role, such as demand or existing:beds.", name=place, found=role
            )
            for place, role in _given_roles(self)
            if role not in ROLES and not (role.partition(":")[0] in PER_RESOURCE and role.partition(":")[2])
        ]
        if not self.columns:
            faults.append(sentence("“columns” is empty; name the columns by which the shape is recognised."))
        if not self.region and not self.roles:
            faults.append(sentence("Neither “region” nor “roles” is given; say which column holds the regions."))
        return faults


def _given_roles(shape: Shape) -> list[tuple[str, str]]:
    given = [(f"measures[{place}].role", each.role) for place, each in enumerate(shape.measures)]
    given += [(f"roles[{name}]", role) for name, role in shape.roles.items()]
    return given + [("beside", role) for role in shape.beside]


def _patterns(shape: Shape) -> Iterator[tuple[str, str]]:
    """Yield every pattern of a shape with the entry that it is in; what is none has no open places."""
    for each in fields(shape):
        if each.name not in ("title", "words"):
            yield from ((each.name, text) for text in _texts(to_plain(getattr(shape, each.name))))


def _texts(plain: object) -> Iterator[str]:
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, Mapping | list):
        for each in (*plain, *plain.values()) if isinstance(plain, Mapping) else plain:
            yield from _texts(each)

"""A table as it came in: cells, the role of each column, and how the file was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

import pandas as pd

from medalloc.errors import require
from medalloc.quantities import PER_REGION, PER_RESOURCE, ROLES, SINGLE
from medalloc.sentences import Sentence, sentence
from medalloc.tables.account import Account
from medalloc.tables.personal import is_personal
from medalloc.tables.roles import suggest_roles

Kind = Literal["patients", "regions"]
NeedAs = Literal["auto", "answers", "counts", "amounts", "numbers"]


@dataclass(frozen=True)
class Source:
    """Where a table came from and how it was read, so that the same bytes give the same table again."""

    name: str
    """File name or sample name."""

    sha256: str
    """Hash of the file's bytes."""

    encoding: str | None = None
    """Text encoding; None for formats that carry their own."""

    delimiter: str | None = None
    """Separator of columns; None for formats that have none."""

    sheet: str | None = None
    """Worksheet that was read, for workbooks."""

    sheets: tuple[str, ...] = ()
    """All worksheets of the workbook."""

    multiple: int = 1
    """What a line above the table says its numbers are multiples of; they are read as they stand."""

    def __post_init__(self) -> None:
        """Take the list that JSON has, too."""
        object.__setattr__(self, "sheets", tuple(self.sheets))


@dataclass(frozen=True)
class Table:
    """A frame of cells together with what each column is for."""

    frame: pd.DataFrame
    """Cells, one row a patient, a patient-period, or a region. Treated as immutable."""

    roles: Mapping[str, str]
    """Role of every column, keyed by column name; ``existing:beds`` names its resource."""

    source: Source
    """Where it came from."""

    notes: tuple[Sentence, ...] = ()
    """Remarks about what reading had to decide."""

    need_is: tuple[str, ...] = ()
    """Answers in the column of need that were said to mean need; none where the words themselves say it."""

    need_as: NeedAs = "auto"
    """What the column of need holds: answers, counts, amounts above 0, any numbers; ``auto`` where its cells say it."""

    left_out: tuple[Sentence, ...] = ()
    """Which rows were left out in preparation, how many, and why."""

    account: Account | None = None
    """What every line of its file was taken for, where it has lines."""

    hidden: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """The least and the most that a hidden count can be, by column; cells hold the middle. [count]"""

    def column(self, role: str) -> str | None:
        """Return the name of the one column with this role, or None."""
        return next((name for name, given in self.roles.items() if given == role), None)

    def columns(self, role: str) -> list[str]:
        """Return every column with this role, in the table's order."""
        return [name for name in self.frame.columns if self.roles.get(name) == role]

    def required(self, role: str) -> str:
        """Return the column with this role.

        Raises
        ------
        InputError
            If no column has it.
        """
        self.require_roles(role)
        return self.columns(role)[0]

    def require_roles(self, *roles: str) -> None:
        """Refuse a table in which no column has one of these roles, naming every one that is missing."""
        require(
            *(
                sentence(
                    "No column has the role “{role}”; give that role to one of: {columns}.",
                    role=role,
                    columns=", ".join(map(str, self.frame.columns)),
                )
                for role in roles
                if self.column(role) is None
            )
        )

    @property
    def kind(self) -> Kind:
        """Whether a row is a patient or a region: regions have a demand or population and no need."""
        if self.column("need") is not None:
            return "patients"
        kinds = {role.partition(":")[0] for role in self.roles.values()}
        return "regions" if kinds & {"demand", "population"} else "patients"

    def with_roles(self, roles: Mapping[str, str]) -> "Table":
        """Return the same cells with other roles.

        Raises
        ------
        InputError
            If a column or a role is unknown, or a single role is given twice.
        """
        faults = [
            sentence(
                "There is no column “{column}”; the table has: {columns}.",
                column=name,
                columns=", ".join(map(str, self.frame.columns)),
            )
            for name in roles
            if name not in self.frame.columns
        ]
        faults += [
            sentence(
                "Column “{column}”: “{role}” is not a role; use one of: {roles}.",
                column=name,
                role=role,
                roles=", ".join((*ROLES, *(f"{each}:NAME" for each in PER_RESOURCE))),
            )
            for name, role in roles.items()
            if not _is_role(role)
        ]
        merged = {**self._of_its_kind(roles), **roles}
        for role in dict.fromkeys(role for role in merged.values() if role in SINGLE or ":" in role):
            having = [name for name, given in merged.items() if given == role]
            if len(having) > 1:
                faults.append(
                    sentence(
                        "Only one column can be the {role}, but {columns} are; keep one.",
                        role=role,
                        columns=", ".join(having),
                    )
                )
        require(*faults)
        return replace(self, roles=merged)

    def _of_its_kind(self, roles: Mapping[str, str]) -> Mapping[str, str]:
        """Return the present roles, or those of the kind of table that it is first told to be.

        One that is told its need holds patients, so its columns are features; one whose need turns out to count people
        holds regions, so theirs are guessed again.
        """
        need, told = self.column("need"), "need" in roles.values()
        if need is not None and not told and roles.get(need, "").partition(":")[0] in ("demand", "population"):
            return suggest_roles(self.frame, may_be_patients=False)
        if need is not None or not told:
            return self.roles
        regional = ("ignored", *PER_REGION, *PER_RESOURCE)
        unused = [name for name, role in self.roles.items() if role.split(":")[0] in regional]
        features = {name: "ignored" if is_personal(self.frame[name]) else "feature" for name in unused}
        return {**self.roles, **features}


def _is_role(role: str) -> bool:
    """Whether this is a role, with a resource where it takes one: ``need``, ``existing:beds``."""
    kind, _, resource = role.partition(":")
    return role in ROLES or (kind in PER_RESOURCE and bool(resource))


def column_kind(column: pd.Series) -> str:
    """Return in a word what a column holds: ``number``, ``yes or no``, ``date`` or ``text``."""
    if pd.api.types.is_bool_dtype(column):
        return "yes or no"
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    return "date" if pd.api.types.is_datetime64_any_dtype(column) else "text"

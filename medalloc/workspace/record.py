"""A study as it is kept: what was chosen, in the form in which it is saved."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from medalloc.errors import refused
from medalloc.saved import read_json
from medalloc.study.files import is_hash

Form = Mapping[str, Any]
"""What was chosen as plain data: ``study`` and, where there are some, ``tickets``; anything else is kept as it is."""


@dataclass(frozen=True)
class Record:
    """One study in a workspace, as it stood when it was read."""

    id: str
    """128 random bits, made by the workspace alone."""

    title: str
    """What somebody called it; empty where nobody did."""

    table_name: str
    """What its table is called; empty where it has none."""

    text: str
    """What was chosen, as JSON."""

    version: int
    """How often it was saved."""

    rows: int | None
    """Rows of its table; None where nobody counted them. [count]"""

    changed: float
    """When it was saved last. [seconds since 1970]"""

    owner: str = ""
    """Whose it is, as a workspace tells people apart; empty where nobody was told apart."""

    @property
    def name(self) -> str:
        """What it is called."""
        return self.title or self.table_name

    @cached_property
    def form(self) -> Form:
        """What was chosen.

        Raises
        ------
        InputError
            If it is damaged.
        """
        try:
            found = read_json(self.text.encode())
        except ValueError as error:
            raise refused("It is damaged: {reason}.", reason=str(error).rstrip(".")) from error
        return found if isinstance(found, Mapping) else {}


class ChangedMeanwhile(Exception):  # noqa: N818
    """Somebody else saved the study after it was read; carries what they saved."""

    def __init__(self, theirs: Record) -> None:
        super().__init__(theirs.id)
        self.theirs = theirs


def written(form: Form) -> str:
    """Return a form as the text that is kept."""
    return json.dumps(form, allow_nan=False)


def table_name(form: Form) -> str:
    """Return what the table of a study is called; that of its counts, or any other file, where it has none."""
    study = form.get("study", {})
    own = study.get("data", {}).get("file_name") or study.get("demand", {}).get("counts_name")
    return str(own or next(iter(named_files(form).values()), ""))


def changed_choices(before: Form, after: Form) -> list[str]:
    """Return the names of the choices in which two studies differ.

    Examples
    --------
    >>> changed_choices({"study": {"limits": {"floor": 0.1}}}, {"study": {"limits": {"floor": 0.2}}})
    ['floor']
    """
    one, other = ({**{n: v for part in _parts(form) for n, v in part.items()}} for form in (before, after))
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def _parts(form: Form) -> list[Mapping[str, Any]]:
    return [part for part in form.get("study", {}).values() if isinstance(part, Mapping)]


def named_files(form: Form) -> dict[str, str]:
    """Return the files that somebody brought and a form names, by their SHA-256, with what they are called.

    Examples
    --------
    >>> named_files({"study": {"demand": {"regions_file": "a" * 64, "regions_name": "places.csv"}}}).values()
    dict_values(['places.csv'])
    """
    return dict(_named({name: part for name, part in form.items() if name != "tickets"}))


def _name_field(field: str, among: Mapping[str, Any]) -> str:
    """Return the field that says what the file in another field is called.

    Examples
    --------
    >>> _name_field("regions_file", {"regions_name": ""}), _name_field("file", {"file_name": ""})
    ('regions_name', 'file_name')
    """
    own = f"{field}_name"
    return own if own in among else f"{field.removesuffix('file')}name"


def _named(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for field, inner in value.items():
            if is_hash(inner):
                yield inner, str(value.get(_name_field(field, value), ""))
            else:
                yield from _named(inner)
    elif isinstance(value, list | tuple):
        if len(value) == 2 and is_hash(value[0]):
            yield value[0], str(value[1])
        else:
            for inner in value:
                yield from _named(inner)

"""What each column is for: a first guess from its name and its cells, for the user to correct."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

import pandas as pd

from medalloc.quantities import PER_PATIENT, PER_REGION
from medalloc.tables.languages import PADDED, means
from medalloc.tables.named_units import multiple_of, rate_of
from medalloc.tables.numbers import to_numbers
from medalloc.tables.periods import read_dates
from medalloc.tables.personal import is_personal
from medalloc.tables.role_names import (
    BY_RESOURCE,
    CAPS,
    KINDS,
    NAMES,
    NUMBERED,
    OF_NAMES,
    OF_ROWS,
    OVER_TIME,
    PLACES,
    POSTAL,
    UNITS,
)
from medalloc.tables.role_words import counts, is_expected, means_need, means_people, of_earlier_years, resource_there
from medalloc.tables.tidying import UNNAMED

Columns = Mapping[str, pd.Series]

OF_PATIENTS = ("need", *PER_PATIENT)
"""Roles that no column of a table of regions has."""

NAMES_KEPT = 20_000
"""Names of columns that are taken to pieces once; each is asked for some fifty roles. [count]"""

LOOKED_AT = 20
"""Cells of a column that must be dates where a word of a further language says so. [count]"""


def suggest_roles(frame: pd.DataFrame, *, may_be_patients: bool = True) -> dict[str, str]:
    """Suggest a role for every column.

    Parameters
    ----------
    frame : pandas.DataFrame
        Cells.
    may_be_patients : bool
        Whether a column that is called like need may say who was in need; else no row is a patient.

    Returns
    -------
    dict
        Role by column name, in the table's order. A role that only one column can have goes to the first column that
        fits it by name and by content.

    Examples
    --------
    >>> suggest_roles(pd.DataFrame({"patient_id": [1, 2], "age": [30, 40], "need": [0, 1]}))
    {'patient_id': 'patient id', 'age': 'feature', 'need': 'need'}
    """
    columns = {str(name): column for name, column in frame.items()}
    patients = may_be_patients and any(_fits("need", *each) for each in _answers(columns).items())
    earlier = set() if patients else of_earlier_years(columns)
    roles = _suggested({name: columns[name] for name in columns if name not in earlier}, patients=patients)
    return {name: roles.get(name, "ignored") for name in columns}


def _answers(columns: Columns) -> Columns:
    """Return the columns that may say who was in need: other numbers than 0 and 1 count where each row is a region."""
    counting = {
        name
        for name, column in columns.items()
        if is_called("need", name) and pd.api.types.is_numeric_dtype(column) and not column.dropna().isin([0, 1]).all()
    }
    if not counting or not any(is_place(*each) and each[1].is_unique for each in columns.items()):
        return columns
    return {name: column for name, column in columns.items() if name not in counting}


def _suggested(columns: Columns, *, patients: bool) -> dict[str, str]:
    roles: dict[str, str] = {}
    # a column that is called like a role has it before one that is called alike
    exact = {role: name for name in reversed([*columns]) if (role := _plain(name).lower().replace("_", " ")) in NAMES}
    taken: set[str] = set()
    date, demand = (any(_fits(role, *each) for each in columns.items()) for role in ("date", "demand"))
    found = {} if patients else _found(columns, exact, demand=demand)
    demand = demand or "demand" in found
    independent = sum(_by_resource(name)[:1] == ("demand",) for name in columns) > 1
    for name, column in columns.items():
        possible = _fitting(name, column, patients=patients, over_time=date and not demand, independent=independent)
        said = (role for role, of in found.items() if of == name)
        alone = exact | found
        free = (role for role in (*said, *possible) if role not in taken and alone.get(role, name) == name)
        roles[name] = next(free, "feature" if patients and not is_personal(column) else "ignored")
        # several columns can be groups, features or ignored; every other role is given once
        taken |= {roles[name]} - {"group", "feature", "ignored"}
    if not patients and "region" in taken and taken & {"demand", "population"}:
        # beside numbers of regions such a column counts rows, and theirs are sums of others now and then
        roles |= {name: "ignored" for name in roles if roles[name] == "patient id" and _named(OF_ROWS, name)}
    only = next((name for name, role in roles.items() if role == "value"), None)
    units = any(role.startswith("existing:") for role in roles.values())
    if not patients and only is not None and not taken & {"demand", "population"} and not units:
        # what weighs people stands beside a number of them; alone it is that number
        roles[only] = "demand" if "region" in taken else "ignored"
    return roles


def _without_a_name(columns: Columns) -> list[str]:
    """Return the first column where it has no name and another text in every row, beside one of people or units."""
    if not columns:
        return []
    name, *others = columns
    names_rows = isinstance(columns[name].dtype, pd.StringDtype) and columns[name].is_unique
    if not UNNAMED.fullmatch(name) or not names_rows:
        return []
    return [name] if any(counts(multiple_of(each)[0]) for each in others) else []


def _found(columns: Columns, exact: Mapping[str, str], *, demand: bool) -> dict[str, str]:
    """Return the column of the smallest regions, such as districts beside their provinces, and that of who needs care.

    The latter only where no column is called demand: by other words, what is expected first.
    """
    places = [name for name, column in columns.items() if is_place(name, column)]
    places = places or [name for name in columns if _named(POSTAL, name)] or _without_a_name(columns)
    if not places:
        return {}
    many = {name: columns[name].nunique() for name in places}
    # where several name as many and none names each row, the smaller regions usually stand behind the larger ones
    most = [name for name in places if many[name] == max(many.values())]
    usual = most[0] if many[most[0]] == len(columns[most[0]]) else most[-1]
    found = {"region": exact["region"] if exact.get("region") in most else usual}
    numbers = [name for name, column in columns.items() if _holds_numbers(column)]
    needed = [name for name in numbers if means_need(multiple_of(name)[0])]
    if any(_fits("population", name, columns[name]) or means_people(multiple_of(name)[0]) for name in numbers):
        # rates are those of the people who live there, where these are known
        rates = {name: rate[0] for name in numbers if (rate := rate_of(name))}
        needed += [name for name, of in rates.items() if means_need(of) or is_called("demand", of)]
    patients = any(_fits("patient id", *each) and _plain(each[0]).lower() != "id" for each in columns.items())
    if needed and not demand and not patients:
        found["demand"] = next((each for each in needed if is_expected(each)), needed[0])
    return found


def is_called(role: str, name: str) -> bool:
    """Whether a column has a name by which the role is known."""
    return role in _called(name)


def is_exactly(role: str, name: str) -> bool:
    """Whether a column is called as its role is, be it one of a resource such as ``existing_beds``."""
    return _plain(name).lower().replace("_", " ") == role.replace(":", " ").replace("_", " ")


def names_known(names: Iterable[str]) -> int:
    """Return how many names say what their column holds, whatever stands in it.

    Examples
    --------
    >>> names_known(["District", "Number of beds", "B01001_001E"])
    2
    """
    return sum(map(_is_known, names))


def _is_known(name: str) -> bool:
    bare = re.sub(OF_NAMES, "", _plain(name), flags=re.IGNORECASE)
    called = any(is_called(role, each) or means(role, each) for role in NAMES for each in (name, bare))
    return called or means_people(name) or means_need(name) or resource_there(name) is not None


def is_place(name: str, column: pd.Series) -> bool:
    """Whether a column of a table of regions names these, by whatever its name says beside that."""
    bare = re.sub(OF_NAMES, "", _plain(name), flags=re.IGNORECASE)
    named = _named(PLACES, bare) or means("place", name)
    # a column that is called hospitals may as well count them
    institution = named and (isinstance(column.dtype, pd.StringDtype) or _named(NUMBERED, bare))
    return any(_fits("region", each, column) for each in (bare, name)) or (
        institution and _fits("region", "region", column)
    )


def _fitting(name: str, column: pd.Series, *, patients: bool, over_time: bool, independent: bool) -> Iterator[str]:
    """Yield the roles that suit a column by its name and its cells, the most telling first.

    One column such as ``demand_beds`` is the demand; where several are, every resource has persons of its own.
    """
    kind, resource = _by_resource(name) or ("", "")
    if not patients and kind and (kind != "demand" or independent) and _holds_numbers(column):
        yield f"{kind}:{resource}"
        return
    if over_time and not patients and _named(OVER_TIME, name) and _holds_numbers(column):
        yield "demand"
    for role in NAMES:
        if role not in (PER_REGION if patients else OF_PATIENTS) and _fits(role, name, column):
            yield role
    if patients or not _holds_numbers(column):
        return
    if means_people(multiple_of(str(name))[0]):
        yield "population"
    if match := CAPS.fullmatch(_plain(name)):
        yield f"cap:{resource_there(match['resource']) or match['resource'].lower()}"
    if match := UNITS.fullmatch(_plain(name)):
        yield f"existing:{(match['resource'] or match['behind']).lower()}"
    elif (there := resource_there(name)) is not None:
        yield f"existing:{there}"


def _by_resource(name: str) -> tuple[str, ...]:
    """Return the kind of number and the resource that a column name speaks of, or nothing."""
    match = BY_RESOURCE.fullmatch(_plain(name))
    if match is None:
        return ()
    kind = next(kind for kind, names in KINDS.items() if names.fullmatch(match["kind"]))
    return kind, match["resource"].lower()


def _fits(role: str, name: str, column: pd.Series) -> bool:
    if not is_called(role, name) and not _means(role, name, column):
        return False
    if role == "need":
        return column.nunique() <= 2
    if role == "patient id" and _plain(name).lower() == "patient":
        # numbers may as well count patients
        return isinstance(column.dtype, pd.StringDtype)
    if role == "region":
        return not pd.api.types.is_float_dtype(column)
    if role in ("weight", "longitude", "latitude", *PER_REGION):
        return _holds_numbers(column)
    return True


def _means(role: str, name: str, column: pd.Series) -> bool:
    """Whether a word of a further language says it; it may mean another thing elsewhere, so the cells count as well."""
    if not means(role, name):
        return False
    if role == "region":
        return isinstance(column.dtype, pd.StringDtype)
    return role == "date" and bool(read_dates(column.dropna().head(LOOKED_AT).tolist()).notna().all())


def _holds_numbers(column: pd.Series) -> bool:
    """Whether a column holds numbers, if only in some cells: the others are named where the numbers are used."""
    if pd.api.types.is_numeric_dtype(column):
        return True
    return column.dtype in ("str", object) and bool(to_numbers(column.dropna()).notna().any())


def _named(names: str, name: str) -> bool:
    return re.fullmatch(names, _plain(name), re.IGNORECASE) is not None


@lru_cache(NAMES_KEPT)
def _called(name: str) -> frozenset[str]:
    """Return the roles by whose names a column is called."""
    return frozenset(role for role, names in NAMES.items() if _named(names, name))


@lru_cache(NAMES_KEPT)
def _plain(name: str) -> str:
    """Return a column name with its words joined in one way: ``Patient-ID`` and ``patient id`` are ``patient_id``."""
    name = PADDED.sub("", name)
    without_unit = re.sub(
        r"[(\[](persons?|people|patients|visits|admissions|units?|count|n|number|beds|cases|人|张)(/\w+)?[)\]]",
        "",
        name.strip(),
        flags=re.I,
    )
    return re.sub(r"[\s\-.()\[\]]+", "_", without_unit).strip("_")

"""Where there are places: the facilities, what they hold, and how far each is for every patient."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import refused
from medalloc.priority.waiting import Floats, Waiting
from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.numbers import to_numbers
from medalloc.tables.table import Table

NAME = re.compile(r"facility|site|hospital|clinic|cent(re|er)|name|医院|机构", re.I)
CAPACITY = re.compile(r"(capacity|places|units|beds|slots)(_invented)?|容量|床位", re.I)
LATITUDE, LONGITUDE = re.compile(r"lat|latitude|纬度", re.I), re.compile(r"lon|lng|long|longitude|经度", re.I)
EARTH = 6371.0088
"""Mean radius. [km]"""


@dataclass(frozen=True, eq=False)
class Facilities:
    """Where there are places, and how far they are."""

    names: tuple[str, ...]
    """What each is called."""

    places: NDArray[np.int64]
    """Patients whom each can take, shape (n_facilities,). [patients]"""

    way: Floats
    """How far each is for every patient, infinite where nobody knows, shape (n_patients, n_facilities)."""

    unit: Sentence
    """What ways are counted in."""

    notes: tuple[Sentence, ...]
    """How the table was understood."""


def facilities_of(table: Table, waiting: Waiting, points: pd.DataFrame | None = None) -> Facilities:
    """Read where there are places.

    Parameters
    ----------
    table : Table
        A row a facility: its name, its places, and latitude and longitude, or a column for each region of patients
        that holds the travel time or distance from there.
    waiting : Waiting
        Patients with latitude and longitude, or with regions.
    points : DataFrame, optional
        Columns ``region``, ``longitude`` and ``latitude``, where patients have no place of their own.

    Raises
    ------
    InputError
        With everything that is missing in it.
    """
    frame = table.frame
    name, places = _column(frame, NAME), _column(frame, CAPACITY)
    if name is None or places is None:
        raise refused(
            "A table of facilities needs a column for the name, such as “facility”, and one for places, such as "
            "“capacity”; “{file}” has: {columns}.",
            file=table.source.name,
            columns=", ".join(map(str, frame.columns)),
        )
    held = to_numbers(frame[places]).to_numpy(np.float64)
    if not len(held) or not (np.isfinite(held) & (held >= 0) & (held == np.floor(held))).all():
        raise refused("Column “{column}”: places must be whole numbers of at least 0 in every row.", column=places)
    names = frame[name].astype(str)
    if names.duplicated().any():
        raise refused(
            "Column “{column}”: {names} stand in several rows.", column=name, names=listed(names[names.duplicated()])
        )
    way, unit, how = _ways(table, waiting, points)
    said = sentence(
        "Facilities are named by “{name}”, their places by “{places}”; {how}.", name=name, places=places, how=how
    )
    return Facilities(tuple(names), held.astype(np.int64), way, unit, (said,))


def _column(frame: pd.DataFrame, named: re.Pattern[str]) -> str | None:
    return next((str(each) for each in frame.columns if named.fullmatch(str(each).strip())), None)


def _ways(table: Table, waiting: Waiting, points: pd.DataFrame | None) -> tuple[Floats, Sentence, Sentence]:
    frame, region = table.frame, waiting.table.column("region")
    regions = None if region is None else waiting.table.frame[region].astype(str).str.strip()
    columns = {str(each).strip(): str(each) for each in frame.columns}
    if regions is not None and set(regions) & columns.keys():
        if lacking := [each for each in dict.fromkeys(regions) if each not in columns]:
            raise refused("The table of facilities has no column for the regions: {names}.", names=listed(lacking))
        known = {each: to_numbers(frame[columns[each]]).to_numpy(np.float64) for each in set(regions)}
        if any((found < 0).any() for found in known.values()):
            raise refused("A travel time or distance in the table of facilities is below 0.")
        way = np.stack([known[each] for each in regions])
        how = sentence("travel is read from the columns called like the patients' regions")
        return np.where(np.isnan(way), np.inf, way), sentence("as in the table"), how
    latitude, longitude = _column(frame, LATITUDE), _column(frame, LONGITUDE)
    own = _own_points(waiting) if points is None or regions is None else _by_region(regions, points)
    if own is None or latitude is None or longitude is None:
        raise refused(
            "Nothing says how far facilities are: give both tables latitude and longitude, or the table of "
            "facilities a column for each region of the patients with the travel time or distance from there."
        )
    there = np.stack([to_numbers(frame[each]).to_numpy(np.float64) for each in (latitude, longitude)], axis=1)
    way = great_circle(own[:, None], there[None])
    return np.where(np.isnan(way), np.inf, way), sentence("km"), sentence("travel is measured as the crow flies")


def _own_points(waiting: Waiting) -> Floats | None:
    columns = [waiting.table.column(each) for each in ("latitude", "longitude")]
    if any(each is None for each in columns):
        frame = waiting.table.frame
        columns = [_column(frame, LATITUDE), _column(frame, LONGITUDE)]
    if any(each is None for each in columns):
        return None
    return np.stack([waiting.numbers(str(each)) for each in columns], axis=1)


def _by_region(regions: "pd.Series[str]", points: pd.DataFrame) -> Floats:
    known = points.drop_duplicates("region").set_index(points["region"].astype(str).drop_duplicates())
    return known.reindex(regions)[["latitude", "longitude"]].to_numpy(np.float64)


def great_circle(here: Floats, there: Floats) -> Floats:
    """Return distances on the sphere between points as (latitude, longitude) in degrees. [km].

    Examples
    --------
    >>> float(great_circle(np.array([0.0, 0.0]), np.array([0.0, 180.0])).round())
    20015.0
    """
    one, other = np.radians(here), np.radians(there)
    half = np.sin((other - one) / 2) ** 2
    share = half[..., 0] + np.cos(one[..., 0]) * np.cos(other[..., 0]) * half[..., 1]
    found: Floats = 2 * EARTH * np.arcsin(np.sqrt(np.clip(share, 0, 1)))
    return found

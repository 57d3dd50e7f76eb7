"""Who lives where, by age band and sex: a table in long form, one row a region and cell."""

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.bands import AGE, SEX, TOTALS, band_of, in_order, sex_of
from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence
from medalloc.tables.cells import as_names, as_numbers
from medalloc.tables.table import Table

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class PopulationCells:
    """Persons by region, age band and sex."""

    regions: tuple[str, ...]
    """Names in alphabetical order, shape (n,)."""

    bands: tuple[str, ...]
    """Age bands from young to old; one without a name where age does not matter, shape (b,)."""

    sexes: tuple[str, ...]
    """Sexes; one without a name where sex does not matter, shape (s,)."""

    persons: Floats
    """Persons living in each cell, shape (n, b, s). [persons]"""

    @property
    def living(self) -> dict[str, float]:
        """Persons living in each region."""
        return dict(zip(self.regions, self.persons.sum(axis=(1, 2)).tolist(), strict=True))

    def name(self, cell: int) -> str:
        """Return what a cell is called; cells are numbered through all sexes of a band before the next band."""
        band, sex = divmod(cell, len(self.sexes))
        return " ".join(part for part in (self.bands[band], self.sexes[sex]) if part)


def population_cells(people: Table, patients: Table) -> tuple[PopulationCells, NDArray[np.int64]]:
    """Return the population by what both tables tell of age and sex, and the cell of each patient's row.

    Parameters
    ----------
    people : Table
        One row a region, age band and sex, with the roles ``region`` and ``population``.
    patients : Table
        Ages as numbers or bands, in a column called age, age_band and so on; sex in one called sex or gender.

    Returns
    -------
    cells : PopulationCells
        A single band or sex where only one of the tables has such a column.
    cell : ndarray of int
        Number of each row's cell, -1 where age or sex is missing or not in the table of population, shape (rows,).

    Raises
    ------
    InputError
        If cells of the population are missing, impossible, given twice or overlap; all faults at once.
    """
    region, persons = as_names(people.frame[people.required("region")]), _persons(people)
    band, sex = (_named(people, pattern) for pattern in (AGE, SEX))
    bands = pd.Series("", region.index) if band is None else as_names(people.frame[band])
    sexes = pd.Series("", region.index) if sex is None else as_names(people.frame[sex]).map(sex_of)
    faults = _row_faults(people, region, persons, bands if band else None, sexes if sex else None)
    age_of, sex_of_patient = _named(patients, AGE), _named(patients, SEX)
    if band is None or age_of is None:
        bands = pd.Series("", region.index)
    if sex is None or sex_of_patient is None:
        sexes = pd.Series("", region.index)
    known, found = in_order(list(dict.fromkeys(bands)))
    if faults + found:
        raise InputError(*faults, *found)
    regions, names = sorted(set(region)), sorted(set(sexes))
    cube = np.zeros((len(regions), len(known), len(names)))
    places = (_places(region, regions), _places(bands, known), _places(sexes, names))
    np.add.at(cube, places, persons.to_numpy())
    code = _codes(patients, age_of if known != [""] else None, sex_of_patient if names != [""] else None, known, names)
    return PopulationCells(tuple(regions), tuple(known), tuple(names), cube), code


def _codes(patients: Table, age: str | None, sex: str | None, bands: list[str], sexes: list[str]) -> NDArray[np.int64]:
    """Return the cell of each patient's row.

    Raises
    ------
    InputError
        If ages are numbers and a band cannot be read.
    """
    rows = len(patients.frame)
    in_band, faults = (np.zeros(rows, dtype=np.int64), []) if age is None else band_of(patients.frame[age], bands)
    if faults:
        raise InputError(*faults)
    of_sex = np.zeros(rows, dtype=np.int64)
    if sex is not None:
        of_sex = _places(as_names(patients.frame[sex]).map(sex_of), sexes)
    return np.where((in_band >= 0) & (of_sex >= 0), in_band * len(sexes) + of_sex, -1)


def _places(column: "pd.Series[str]", known: list[str]) -> NDArray[np.int64]:
    """Return the place of each name among the known ones, -1 for none."""
    places = {name: place for place, name in enumerate(known)}
    return np.array([places.get(name, -1) for name in column], dtype=np.int64)


def _named(table: Table, pattern: re.Pattern[str]) -> str | None:
    return next((name for name in table.frame.columns if pattern.fullmatch(str(name).strip().replace(" ", "_"))), None)


def _persons(people: Table) -> "pd.Series[float]":
    return as_numbers(people.frame[people.required("population")])


def _row_faults(
    people: Table,
    region: "pd.Series[str]",
    persons: "pd.Series[float]",
    bands: "pd.Series[str] | None",
    sexes: "pd.Series[str] | None",
) -> list[Sentence]:
    """Return what is wrong with single rows of the table of population."""
    faults = []
    number = persons.to_numpy()
    for row in np.flatnonzero(~((number >= 0) & (number < np.inf))):
        faults.append(
            sentence(
                "Table of population, row {row}: the population is {found}; give a number of at least 0.",
                row=int(row) + 1,
                found=str(people.frame[people.required("population")].iloc[row]),
            )
        )
    for what, cells in ((sentence("region"), region), (sentence("age band"), bands), (sentence("sex"), sexes)):
        if cells is None:
            continue
        for row in np.flatnonzero(cells == ""):
            faults.append(
                sentence("Table of population, row {row}: the {what} is missing.", row=int(row) + 1, what=what)
            )
        for name in [name for name in dict.fromkeys(cells) if name.lower() in TOTALS]:
            faults.append(
                sentence(
                    "Table of population: the {what} “{found}” counts others again; remove those rows.",
                    what=what,
                    found=name,
                )
            )
    cell = pd.DataFrame({"region": region} | {n: c for n, c in (("band", bands), ("sex", sexes)) if c is not None})
    for row in np.flatnonzero(cell.duplicated()):
        faults.append(
            sentence(
                "Table of population, row {row}: {cell} has a row already; keep one.",
                row=int(row) + 1,
                cell=" ".join(cell.iloc[row]),
            )
        )
    return faults

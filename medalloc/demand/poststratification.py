"""Patients weighted so that they stand for everybody of their region, age and sex."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from medalloc.demand.demand import Demand
from medalloc.demand.population_cells import PopulationCells, population_cells
from medalloc.demand.regional import regional_demand
from medalloc.demand.rows import region_codes, value_faults
from medalloc.errors import InputError
from medalloc.need.training.weights import weights_of
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]
Counts = NDArray[np.int64]

WEIGHT = "weight by age and sex"
"""Name of the column that holds the new weights."""

SAID = 5
"""Regions of which it is said in full which cells were joined."""


@dataclass(frozen=True, eq=False)
class Weights:
    """Persons that each row stands for."""

    weight: Floats
    """Persons of the region's population; as before for rows that cannot be used, shape (rows,). [persons]"""

    stratum: Counts
    """Number of the cells that each row is weighted with, -1 for rows that cannot be used, shape (rows,)."""

    left_out: NDArray[np.bool_]
    """Rows that could have been used but for their age or sex, shape (rows,)."""

    warnings: tuple[Sentence, ...]
    """Which cells were joined, and what was left out."""


def poststratified_demand(
    table: Table,
    probability: ArrayLike,
    people: Table,
    *,
    level: float = 0.9,
    patients_anew: bool = False,
    know_regions: bool = True,
) -> Demand:
    """Sum probabilities of need to the demand of regions, each patient standing for persons of the same age and sex.

    Parameters
    ----------
    table : Table
        Patients with a region, and with age, sex or both; weights are kept in proportion within a cell.
    probability : array of float
        Calibrated probability of need of each row, shape (rows,). [fraction]
    people : Table
        Population in long form: one row a region, age band and sex. Without age and sex, or where the patients have
        neither, demand is scaled to the region's population as a whole, as `regional_demand` does.
    level, patients_anew, know_regions
        As in `regional_demand`. Without drawing patients anew, luck is that of unequal weights (Kish), which is on the
        safe side: within a cell patients differ less than in all of a region. Drawn anew, intervals are a little too
        narrow where cells have few rows, as the bootstrap is: of 25 a cell, 86 in 100 held what 90 should have held.

    Raises
    ------
    InputError
        As `regional_demand`, and for faults in the table of population; all faults of one kind at once.
    """
    chances, weights = np.asarray(probability, dtype=np.float64), weights_of(table)
    faults = value_faults(table, chances, weights, level)
    if faults:
        raise InputError(*faults)
    cells, cell = population_cells(people, table)
    if len(cells.bands) * len(cells.sexes) == 1:
        return regional_demand(
            table,
            chances,
            population=cells.living,
            level=level,
            patients_anew=patients_anew,
            know_regions=know_regions,
        )
    found = poststratified(table, cells, cell, ~np.isnan(chances) & ~np.isnan(weights))
    kept = ~found.left_out
    roles = {name: "ignored" if role == "weight" else role for name, role in table.roles.items()}
    frame = table.frame.assign(**{WEIGHT: found.weight})[kept]
    weighted = replace(table, frame=frame.reset_index(drop=True), roles={**roles, WEIGHT: "weight"})
    made = regional_demand(
        weighted,
        chances[kept],
        population=cells.living,
        level=level,
        patients_anew=patients_anew,
        stratum=found.stratum[kept],
        know_regions=know_regions,
    )
    return replace(made, warnings=(*made.warnings, *found.warnings))


def poststratified(
    table: Table, cells: PopulationCells, cell: Counts, usable: NDArray[np.bool_] | None = None
) -> Weights:
    """Weight rows so that those of each region and cell sum to the persons living there.

    Parameters
    ----------
    table : Table
        Patients with a region.
    cells : PopulationCells
        Persons by region, age band and sex.
    cell : ndarray of int
        Number of each row's cell, -1 for none, shape (rows,).
    usable : ndarray of bool, optional
        Rows that may stand for others; all when left out, shape (rows,).

    Notes
    -----
    A cell of a region that has no patients, or patients and no population, joins the nearest age band of the same sex
    that has both; where there is none, the nearest of another sex. Where no cell has both, the region is one cell, of
    all its rows.
    """
    weights, usable = weights_of(table), np.ones(len(cell), dtype=bool) if usable is None else usable
    region, names = region_codes(table, table.required("region"))
    weight, stratum, left_out = weights.copy(), np.full(len(cell), -1), np.zeros(len(cell), dtype=bool)
    said: list[Sentence] = []
    everywhere = cells.living
    for place, name in enumerate(names):
        rows = np.flatnonzero((region == place) & usable)
        if len(rows) == 0 or not everywhere.get(name, 0.0) > 0:
            # `regional_demand` names the regions without patients or population
            continue
        persons = cells.persons[cells.regions.index(name)]
        joined = joined_cells(persons, np.bincount(cell[rows][cell[rows] >= 0], minlength=persons.size))
        known = cell[rows] >= 0
        if joined is None:
            weight[rows] = weights[rows] * persons.sum() / weights[rows].sum()
            stratum[rows] = place * persons.size
            said.append(_alone(name))
            continue
        taken, group = rows[known], joined[cell[rows[known]]]
        living = np.bincount(joined[joined >= 0], persons.ravel()[joined >= 0], persons.size)
        weight[taken] = weights[taken] * living[group] / np.bincount(group, weights[taken], persons.size)[group]
        stratum[taken] = place * persons.size + group
        left_out[rows[~known]] = True
        said += _joins(name, cells, joined)
    return Weights(weight, stratum, left_out, (*_shortened(said), *_lost(left_out, cells, names)))


def joined_cells(persons: Floats, patients: Counts) -> Counts | None:
    """Return for each cell of a region the cell it is counted with: -1 for an empty one, None if no cell has both.

    Parameters
    ----------
    persons : ndarray
        Persons living in each cell, shape (b, s). [persons]
    patients : ndarray of int
        Rows in each cell, shape (b * s,). [count]

    Examples
    --------
    Nobody came of the oldest women; they join the next younger women, not the oldest men.

    >>> joined_cells(np.array([[10.0, 10], [10, 10], [5, 5]]), np.array([3, 3, 3, 3, 0, 2])).tolist()
    [0, 1, 2, 3, 2, 5]
    """
    bands, sexes = np.divmod(np.arange(persons.size), persons.shape[1])
    living = persons.ravel() > 0
    sound = np.flatnonzero(living & (patients > 0))
    if len(sound) == 0:
        return None
    joined = np.full(persons.size, -1, dtype=np.int64)
    for cell in np.flatnonzero(living | (patients > 0)):
        nearest = np.lexsort((sound, np.abs(bands[sound] - bands[cell]), sexes[sound] != sexes[cell]))[0]
        joined[cell] = sound[nearest]
    return joined


def _alone(region: str) -> Sentence:
    return sentence(
        "In “{region}” no age band and sex has both patients and population, so all its patients stand for everybody.",
        region=region,
    )


def _joins(region: str, cells: PopulationCells, joined: Counts) -> list[Sentence]:
    moved = [(cell, into) for cell, into in enumerate(joined.tolist()) if into not in (-1, cell)]
    if not moved:
        return []
    pairs = ", ".join(f"{cells.name(cell)} → {cells.name(into)}" for cell, into in moved)
    return [
        sentence(
            "In “{region}”, cells without patients or without population are counted with the nearest: {pairs}.",
            region=region,
            pairs=pairs,
        )
    ]


def _shortened(said: list[Sentence]) -> list[Sentence]:
    if len(said) <= SAID:
        return said
    more = sentence("Further regions in which cells of age and sex are joined: {count}.", count=len(said) - SAID)
    return [*said[:SAID], more]


def _lost(left_out: NDArray[np.bool_], cells: PopulationCells, names: list[str]) -> list[Sentence]:
    lost = []
    if left_out.any():
        lost.append(
            sentence(
                "Rows left out because their age or sex is missing or not in the table of population: {count}.",
                count=int(left_out.sum()),
            )
        )
    empty = [name for name in cells.regions if name not in names]
    if empty:
        lost.append(sentence("Regions with population but without patients: {regions}.", regions=", ".join(empty)))
    return lost

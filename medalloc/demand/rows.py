"""Which rows of a table count for which region."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import InputError
from medalloc.need.training.weights import weight_faults
from medalloc.sentences import Sentence, counted, sentence
from medalloc.tables.table import Table

Floats = NDArray[np.float64]


def value_faults(table: Table, chances: Floats, weights: Floats, level: float) -> list[Sentence]:
    """Return what is impossible about probabilities, weights and level."""
    if chances.shape != (len(table.frame),):
        return [
            counted(
                "There are probabilities for {found} row and the table has {rows}.",
                "There are probabilities for {found} rows and the table has {rows}.",
                "found",
                found=chances.size,
                rows=len(table.frame),
            )
        ]
    faults = []
    if not 0 < level < 1:
        faults.append(sentence("The level is {found}; it must lie between 0 and 1.", found=level))
    wrong = (chances < 0) | (chances > 1)
    if wrong.any():
        row = int(np.argmax(wrong))
        faults.append(
            sentence(
                "Row {row}: the probability is {found}; it must lie between 0 and 1 (rows like this: {count}).",
                row=row + 1,
                found=float(chances[row]),
                count=int(wrong.sum()),
            )
        )
    return [*faults, *weight_faults(table, weights)]


def region_codes(table: Table, region: str) -> tuple[NDArray[np.int64], list[str]]:
    """Return the number of each row's region, -1 for none, and the names in alphabetical order."""
    codes, found = pd.factorize(table.frame[region])
    names = [str(name).strip() for name in found]
    ordered = sorted(set(names) - {""})
    place = {name: number for number, name in enumerate(ordered)}
    # The last place answers for the code -1 of a row without a region.
    return np.array([*(place.get(name, -1) for name in names), -1], dtype=np.int64)[codes], ordered


def present(names: list[str], codes: NDArray[np.int64], used: NDArray[np.bool_]) -> tuple[list[str], NDArray[np.int64]]:
    """Keep the regions that have a row to sum over.

    Raises
    ------
    InputError
        If there is none.
    """
    held = np.bincount(codes[used], minlength=len(names)) > 0
    if not held.any():
        raise InputError(
            sentence("No row has both a region and a probability; check the region column and the features.")
        )
    number = np.append(np.where(held, np.cumsum(held) - 1, -1), -1)
    return [name for name, kept in zip(names, held, strict=True) if kept], number[codes]


def persons_living(names: list[str], population: Mapping[str, float] | None) -> Floats | None:
    """Return the persons living in each region, None without populations.

    Raises
    ------
    InputError
        If the population of a region is unknown or not above 0; every such region is named.
    """
    if population is None:
        return None
    people = np.array([float(population.get(name, np.nan)) for name in names])
    faults = [
        sentence("Region “{region}” has no population; add it to the populations.", region=name)
        if name not in population
        else sentence("The population of “{region}” is {found}; it must be above 0.", region=name, found=float(value))
        for name, value in zip(names, people, strict=True)
        if not 0 < value < np.inf
    ]
    if faults:
        raise InputError(*faults)
    return people


def left_out(
    names: list[str], codes: NDArray[np.int64], used: NDArray[np.bool_], chances: Floats, weights: Floats
) -> list[Sentence]:
    """Say how many rows, and which regions, demand is not summed over."""
    held = np.bincount(codes[used], minlength=len(names)) > 0
    lost = [name for name, kept in zip(names, held, strict=True) if not kept]
    return left_out_said(int(np.sum(codes < 0)), int(np.sum(np.isnan(chances))), int(np.sum(np.isnan(weights))), lost)


def left_out_said(no_region: int, no_prediction: int, no_weight: int, lost: list[str]) -> list[Sentence]:
    """Say how many rows were left out for each reason, and which regions with them."""
    counted = (
        sentence("Rows left out because they have no region: {count}.", count=no_region),
        sentence("Rows left out because nothing could be predicted for them: {count}.", count=no_prediction),
        sentence("Rows left out because they have no weight: {count}.", count=no_weight),
    )
    made = [said for said in counted if said.values["count"]]
    if lost:
        made.append(
            sentence("Regions left out because no row of theirs could be used: {regions}.", regions=", ".join(lost))
        )
    return made

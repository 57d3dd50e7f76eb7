"""From what was measured in every part of a table to the demand of its regions."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.demand import Demand
from medalloc.demand.regional import demand_of
from medalloc.demand.rows import left_out_said, region_codes
from medalloc.errors import refused
from medalloc.need.persistence.tally import Scoring, Tally
from medalloc.need.training.target import MISSING, read_need
from medalloc.need.training.weights import weights_of
from medalloc.partitions.digest import Digest, added
from medalloc.partitions.measuring import Measure
from medalloc.partitions.places import Place
from medalloc.partitions.state import State
from medalloc.partitions.working import Progress, work_through
from medalloc.sentences import sentence
from medalloc.tables.table import Table

LOOKED_AT = 2000
"""Rows of the sample by whose predictions a model is known again. [count]"""


@dataclass(frozen=True, eq=False)
class Sums:
    """What the rows of a table add up to."""

    digest: Digest
    """Of the rows that have region, weight and probability."""

    lacking: Mapping[str, int]
    """Rows without each of these. [count]"""

    seen: tuple[str, ...]
    """Regions of any row."""

    def __add__(self, other: "Sums") -> "Sums":
        lacking = {name: count + other.lacking[name] for name, count in self.lacking.items()}
        return Sums(added([self.digest, other.digest]), lacking, tuple(sorted({*self.seen, *other.seen})))

    def save(self, folder: Path) -> None:
        """Write them into a folder."""
        self.digest.cells.to_parquet(folder / "digest.parquet", index=False)
        told = {"regions": self.digest.regions, "lacking": self.lacking, "seen": self.seen}
        (folder / "sums.json").write_text(json.dumps(told), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Sums":
        """Return the sums in a folder."""
        told = json.loads((folder / "sums.json").read_text(encoding="utf-8"))
        digest = Digest(tuple(told["regions"]), pd.read_parquet(folder / "digest.parquet"))
        return cls(digest, told["lacking"], tuple(told["seen"]))


def sums_of(table: Table, probability: NDArray[np.float64]) -> Sums:
    """Return the sums of a table in memory."""
    codes, names = region_codes(table, table.required("region"))
    weights = weights_of(table)
    known, weighed = ~np.isnan(probability), ~np.isnan(weights)
    need = np.full(len(codes), MISSING, np.int8) if table.column("need") is None else read_need(table).values
    used = (codes >= 0) & known & weighed
    digest = Digest.of(names, codes[used], need[used], weights[used], probability[used])
    lacking = {"no_region": codes < 0, "no_weight": ~weighed, "no_prediction": ~known}
    return Sums(digest, {name: int(rows.sum()) for name, rows in lacking.items()}, tuple(names))


def partition_sums(measure: Measure, state: State, progress: Progress) -> Sums:
    """Return the sums of all rows of a table that are not in its sample; what was measured before is not again."""
    partitions = state.partitions()
    measure = replace(measure, but=state.numbers())
    stage = sentence("Predicting; rows: {rows}.", rows=partitions.rows)
    folder = state.folder / f"measured-{_identity(measure, state)}"
    finished = work_through(measure, partitions.parts, folder, stage, progress)
    digests, lacking, seen = list[Digest](), dict[str, int](), set[str]()
    for each in finished:
        digests.append(Digest(tuple(each.plain["regions"]), pd.DataFrame() if each.cells is None else each.cells))
        if len(digests) > LATER:
            digests = [added(digests)]
        seen |= set(each.plain["seen"])
        for name, count in each.plain["lacking"].items():
            lacking[name] = lacking.get(name, 0) + count
    return Sums(added(digests), lacking, tuple(sorted(seen)))


LATER = 16
"""Digests that are held before they are added up. [count]"""


def demand_of_sums(
    sums: Sums, *, population: Mapping[str, float] | None = None, level: float = 0.9, know_regions: bool = True
) -> Demand:
    """Return what `regional_demand` would of the rows themselves.

    Raises
    ------
    InputError
        If no row has both a region and a probability, or a region's population is unknown.
    """
    used, place = np.unique(sums.digest.cells["region"].to_numpy(np.int64), return_inverse=True)
    if not len(used):
        raise refused("No row has both a region and a probability; check the region column and the features.")
    names = [sums.digest.regions[each] for each in used]
    rows, known = Digest(tuple(names), sums.digest.cells.assign(region=place)).rows()
    lacking = sums.lacking
    lost = sorted(set(sums.seen) - set(names))
    said = left_out_said(lacking["no_region"], lacking["no_prediction"], lacking["no_weight"], lost)
    return demand_of(
        names, rows, known, population=population, level=level, know_regions=know_regions, warnings=tuple(said)
    )


def scored(measure: Measure, table: Place, folder: Path, progress: Progress) -> Scoring:
    """Return what a model says of a table in partitions, as `score_file` does of a file."""
    from medalloc.need.persistence.model_file import model_from_bytes
    from medalloc.partitions.folder import partitions_of

    partitions = partitions_of(table)
    asked = f"{hashlib.sha256(measure.model).hexdigest()} {measure.region} {measure.out} {partitions.identity}"
    stage = sentence("Predicting; rows: {rows}.", rows=partitions.rows)
    place = folder / f"scored-{hashlib.sha256(asked.encode()).hexdigest()[:24]}"
    tally = Tally(model_from_bytes(measure.model), measure.region)
    for each in work_through(measure, partitions.parts, place, stage, progress):
        tally.merge(each.plain["tally"])
    return tally.scoring()


def _identity(measure: Measure, state: State) -> str:
    """Return what the findings of a model are kept under: what it is asked, and what it says of the sample.

    Its file notes when it was trained, and would be another one each time.
    """
    from medalloc.need.persistence.model_file import model_from_bytes

    frame = pd.read_parquet(state.sample).head(LOOKED_AT)
    _, said = Tally(model_from_bytes(measure.model)).add(measure.mended(frame, str(state.sample)))
    asked: Any = [
        *(measure.region, measure.need, measure.weight, measure.means_need, measure.means_none),
        [[each.kind, each.column] for each in measure.repairs],
    ]
    return hashlib.sha256(json.dumps(asked).encode() + said.tobytes()).hexdigest()[:24]

"""What is kept beside a table in partitions: the sample that need is learnt from, and all that was measured."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import unreached
from medalloc.partitions.facts import Facts
from medalloc.partitions.folder import Partitions, partitions_of
from medalloc.partitions.places import Place, place_of
from medalloc.partitions.sampling import MOST_ANSWERS, drawn_sample
from medalloc.partitions.working import Progress

MANIFEST, SAMPLE, NUMBERS = "state.json", "sample.parquet", "sample_rows.npy"


@dataclass(frozen=True)
class State:
    """A folder with a sample of a table in partitions."""

    folder: Path
    """Where it is."""

    table: Place
    """Where the partitions are."""

    identity: str
    """Of the table when the sample was drawn."""

    rows: int
    """Rows of the table. [count]"""

    sampled: int
    """Rows of the sample. [count]"""

    seed: int
    """By which it was drawn."""

    columns: tuple[str, ...]
    """By whose values it was drawn."""

    facts: Mapping[str, Facts]
    """What is true of all rows of the table, by column."""

    values: Mapping[str, Mapping[str, int]]
    """Rows of the table with each value of the columns by which it was drawn. [count]"""

    @property
    def sample(self) -> Path:
        """The file of the sample."""
        return self.folder / SAMPLE

    def numbers(self) -> NDArray[np.int64]:
        """Return the number of each row of the sample in the table, ascending, shape (sampled,)."""
        read: NDArray[np.int64] = np.load(self.folder / NUMBERS, allow_pickle=False)
        return read

    def partitions(self) -> Partitions:
        """Return the table.

        Raises
        ------
        SourceError
            If it was changed after the sample was drawn.
        """
        found = partitions_of(self.table)
        if found.identity != self.identity:
            raise unreached("“{file}” has changed since its sample was drawn; ask again.", file=str(self.table))
        return found

    def to_json(self) -> dict[str, Any]:
        """Return what a script wants to know of it."""
        facts = self.facts.items()
        told: dict[str, Any] = {
            "missing": {name: each.missing for name, each in facts if each.missing},
            "impossible": {name: each.impossible for name, each in facts if each.impossible},
            "constant": [name for name, each in facts if each.constant],
            "ranges": {name: [each.others_low, each.others_high] for name, each in facts if each.known},
            "parts_apart": {name: round(each.apart, 3) for name, each in facts if each.apart},
            "fewest_rows": {name: min(each.values()) for name, each in self.values.items() if each},
            "rows_by_value": {name: each for name, each in self.values.items() if len(each) <= MOST_ANSWERS},
        }
        return {"rows": self.rows, "sampled": self.sampled, "drawn_by": list(self.columns), **told}


def state_of(folder: Path) -> State:
    """Return the state in a folder.

    Raises
    ------
    SourceError
        If there is none.
    """
    try:
        read = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        facts = {name: Facts(**each) for name, each in read.pop("facts").items()}
        return State(folder, place_of(read.pop("table")), columns=tuple(read.pop("columns")), facts=facts, **read)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unreached(
            "“{folder}” holds no sample of a table in partitions; ask again.", folder=str(folder)
        ) from error


def with_sample(table: Place, folder: Path, size: int, columns: Sequence[str], seed: int, progress: Progress) -> State:
    """Draw a sample of a table in partitions, unless it is there already, and return the state.

    Parameters
    ----------
    table : Path or str
        Folder of Parquet files, or one of them, or the URL of such.
    folder : Path
        Where the sample and all that is measured later are kept.
    size, columns, seed, progress
        As for `drawn_sample`.
    """
    partitions = partitions_of(table)
    asked = {"identity": partitions.identity, "seed": seed, "columns": list(columns)}
    name = f"drawn-{min(size, partitions.rows)}-{seed}-{partitions.identity[:12]}"
    place = folder / "-".join((name, *(each.encode().hex()[:16] for each in columns)))
    if (place / MANIFEST).exists():
        return state_of(place)
    found = drawn_sample(partitions, size, columns, seed, place / "drawing", progress)
    found.frame.to_parquet(place / SAMPLE, index=False)
    np.save(place / NUMBERS, found.numbers, allow_pickle=False)
    where = str(table.absolute() if isinstance(table, Path) else table)
    counted = {"rows": partitions.rows, "sampled": len(found.numbers), "table": where}
    facts = {name: each.to_json() for name, each in found.facts.items()}
    text = json.dumps({**asked, **counted, "facts": facts, "values": found.values})
    (place / f"{MANIFEST}.draft").write_text(text, encoding="utf-8")
    (place / f"{MANIFEST}.draft").replace(place / MANIFEST)
    return state_of(place)

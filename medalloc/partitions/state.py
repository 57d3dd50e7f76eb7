"""What is kept beside a table in partitions: the sample that need is learnt from, and all that was measured."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import SourceError
from medalloc.partitions.folder import Partitions, partitions_of
from medalloc.partitions.sampling import drawn_sample
from medalloc.partitions.working import Progress
from medalloc.sentences import sentence

MANIFEST, SAMPLE, NUMBERS = "state.json", "sample.parquet", "sample_rows.npy"


@dataclass(frozen=True)
class State:
    """A folder with a sample of a table in partitions."""

    folder: Path
    """Where it is."""

    table: Path
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

    missing: Mapping[str, int]
    """Blank cells of the table, by column. [count]"""

    impossible: Mapping[str, int]
    """Numbers of the table that cannot be, by column. [count]"""

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
            raise SourceError(
                sentence("“{file}” has changed since its sample was drawn; ask again.", file=str(self.table))
            )
        return found

    def to_json(self) -> dict[str, Any]:
        """Return what a script wants to know of it."""
        counted = {"missing": self.missing, "impossible": self.impossible}
        told = {name: {column: n for column, n in each.items() if n} for name, each in counted.items()}
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
        return State(folder, Path(read.pop("table")), columns=tuple(read.pop("columns")), **read)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(
            sentence("“{folder}” holds no sample of a table in partitions; ask again.", folder=str(folder))
        ) from error


def with_sample(table: Path, folder: Path, size: int, columns: Sequence[str], seed: int, progress: Progress) -> State:
    """Draw a sample of a table in partitions, unless it is there already, and return the state.

    Parameters
    ----------
    table : Path
        Folder of Parquet files, or one of them.
    folder : Path
        Where the sample and all that is measured later are kept.
    size, columns, seed, progress
        As for `drawn_sample`.
    """
    partitions = partitions_of(table)
    asked = {"identity": partitions.identity, "seed": seed, "columns": list(columns)}
    name = f"sample-{min(size, partitions.rows)}-{seed}-{partitions.identity[:12]}"
    place = folder / "-".join((name, *(each.encode().hex()[:16] for each in columns)))
    if (place / MANIFEST).exists():
        return state_of(place)
    found = drawn_sample(partitions, size, columns, seed, place / "drawing", progress)
    found.frame.to_parquet(place / SAMPLE, index=False)
    np.save(place / NUMBERS, found.numbers, allow_pickle=False)
    counted = {"rows": partitions.rows, "sampled": len(found.numbers), "table": str(table.absolute())}
    text = json.dumps({**asked, **counted, "missing": found.missing, "impossible": found.impossible})
    (place / f"{MANIFEST}.draft").write_text(text, encoding="utf-8")
    (place / f"{MANIFEST}.draft").replace(place / MANIFEST)
    return state_of(place)

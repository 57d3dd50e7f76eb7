"""Trees that grow from all rows of a table in one process, of which it holds some millions at a time."""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import refused
from medalloc.need.models.boosted_trees import BoostedTrees
from medalloc.need.models.choice import ModelChoice
from medalloc.partitions.folder import Part
from medalloc.partitions.measuring import Measure
from medalloc.partitions.working import Progress
from medalloc.saved import read_file, write_file
from medalloc.sentences import sentence

BYTES_OF_A_ROW = 76
"""What boosting keeps of a row besides the bins of its columns, one byte each; measured. [bytes]"""

MOST_BYTES = 600_000_000
"""What the rows that are held at a time may take. [bytes]"""

FILLED = 65_536
"""Rows that count nothing, at a time. [count]"""


@dataclass(frozen=True, eq=False)
class Growing:
    """What trees are grown from."""

    choice: ModelChoice
    """Which trees."""

    measure: Measure
    """Makes of a part the rows that are learned from."""

    parts: Sequence[Part]
    """All parts of the table."""

    rows: int
    """Rows that are learned from, at most. [count]"""

    binned: NDArray[np.float32]
    """A sample of those rows, from which bins are chosen, shape (sampled, columns)."""

    folder: Path
    """Where the trees that have grown are kept, so that whoever begins again goes on."""

    of: str
    """What tells this table and its sample from others."""


Grow = Callable[[Growing, Progress], bytes]
"""Grows trees and returns them in LightGBM's text format."""


def grown_here(asked: Growing, progress: Progress) -> bytes:
    """Grow trees in this process: of each row it holds the bins of its columns, never its cells.

    Notes
    -----
    A table of more rows than may be held at once is dealt out into shares, every so many-th part into each, and the
    trees as well: those of a share go on from what all trees before say of its rows. So every row is learned from, each
    by some of the trees (stochastic gradient boosting, Friedman 2002), and none is read twice. What is kept after each
    share is where a run that was killed goes on.
    """
    wide = asked.binned.shape[1] + BYTES_OF_A_ROW
    trees = asked.choice.count("trees")
    shares = max(1, min(-(-asked.rows * wide // MOST_BYTES), len(asked.parts), trees))
    _require_room(-(-asked.rows * wide // shares), free_memory())
    kept = _Kept(asked, shares)
    done, text = kept.last()
    for share in range(done, shares):
        # of a share that ends early there are fewer trees, not more in others
        count = trees * (share + 1) // shares - trees * share // shares
        text = _grown_on(asked, asked.parts[share::shares], count, text, _within(progress, share, shares))
        kept.keep(share + 1, text)
    progress(1.0, sentence("Done."))
    return text


def _grown_on(asked: Growing, parts: Sequence[Part], trees: int, before: bytes, progress: Progress) -> bytes:
    """Return the trees that were there, and so many more that grow from some parts.

    Rows whose need or weight is not known are none; LightGBM wants to know how many rows come before the first one,
    so that their places are filled by rows that count nothing.
    """
    rows, columns = min(asked.rows, sum(each.rows for each in parts)), asked.binned.shape[1]
    need, weight = np.zeros(rows, np.float32), np.zeros(rows, np.float32)
    stage = sentence("Reading all rows for the trees; rows: {rows}.", rows=asked.rows)

    def blocks() -> Iterator[tuple[int, NDArray[np.float32]]]:
        end = read = 0
        for part in parts:
            for piece in asked.measure.learnable(part):
                begin, end = end, end + len(piece.need)
                need[begin:end], weight[begin:end] = piece.need, piece.weight
                yield begin, piece.matrix
            read += part.rows
            progress(0.7 * read / sum(each.rows for each in parts), stage)
        # on average 1, as for a table in memory: the penalty is measured by it
        weight[:end] /= weight[:end].mean(dtype=np.float64)
        for begin in range(end, rows, FILLED):
            yield begin, np.full((min(FILLED, rows - begin), columns), np.nan, np.float32)
        progress(0.7, sentence("Growing the trees."))

    choice = replace(asked.choice, options={**asked.choice.options, "trees": trees})
    made = BoostedTrees(choice)
    after = BoostedTrees.from_text(choice, before, columns=columns) if before else None
    return made.grown(blocks(), asked.binned, need, weight, after).to_text()


class _Kept:
    """Trees that have grown, share by share, in files of which the last is enough."""

    def __init__(self, asked: Growing, shares: int) -> None:
        about = (asked.of, asked.choice, shares, asked.measure.need, asked.measure.weight, asked.measure.means_need)
        hashed = hashlib.sha256(repr((*about, asked.measure.means_none, asked.measure.repairs)).encode())
        hashed.update(asked.binned.tobytes() + np.asarray(asked.measure.but).tobytes())
        self._files = [asked.folder / f"trees-{hashed.hexdigest()[:16]}-{done}.txt" for done in range(shares + 1)]

    def last(self) -> tuple[int, bytes]:
        """Return how many shares were learned from before, and the trees."""
        for done in range(len(self._files) - 1, 0, -1):
            with suppress(OSError):
                return done, read_file(self._files[done])
        return 0, b""

    def keep(self, done: int, text: bytes) -> None:
        """Write down the trees after so many shares."""
        write_file(self._files[done], text)
        self._files[done - 1].unlink(missing_ok=True)


def _within(progress: Progress, share: int, shares: int) -> Progress:
    return lambda done, said: progress((share + done) / shares, said)


def free_memory() -> int | None:
    """Return the memory that the machine can still give [bytes]; None where it does not tell, as outside Linux."""
    with suppress(OSError):
        told = re.search(r"MemAvailable: +(\d+) kB", Path("/proc/meminfo").read_text(encoding="utf-8"))
        return None if told is None else 1024 * int(told[1])
    return None


def _require_room(wanted: int, free: int | None) -> None:
    if free is not None and wanted > free:
        raise refused(
            "Trees of all rows would take about {wanted} MB, and {free} MB are free here; learn from the sample "
            "(leave --learn-from out), or on a cluster (--cluster).",
            wanted=wanted // 1_000_000,
            free=free // 1_000_000,
        )

"""A stratified sample of a table in partitions, and what its every row says of its quality."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.partitions.facts import Facts, added_facts, facts_of
from medalloc.partitions.folder import Part, Partitions, batches
from medalloc.partitions.working import Progress, Result, work_through
from medalloc.preparation.arriving import labels, level_names
from medalloc.sentences import sentence

Counts = NDArray[np.int64]

MOST_ANSWERS = 20
"""Different answers up to which rows are drawn by them. [count]"""

BETWEEN = "\x1f"
"""Between what a stratum is made of."""


@dataclass(frozen=True)
class CountStrata:
    """Counts the rows of every stratum of a part."""

    columns: tuple[str, ...]
    """Columns by whose values rows are drawn."""

    def __call__(self, part: Part) -> Result:
        """Return the rows of each stratum by its name."""
        counted: dict[str, int] = {}
        for batch in batches(part, self.columns or None):
            code, names = _strata(batch, self.columns)
            for name, count in zip(names, np.bincount(code, minlength=len(names)).tolist(), strict=True):
                counted[name] = counted.get(name, 0) + count
        return Result({"strata": counted})


@dataclass(frozen=True, eq=False)
class Pick:
    """Takes the rows of a sample out of a part, and notes the facts of all of its rows."""

    columns: tuple[str, ...]
    """Columns by whose values rows are drawn."""

    names: tuple[str, ...]
    """Every stratum, in alphabetical order."""

    wanted: Mapping[int, Counts]
    """Places of the rows that are taken, within their strata and by the number of the part's first row."""

    def __call__(self, part: Part) -> Result:
        """Return these rows, their numbers, and the facts by column."""
        place = {name: number for number, name in enumerate(self.names)}
        wanted, seen = self.wanted.get(part.before, np.empty(0, np.int64)), np.zeros(len(self.names), np.int64)
        taken, numbers = list[pd.DataFrame](), list[int]()
        facts: dict[str, Facts] = {}
        before = part.before
        for batch in batches(part, coded=False):
            frame = batch.to_pandas()
            code, names = _strata(batch, self.columns)
            code = np.array([place[name] for name in names], np.int64)[code]
            chosen = np.isin(code * (1 << 40) + _within(code, seen), wanted)
            seen += np.bincount(code, minlength=len(seen))
            taken.append(frame[chosen])
            numbers += (before + np.flatnonzero(chosen)).tolist()
            before += len(frame)
            facts = added_facts(facts, facts_of(frame))
        cells = pd.concat(taken, ignore_index=True)
        return Result({"numbers": numbers, "facts": {name: each.to_json() for name, each in facts.items()}}, cells)


@dataclass(frozen=True, eq=False)
class Sample:
    """Rows of a table, and what was counted in all of them."""

    frame: pd.DataFrame
    """Cells."""

    numbers: Counts
    """Number of each row in the table, from 0, ascending, shape (rows,)."""

    facts: Mapping[str, Facts]
    """What is true of all rows of the table, by column."""

    values: Mapping[str, Mapping[str, int]]
    """Rows of the table with each value of the columns by which it was drawn; blank cells are none. [count]"""


def drawn_sample(
    partitions: Partitions, size: int, columns: Sequence[str], seed: int, folder: Path, progress: Progress
) -> Sample:
    """Draw a sample in which every stratum has the share that it has in the table.

    Parameters
    ----------
    size : int
        Rows of the sample; all where there are no more. [count]
    columns : sequence of str
        Region and need, as far as they are known: rows of each combination are drawn by themselves, at even distances
        with chance within them, so that neither the cuts of the table nor a rhythm of its rows matters.
    seed : int
        The same seed draws the same rows, however the table is cut.
    folder, progress
        As for `work_through`.
    """
    strata = tuple(columns)
    stage = sentence("Counting rows by region and answer.")
    counting = work_through(
        CountStrata(strata), partitions.parts, folder / "strata", stage, lambda done, said: progress(0.2 * done, said)
    )
    counts = [each.plain["strata"] for each in counting]
    names = sorted(set().union(*counts))
    table = np.array([[each.get(name, 0) for name in names] for each in counts], np.int64)
    wanted = _wanted(table, size, seed)
    pick = Pick(strata, tuple(names), {p.before: w for p, w in zip(partitions.parts, wanted, strict=True)})
    picked = work_through(
        pick,
        partitions.parts,
        folder / "sample",
        sentence("Drawing the rows that need is learned from."),
        lambda done, said: progress(0.2 + 0.8 * done, said),
    )
    frames, numbers = list[pd.DataFrame](), list[int]()
    facts: dict[str, Facts] = {}
    for each in picked:
        frames.append(each.cells if each.cells is not None else pd.DataFrame())
        numbers += each.plain["numbers"]
        facts = added_facts(facts, {name: Facts(**told) for name, told in each.plain["facts"].items()})
    values = _values(strata, names, table.sum(axis=0))
    return Sample(pd.concat(frames, ignore_index=True), np.array(numbers, np.int64), facts, values)


def shares(counts: Counts, size: int) -> Counts:
    """Return how many rows of each stratum are drawn: its share, by the largest remainders, one at least.

    Examples
    --------
    >>> shares(np.array([700, 299, 1]), 100).tolist()
    [70, 29, 1]
    """
    total = int(counts.sum())
    if total <= size:
        return counts
    exact = counts * (size / total)
    taken = np.maximum(np.floor(exact).astype(np.int64), (counts > 0) * (10 * len(counts) <= size))
    further = size - int(taken.sum())
    if further > 0:
        taken[np.argsort(taken - exact, kind="stable")[:further]] += 1
    return np.asarray(np.minimum(taken, counts))


def _values(columns: Sequence[str], names: Sequence[str], rows: Counts) -> dict[str, dict[str, int]]:
    """Return the rows with each value of each column, from those of the strata."""
    found: dict[str, dict[str, int]] = {each: {} for each in columns}
    for name, count in zip(names, rows.tolist(), strict=True):
        for column, value in zip(columns, name.split(BETWEEN)[1:], strict=True):
            if value:
                found[column][value] = found[column].get(value, 0) + count
    return found


def _wanted(table: Counts, size: int, seed: int) -> list[Counts]:
    """Return the places of the sample's rows within their strata, for each part, shape (parts, strata)."""
    wanted: list[list[Counts]] = [[] for _ in table]
    total = table.sum(axis=0)
    ends = table.cumsum(axis=0)
    for stratum, (every, taken) in enumerate(zip(total, shares(total, size), strict=True)):
        chance = np.random.default_rng([seed, stratum]).random(taken)
        edges = np.arange(taken + 1) * int(every) // max(1, int(taken))
        place = edges[:-1] + (chance * np.diff(edges)).astype(np.int64)
        of_part = np.searchsorted(ends[:, stratum], place, side="right")
        for part in np.unique(of_part):
            own = place[of_part == part] - (ends[part, stratum] - table[part, stratum])
            wanted[part].append(stratum * (1 << 40) + own)
    return [np.sort(np.concatenate(each)) if each else np.empty(0, np.int64) for each in wanted]


def _strata(batch: Any, columns: Sequence[str]) -> tuple[Counts, list[str]]:
    """Return the stratum of each row, and their names."""
    code, names = np.zeros(batch.num_rows, np.int64), [""]
    for column in columns:
        found = labels(batch, column)
        levels = [*level_names(found), ""]
        wide = len(levels)
        code = code * wide + np.where(found.values < 0, wide - 1, found.values)
        code, used = pd.factorize(code)
        names = [names[each // wide] + BETWEEN + levels[each % wide] for each in used]
    return np.asarray(code, np.int64), names


def _within(code: Counts, seen: Counts) -> Counts:
    """Return how many rows of the same stratum were there before each row."""
    order = np.argsort(code, kind="stable")
    ranked = code[order]
    begins = np.flatnonzero(np.diff(ranked, prepend=-1))
    place = np.arange(len(code)) - np.repeat(begins, np.diff(np.append(begins, len(code))))
    made = np.empty(len(code), np.int64)
    made[order] = place
    return np.asarray(made + seen[code])

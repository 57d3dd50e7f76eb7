"""Work through the parts of a table, here or on a cluster; what is finished is kept, so that nothing is done twice."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from medalloc.errors import not_written
from medalloc.partitions.folder import Part
from medalloc.sentences import Sentence
from medalloc.spreading import spread

Progress = Callable[[float, Sentence], None]
Work = Callable[[Part], "Result"]


@dataclass(frozen=True, eq=False)
class Result:
    """What was found in one part: sums as plain data, and a table where there is one."""

    plain: Mapping[str, Any]
    """Plain data."""

    cells: pd.DataFrame | None = None
    """A table."""

    def save(self, folder: Path, number: int) -> None:
        """Write it down, so that it is there whole or not at all."""
        if self.cells is not None:
            _replace(folder / f"{number}.parquet", lambda draft: self.cells.to_parquet(draft, index=False))  # type: ignore[union-attr]
        # written last: without it nothing is finished
        text = json.dumps(self.plain)
        _replace(folder / f"{number}.json", lambda draft: draft.write_text(text, encoding="utf-8"))


@dataclass(frozen=True)
class Finished:
    """What was found in every part, read from its folder one part after the other."""

    folder: Path
    """Where it is."""

    parts: int
    """Parts of the table. [count]"""

    def __iter__(self) -> Iterator[Result]:
        """Yield what was found in each part, in the order of the parts."""
        for number in range(self.parts):
            cells = self.folder / f"{number}.parquet"
            plain = json.loads((self.folder / f"{number}.json").read_text(encoding="utf-8"))
            yield Result(plain, pd.read_parquet(cells) if cells.exists() else None)


def work_through(work: Work, parts: Sequence[Part], folder: Path, stage: Sentence, progress: Progress) -> Finished:
    """Do some work in every part of a table in which it is not done yet.

    Parameters
    ----------
    work : callable
        From a part to what is found in it; can be sent to another process.
    folder : Path
        Where findings are kept; of this work on this table alone.

    Raises
    ------
    SourceError
        If the folder cannot be written.
    """
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        left = {number: part for number, part in enumerate(parts) if not (folder / f"{number}.json").exists()}
        every = max(1, sum(each.rows for each in parts))
        done = every - sum(each.rows for each in left.values())
        for number, found in spread(work, left):
            found.save(folder, number)
            done += left[number].rows
            progress(done / every, stage)
    except OSError as error:
        raise not_written(folder, error) from error
    return Finished(folder, len(parts))


def _replace(file: Path, write: Callable[[Path], Any]) -> None:
    draft = file.with_suffix(f"{file.suffix}.draft")
    write(draft)
    draft.replace(file)

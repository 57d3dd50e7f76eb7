"""What a model says of one part of a table, and what came true there."""

import os
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.errors import refused
from medalloc.need.persistence.kept_model import KeptModel
from medalloc.need.persistence.model_file import model_from_bytes
from medalloc.need.persistence.scoring import predicted_name, with_probability
from medalloc.need.persistence.tally import Tally, columns_of
from medalloc.need.training.target import MISSING, answers_of
from medalloc.partitions.digest import Digest
from medalloc.partitions.folder import Part, batches
from medalloc.partitions.mending import with_numbers, with_repairs
from medalloc.partitions.places import Place, copied_to, place_of
from medalloc.partitions.working import Result
from medalloc.preparation.arriving import arriving, labels, level_names
from medalloc.preparation.fitting import kept_rows
from medalloc.preparation.shaping import shaping_steps
from medalloc.tables.repairs import Repair


@dataclass(frozen=True, eq=False)
class Learnable:
    """Rows that trees can learn from."""

    matrix: NDArray[np.float32]
    """Prepared, shape (rows, columns)."""

    need: NDArray[np.float32]
    """0 or 1, shape (rows,)."""

    weight: NDArray[np.float32]
    """Persons each stands for, shape (rows,)."""


@dataclass(frozen=True, eq=False)
class Measure:
    """Measures parts; it can be sent to another process."""

    model: bytes
    """The model, as its file has it."""

    region: str | None = None
    """Column of the region."""

    need: str | None = None
    """Column that says who was in need; None to add up probabilities alone."""

    weight: str | None = None
    """Column of the persons each row stands for."""

    means_need: tuple[str, ...] = ()
    """Answers that mean need."""

    means_none: tuple[str, ...] = ()
    """Answers that do not."""

    repairs: tuple[Repair, ...] = ()
    """Applied to the rows before anything else."""

    but: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    """Rows of the table, in their order, that are left to others."""

    out: str | None = None
    """Folder, or URL of one, into which the rows are written with their probabilities."""

    def __call__(self, part: Part) -> Result:
        """Return tally and digest of a part."""
        tally = Tally(_model(self.model), self.region)
        held: list[tuple[Any, ...]] = []
        lacking = {"no_region": 0, "no_weight": 0, "no_prediction": 0}
        seen: set[str] = set()
        with _Written(self.out, part) as written:
            for cells in self._cells(part):
                piece, probability = tally.add(cells)
                written.add(piece, probability, tally.model)
                if self.region is None or self.need is None:
                    continue
                region = labels(piece, self.region)
                names = level_names(region)
                seen |= set(names) - {""}
                code = np.array([*(n if each else -1 for n, each in enumerate(names)), -1])[region.values]
                weight, known = self._weights(piece, len(code)), ~np.isnan(probability)
                weighed = ~np.isnan(weight)
                lacking["no_region"] += int((code < 0).sum())
                lacking["no_prediction"] += int((~known).sum())
                lacking["no_weight"] += int((~weighed).sum())
                used = (code >= 0) & known & weighed
                held.append((names, code[used], self._needs(piece)[used], weight[used], probability[used]))
        digest = _digested(held)
        plain = {"tally": tally.to_json(), "lacking": lacking, "seen": sorted(seen), "regions": list(digest.regions)}
        return Result(plain, digest.cells)

    def learnable(self, part: Part) -> Iterator[Learnable]:
        """Yield the rows of a part that can be learned from, some at a time, prepared as the model wants them."""
        model = _model(self.model)
        before = part.before
        for cells in self._cells(part):
            piece, encoded = columns_of(model, cells, before)
            before += len(encoded[0].values)
            need, weight = self._needs(piece), self._weights(piece, len(encoded[0].values))
            rows = kept_rows(model.recipe, encoded, np.arange(len(need)))
            rows = rows[(need[rows] != MISSING) & ~np.isnan(weight[rows])]
            for begin, block in model.fitted.prepared.blocks(encoded, rows):
                taken = rows[begin : begin + len(block)]
                yield Learnable(block, need[taken].astype(np.float32), weight[taken].astype(np.float32))

    def _cells(self, part: Part) -> Iterator[Any]:
        model = _model(self.model)
        named = (each for each in (self.region, self.need, self.weight) if each is not None)
        needed = {*(each.name for each in model.columns), *named}
        every = self.out is not None or self.repairs or shaping_steps(model.recipe)
        before = part.before
        for batch in batches(part, None if every else needed, coded=not self.repairs):
            rows = np.arange(before, before + batch.num_rows)
            before += batch.num_rows
            if len(self.but):
                place = np.minimum(np.searchsorted(self.but, rows), len(self.but) - 1)
                batch = batch.filter(self.but[place] != rows)
            if not batch.num_rows:
                continue
            yield self.mended(batch, part.file)

    def mended(self, cells: Any, name: str) -> Any:
        """Return rows with the repairs applied, and with numbers where the model wants them and text holds them."""
        wanted = (*(each.name for each in _model(self.model).columns if each.kind == "number"), self.weight)
        # a table whose need is known is the one of the sample, which showed that commas part its thousands
        return with_numbers(with_repairs(cells, self.repairs, name), wanted, None if self.need is None else ".")

    def _needs(self, piece: Any) -> NDArray[np.int8]:
        answers = answers_of(_encoded(piece, str(self.need)))
        need = {each.casefold(): 1 for each in self.means_need} | {each.casefold(): 0 for each in self.means_none}
        unknown = [each for each in answers.texts if each.casefold() not in need]
        if unknown:
            raise refused(
                "Column “{column}” holds the answer “{answer}”, which is not in the sample that need "
                "was learned from; take a larger one (--sample-rows).",
                column=str(self.need),
                answer=unknown[0],
            )
        means = np.array([*(need[each.casefold()] for each in answers.texts), MISSING], dtype=np.int8)
        return np.asarray(means[answers.of_row])

    def _weights(self, piece: Any, rows: int) -> NDArray[np.float64]:
        if self.weight is None:
            return np.ones(rows)
        cells = piece if isinstance(piece, pd.DataFrame) else piece.select([self.weight]).to_pandas()
        weight = np.asarray(pd.to_numeric(cells[self.weight], errors="coerce"), dtype=np.float64)
        if ((weight <= 0) | np.isinf(weight)).any():
            wrong = float(weight[(weight <= 0) | np.isinf(weight)][0])
            raise refused(
                "Column “{column}”: a weight is {found}; it must be above 0.", column=self.weight, found=wrong
            )
        return weight


class _Written:
    """Writes the rows of a part with their probabilities; a part is there whole or not at all."""

    def __init__(self, out: str | None, part: Part) -> None:
        self._to = None if out is None else place_of(f"{out.rstrip('/')}/part-{part.before:012d}.parquet")
        self._draft: Path | None = None
        self._writer: Any = None

    def __enter__(self) -> "_Written":
        return self

    def add(self, piece: Any, probability: NDArray[np.float64], model: KeptModel) -> None:
        """Write some rows."""
        if self._to is None:
            return
        import pyarrow
        from pyarrow import parquet

        frame = with_probability(piece, probability, predicted_name(model))
        frame = frame.astype({each: "str" for each, kind in frame.dtypes.items() if kind == "category"})
        rows = pyarrow.Table.from_pandas(frame, preserve_index=False).replace_schema_metadata(None)
        if self._writer is None:
            self._draft = _draft_of(self._to)
            self._writer = parquet.ParquetWriter(self._draft, rows.schema)
        self._writer.write_table(rows.cast(self._writer.schema))

    def __exit__(self, kind: Any, *_: Any) -> None:
        if self._writer is None or self._draft is None:
            return
        self._writer.close()
        try:
            if kind is None and isinstance(self._to, str):
                copied_to(self._draft, self._to)
            elif kind is None and self._to is not None:
                self._draft.replace(self._to)
        finally:
            self._draft.unlink(missing_ok=True)


def _draft_of(to: Place) -> Path:
    """Return where a file is written before it is whole: beside it, or here where that is elsewhere."""
    if isinstance(to, str):
        made, name = tempfile.mkstemp(prefix="medalloc-", suffix=".parquet")
        os.close(made)
        return Path(name)
    to.parent.mkdir(parents=True, exist_ok=True)
    return to.with_suffix(".draft")


def _encoded(piece: Any, name: str) -> Any:
    import pyarrow

    if isinstance(piece, pd.DataFrame):
        text = isinstance(piece[name].dtype, pd.StringDtype | pd.CategoricalDtype)
    else:
        found = piece.schema.field(name).type
        text = pyarrow.types.is_dictionary(found) or pyarrow.types.is_large_string(found)
    return arriving(piece, name, "text" if text else "number")


@lru_cache(maxsize=2)
def _model(content: bytes) -> KeptModel:
    return model_from_bytes(content)


def _digested(held: Sequence[tuple[Any, ...]]) -> Digest:
    """Return the digest of pieces, each with names of its own."""
    every = sorted(set().union(*(set(names) for names, *_ in held)) - {""})
    place = {name: number for number, name in enumerate(every)}
    regions = [np.array([*(place.get(name, -1) for name in names), -1])[code] for names, code, *_ in held]
    empty = (np.empty(0, np.int64), np.empty(0, np.int8), np.empty(0), np.empty(0))
    rest = [np.concatenate([empty[n - 1], *(each[n] for each in held)]) for n in (2, 3, 4)]
    return Digest.of(every, np.concatenate([empty[0], *regions]), rest[0].astype(np.int8), rest[1], rest[2])

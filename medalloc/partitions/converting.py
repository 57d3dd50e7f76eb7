"""A text larger than memory, read block by block into partitions by the rules by which a small one is read."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pandas as pd

from medalloc.errors import not_opened, refused
from medalloc.partitions.working import Progress
from medalloc.sentences import sentence
from medalloc.tables.account import Line
from medalloc.tables.decoding import LOOKED_AT, encoding_of, plain_text
from medalloc.tables.delimited import cells_of
from medalloc.tables.lines import only_the_table
from medalloc.tables.options import ReadOptions
from medalloc.tables.pieces import PACKED, between_lines, header_line
from medalloc.tables.text import sniff_delimiter
from medalloc.tables.values import plain_cells

BLOCK = 32_000_000
"""Bytes of a block, more or less. [bytes]"""

ORDER = ("empty", "int64", "float64")
"""Kinds of columns, each of which holds those before it; of all others a mixture is text."""


@dataclass(frozen=True)
class Converted:
    """A text in partitions."""

    folder: Path
    """Of the Parquet files."""

    lines: Mapping[str, int]
    """What its lines were taken for; together they are all lines of the file. [count]"""

    rejected: int
    """Rows that could not be read; they are in ``rejects.csv`` beside the partitions. [count]"""


@dataclass(frozen=True)
class _Plan:
    """How all blocks are read, as the first one says it."""

    encoding: str
    delimiter: str
    header: bytes
    columns: tuple[str, ...]
    options: ReadOptions
    texts: tuple[str, ...] = ()
    parted: tuple[str, ...] = ()


def converted(file: Path, folder: Path, options: ReadOptions, progress: Progress, block: int = BLOCK) -> Converted:
    """Read a text into partitions, unless that is done; what was finished before is not read again.

    Parameters
    ----------
    folder : Path
        Where the partitions are kept, one folder a version of the file.
    options : ReadOptions
        What somebody says of it. Encoding, separator and decimal sign are else recognised in the first block.
    block : int
        Bytes of a block. [bytes]

    Raises
    ------
    SourceError
        If it cannot be opened.
    InputError
        If it is no table, or of a kind that cannot be read by blocks.

    Notes
    -----
    A column is text where any block holds text in it, a number where all hold numbers. Where a block finds text in a
    column that blocks before it took for numbers, these are read once more.
    """
    try:
        stat = file.stat()
        asked = f"{stat.st_size} {stat.st_mtime_ns} {json.dumps(asdict(options))} {block}"
        place = folder / hashlib.sha256(asked.encode()).hexdigest()[:16]
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
        with file.open("rb") as opened:
            plan = _planned(opened, file.name, options, block)
            texts: set[str] = set()
            while True:
                kinds = _blocks(opened, file.name, replace(plan, texts=tuple(sorted(texts))), place, progress, block)
                mixed = {name for name, each in kinds.items() if len(each - set(ORDER)) and len(each - {"empty"}) > 1}
                if mixed <= texts:
                    break
                texts |= mixed
    except OSError as error:
        raise not_opened(file, error) from error
    _in_one_schema(place, kinds)
    return _account(place)


def _planned(opened: BinaryIO, name: str, options: ReadOptions, block: int) -> _Plan:
    """Decide by the first block how all of them are read."""
    start = opened.read(8)
    if start.startswith(PACKED) or options.last_row is not None or options.left_out:
        raise refused(
            "“{file}” is larger than is read whole, and what is packed, a workbook, or read by the numbers of its "
            "lines cannot be read in partitions; save it as CSV, or read it whole (--whole-up-to).",
            file=name,
        )
    opened.seek(0)
    content, ends = next(between_lines(opened, block))
    opened.seek(0)
    begin = content[: content.rfind(b"\n", 0, LOOKED_AT) + 1] or content
    encoding = encoding_of(content if options.encoding is None else begin, options.encoding)
    plain = plain_text(content, name, encoding)
    delimiter = options.delimiter or sniff_delimiter(plain[:LOOKED_AT].decode(errors="ignore"))
    framed = only_the_table(plain, name, delimiter, options, ends=ends)
    if options.decimal is None:
        signs = (None, ".", ",")
        found = {sign: _kinds(framed.content, name, delimiter, replace(options, decimal=sign)) for sign in signs}
        decided = next((sign for sign in (".", ",") if found[sign] == found[None]), None)
        options = replace(options, decimal=decided)
    cells = cells_of(framed.content, name, delimiter, options, options.texts)[0]
    frame, *_ = plain_cells(cells, options)
    whole, *_ = plain_cells(cells, options, whole=True)
    parted = tuple(each for each in frame.columns if frame[each].dtype != whole[each].dtype)
    return _Plan(
        encoding, delimiter, header_line(framed.content, delimiter), tuple(frame.columns), options, parted=parted
    )


def _blocks(
    opened: BinaryIO, name: str, plan: _Plan, place: Path, progress: Progress, block: int
) -> dict[str, set[str]]:
    """Read all blocks that are not there yet, and return the kinds of cells of each column."""
    size = max(1, opened.seek(0, 2))
    kinds: dict[str, set[str]] = {each: set() for each in plan.columns}
    number, at, lines, ended = 0, 0, 0, False
    while not ended:
        told = _told(place, number)
        if told is None or _stale(told, plan.texts):
            # where a block ends follows from where it begins: those that are read anew are cut as before
            opened.seek(at)
            content, ends = next(between_lines(opened, block))
            told = _block(content, name, plan, place, number, before=lines, ends=ends, at=at + len(content))
            progress(told["ends"] / size, sentence("Reading “{file}” into partitions.", file=name))
        _note(kinds, told["kinds"])
        number, at, lines, ended = number + 1, told["ends"], lines + told["lines"], told["last"]
    return kinds


def _block(
    content: bytes, name: str, plan: _Plan, place: Path, number: int, *, before: int, ends: bool, at: int
) -> dict[str, Any]:
    """Read a block, write its rows and return what is noted of it."""
    plain = plain_text(content, name, plan.encoding)
    header = plan.header if number else b""
    said = plan.options
    options = said if not number else replace(ReadOptions(), blanks=said.blanks, decimal=said.decimal, texts=said.texts)
    options = replace(options, day_first=said.day_first)
    before -= bool(header)
    framed = only_the_table(header + plain, name, plan.delimiter, options, begins=not header, ends=ends, before=before)
    taken = framed.account.taken[bool(header) :]
    frame, _ = cells_of(framed.content, name, plan.delimiter, options, (*plan.texts, *options.texts))
    frame = frame.set_axis([" ".join(str(each).split()) for each in frame.columns], axis=1)
    blank = frame.isna().all(axis=1)
    if not frame.empty:
        frame, *_ = plain_cells(frame, options, parted={*plan.parted} - {*plan.texts})
    frame = frame.reindex(columns=list(plan.columns))
    taken = framed.account.with_rows_as(Line.BLANK, blank).taken[bool(header) :]
    if len(frame):
        frame.to_parquet(place / f"{number:06d}.draft", index=False)
        (place / f"{number:06d}.draft").replace(place / f"{number:06d}.parquet")
    told = {
        "ends": at,
        "lines": len(taken),
        "last": ends,
        "kinds": {each: _kind(frame[each]) for each in frame.columns if len(frame)},
        "texts": list(plan.texts),
        "taken": np.bincount(taken, minlength=len(Line)).tolist(),
        "rejected": [[each.line + before, each.text, str(each.reason)] for each in framed.account.rejected],
    }
    (place / f"{number:06d}.json.draft").write_text(json.dumps(told), encoding="utf-8")
    (place / f"{number:06d}.json.draft").replace(place / f"{number:06d}.json")
    return told


def _told(place: Path, number: int) -> dict[str, Any] | None:
    """Return what was noted of a block; None where it is not finished."""
    try:
        read: dict[str, Any] = json.loads((place / f"{number:06d}.json").read_text(encoding="utf-8"))
        return read
    except FileNotFoundError:
        return None


def _stale(told: Mapping[str, Any], texts: Sequence[str]) -> bool:
    """Whether a block took for numbers what is text."""
    return any(told["kinds"].get(each, "str") not in ("str", "empty") for each in texts if each not in told["texts"])


def _note(kinds: dict[str, set[str]], found: Mapping[str, str]) -> None:
    for name, kind in found.items():
        kinds[name].add(kind)


def _kind(column: pd.Series) -> str:
    return "empty" if column.isna().all() else str(column.dtype)


def _kinds(content: bytes, name: str, delimiter: str, options: ReadOptions) -> dict[str, str]:
    frame, *_ = plain_cells(cells_of(content, name, delimiter, options)[0], options)
    return {str(each): str(kind) for each, kind in frame.dtypes.items()}


def _in_one_schema(place: Path, kinds: Mapping[str, set[str]]) -> None:
    """Write the partitions again whose columns are of a narrower kind than those of others."""
    wide = {}
    for name, each in kinds.items():
        known = each - {"empty"}
        numbers = [kind for kind in ORDER if kind in known]
        whole = known == {"int64"} and "empty" not in each
        wide[name] = "int64" if whole else "float64" if not known or numbers else next(iter(known))
        if len(known - set(ORDER)) > 0:
            wide[name] = next(iter(known)) if len(known) == 1 else "str"
        if wide[name] == "bool" and "empty" in each:
            wide[name] = "boolean"
    for file in sorted(place.glob("*.parquet")):
        frame = pd.read_parquet(file)
        if any(str(frame[name].dtype) != kind for name, kind in wide.items()):
            frame.astype(wide).to_parquet(file.with_suffix(".draft"), index=False)
            file.with_suffix(".draft").replace(file)


def _account(place: Path) -> Converted:
    """Return what became of every line of all blocks, and write the rejected rows down."""
    counted, rejected, number = np.zeros(len(Line), np.int64), list[list[Any]](), 0
    while (told := _told(place, number)) is not None:
        counted += np.array(told["taken"])
        rejected += told["rejected"]
        number += 1
    if not counted[Line.ROW]:
        raise refused("The file has column names but no rows; add the rows and choose it again.")
    pd.DataFrame(rejected, columns=["line", "text", "reason"]).to_csv(place / "rejects.csv", index=False)
    lines = {each.name.lower(): int(count) for each, count in zip(Line, counted, strict=True) if count}
    (place / "lines.json").write_text(json.dumps(lines), encoding="utf-8")
    return Converted(place, lines, len(rejected))

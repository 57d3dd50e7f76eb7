"""Which rows of a file count: files that belong to it are joined, and rows that would count twice are left out."""

from collections.abc import Sequence

import pandas as pd

from medalloc.sentences import Sentence, listed, sentence
from medalloc.tables.numbers import looks_numeric, to_numbers
from medalloc.tables.shapes.finding import as_texts, first, fits, rows_of
from medalloc.tables.shapes.patterns import found
from medalloc.tables.shapes.shape import Join, Shape

Told = list[Sentence]


def untagged(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose columns are called by the tags in its first row; columns without a tag keep their names."""
    tags = frame.iloc[0].fillna("").astype(str).str.strip()
    names = ["".join(tag.split()) or str(name) for name, tag in zip(frame.columns, tags, strict=True)]
    # one tag may stand over several columns
    free = [
        name if names.count(name) == 1 else f"{name} ({old})" for name, old in zip(names, frame.columns, strict=True)
    ]
    rest = frame.iloc[1:].set_axis(free, axis=1).reset_index(drop=True)
    made: pd.DataFrame = rest.apply(lambda column: to_numbers(column) if looks_numeric(column) else column)
    return made


def joined(frame: pd.DataFrame, shape: Shape, beside: Sequence[pd.DataFrame], told: Told) -> pd.DataFrame:
    """Return a table with the columns of files that belong to it, which may be within itself, too."""
    for join in shape.joins:
        key = first(join.key, frame)
        other = next((each for each in (*beside, frame) if fits(join.columns, join.rows, each)), None)
        if key is None or other is None:
            continue
        for name, cells in join.rows.items():
            column = first(name, other)
            other = other if column is None else other[rows_of(other[column], cells)]
        frame = _with_columns(frame, key, other, join, told)
    return frame


def _with_columns(frame: pd.DataFrame, key: str, other: pd.DataFrame, join: Join, told: Told) -> pd.DataFrame:
    named = first(join.other, other)
    taken = {name: column for name, pattern in join.take.items() if (column := first(pattern, other)) is not None}
    if named is None or not taken:
        return frame
    rows = other.assign(**{named: _last(other[named])}).dropna(subset=[named]).drop_duplicates(named)
    place = pd.Index(rows[named]).get_indexer(pd.Index(_last(frame[key])))
    for name, column in taken.items():
        cells = rows[column].reset_index(drop=True).reindex(place)
        frame = frame.assign(**{name: cells.set_axis(frame.index)})
    unknown = int((place < 0).sum())
    if unknown:
        told.append(sentence("Rows whose “{column}” is in no other file: {count}.", column=key, count=unknown))
    return frame


def _last(column: pd.Series) -> pd.Series:
    return as_texts(column).str.replace(r"^.*/", "", regex=True)


def extracted(frame: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    """Return a table with parts of cells as columns of their own."""
    # in one piece: files of a column a week would else be slow to add to
    frame = frame.copy() if shape.extract else frame
    for name, (pattern, part) in shape.extract.items():
        column = first(pattern, frame)
        if column is not None:
            texts = as_texts(frame[column])
            parts = {text: (found(part, text) or {}).get("it") for text in texts.dropna().unique()}
            frame = frame.assign(**{name: texts.map(parts)})
    return frame


def counting(frame: pd.DataFrame, shape: Shape, told: Told) -> pd.DataFrame:
    """Return the rows that count."""
    for name, cells in shape.keep.items():
        column = first(name, frame)
        if column is not None and (kept := rows_of(frame[column], cells)).any():
            # a blank cell does not belong to a part of something
            frame = _left_out(frame, kept | as_texts(frame[column]).isna(), column, told)
    for name, cells in shape.drop.items():
        column = first(name, frame)
        if column is not None:
            frame = _left_out(frame, ~rows_of(frame[column], cells), column, told)
    path, code = first(shape.path, frame), first(shape.code, frame)
    if path is not None and code is not None:
        units = pd.DataFrame({"path": as_texts(frame[path]), "own": as_texts(frame[code])}).dropna().drop_duplicates()
        # a path may end with the unit itself
        above = {part for way, own in units.itertuples(index=False) for part in way.split("/") if part != own}
        frame = _left_out(frame, ~as_texts(frame[code]).isin(above), code, told)
    level = first(shape.level, frame)
    if level is not None:
        depth = to_numbers(frame[level])
        frame = _left_out(frame, depth == depth.max(), level, told)
    return frame


def _left_out(frame: pd.DataFrame, kept: pd.Series, column: str, told: Told) -> pd.DataFrame:
    out = frame.loc[~kept, column]
    if len(out):
        told.append(
            sentence(
                "Rows left out by “{column}” ({cells}): {count}.",
                column=column,
                cells=listed(out.dropna().astype(str).unique()),
                count=len(out),
            )
        )
    return frame[kept]

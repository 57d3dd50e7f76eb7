"""The numbers of a file by region and period, each person counted once."""

import re
from collections.abc import Collection

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.sentences import Sentence, sentence
from medalloc.tables.numbers import to_numbers
from medalloc.tables.periods import are_years, read_dates
from medalloc.tables.shapes.finding import as_texts, first
from medalloc.tables.shapes.patterns import fitting, found
from medalloc.tables.shapes.shape import Shape

RATE = re.compile(
    r"\bper\b|%|percent|\brates?\b|\bratio\b|\bindex\b|\bshare\b|\bmean\b|\bmedian\b|\bdensity\b|coverage|prevalence",
    re.IGNORECASE,
)
"""Names of numbers that cannot be added up."""

LONG_WAITS = (18, 52)
"""Waits that are counted. [weeks]"""


def regions(frame: pd.DataFrame, shape: Shape, column: str) -> pd.Series:
    """Return the name of each row's region; regions of one name are told apart by their code."""
    names, code = as_texts(frame[column]), first(shape.code, frame)
    if code is None or code == column:
        return names
    codes = as_texts(frame[code])
    several = codes.groupby(names).nunique()
    shared = names.isin(several.index[several > 1]) & codes.notna()
    return names.where(~shared, names + " (" + codes + ")")


def periods(frame: pd.DataFrame, shape: Shape, column: str, told: list[Sentence]) -> pd.Series:
    """Return the first day of each row's period, as text; a year stays a year."""
    cells = as_texts(frame[column])
    known = cells.dropna().unique()
    if are_years(list(known)):
        return cells
    cells = _of_one_length(cells, column, told)
    read = read_dates(cells.tolist())
    days = pd.Series(read.to_period("M").to_timestamp() if shape.every == "month" else read, index=frame.index)
    unread = cells[days.isna()].dropna()
    if len(unread):
        told.append(
            sentence(
                "Rows of “{column}” that name no period were left out (the first: “{found}”): {count}.",
                column=column,
                found=unread.iloc[0],
                count=len(unread),
            )
        )
    return days.dt.strftime("%Y-%m-%d").astype("string")


def _of_one_length(cells: pd.Series, column: str, told: list[Sentence]) -> pd.Series:
    """Return the periods that are written as most are: a file may hold months and weeks, which overlap."""
    forms = cells.str.replace(r"[^\W\d_]{3,}", "a", regex=True).str.replace(r"(?<=\D)\d+", "0", regex=True)
    # whole numbers are told apart by their length, such as 202401 and 20240107
    forms = forms.str.replace(r"\d(?=\d*[^\d])", "0", regex=True).str.replace(
        r"^\d+$", lambda m: f"{len(m[0])}", regex=True
    )
    most = forms.value_counts()
    others = cells[forms.notna() & forms.ne(most.index[0])] if len(most) else cells[:0]
    if others.empty or read_dates(others.tolist()).isna().all():
        return cells
    told.append(
        sentence(
            "“{column}” holds periods of several lengths, which overlap; those such as {kept} are used, rows with "
            "others are left out (the first: {other}): {count}.",
            column=column,
            kept=str(cells[forms.eq(most.index[0])].iloc[0]),
            other=str(others.iloc[0]),
            count=len(others),
        )
    )
    return cells.mask(forms.ne(most.index[0]))


def free_name(name: str, taken: Collection[str]) -> str:
    """Return a name that is not taken."""
    return f"{name} (number)" if name in taken else name


def measured(
    frame: pd.DataFrame, shape: Shape, taken: Collection[str], told: list[Sentence]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Return the numbers of each row, and the role of each of their columns."""
    made: dict[str, pd.Series] = {}
    roles: dict[str, str] = {}
    if shape.counted:
        name = free_name(shape.counted, taken)
        made[name], roles[name] = pd.Series(1.0, index=frame.index), "demand"
    for each in shape.measures:
        columns = next((fits for pattern in each.columns if (fits := fitting(pattern, frame.columns))), [])
        if not columns or each.role in roles.values():
            continue
        name = free_name(each.name or columns[0], taken)
        numbers = [_numbers(frame[column], shape) for column in columns]
        made[name], least, most = (_added(parts) for parts in zip(*numbers, strict=True))
        roles[name] = each.role
        hidden = sum(int((low < high).sum()) for _, low, high in numbers)
        if hidden:
            made |= {f"{name} (least)": least, f"{name} (most)": most}
            roles |= dict.fromkeys((f"{name} (least)", f"{name} (most)"), "ignored")
            told.append(_hidden(name, hidden))
    return pd.DataFrame(made, index=frame.index), roles


def _hidden(column: str, count: int) -> Sentence:
    return sentence(
        "Numbers of “{column}” that are hidden because they are small were taken for the middle of what they can be: "
        "{count}.",
        column=column,
        count=count,
    )


def is_item(name: str, column: pd.Series) -> bool:
    """Whether a column holds numbers of something, and not the ids, codes and descriptions of a dimension."""
    return not re.search(r"\b(id|code|description|level)$", name, re.IGNORECASE) and bool(
        to_numbers(column).notna().any()
    )


def numbers_in(column: pd.Series, shape: Shape, told: list[Sentence]) -> pd.Series:
    """Return a column as numbers; hidden ones are taken for the middle of what they can be."""
    middle, least, most = _numbers(column, shape)
    if hidden := int((least < most).sum()):
        told.append(_hidden(str(column.name), hidden))
    return middle


def by_item(numbers: pd.Series, items: pd.Series, keys: pd.DataFrame) -> pd.DataFrame:
    """Return numbers with a column for each item: their sum over the rows of the same keys, the mean of rates."""
    rows = numbers.groupby([*(keys[name] for name in keys.columns), items.rename("item")], sort=False)
    sums, means = (each.unstack() for each in (rows.sum(min_count=1), rows.mean()))  # noqa: PD010
    rates = [name for name in sums.columns if RATE.search(str(name))]
    wide = sums.assign(**means[rates])[list(items.unique())]
    order = (
        pd.MultiIndex.from_frame(keys.drop_duplicates())
        if len(keys.columns) > 1
        else pd.Index(keys.iloc[:, 0].unique())
    )
    return wide.reindex(order).rename_axis(index=list(keys.columns), columns=None).reset_index()


def _numbers(column: pd.Series, shape: Shape) -> tuple[pd.Series, pd.Series, pd.Series]:
    """Return what each cell is taken for, the least and the most that it can be."""
    texts, least = as_texts(column), to_numbers(column)
    most = least
    for mark, (low, high) in shape.suppressed.items():
        hidden = texts.isin([mark, f"{mark}.0"])
        least, most = least.mask(hidden, low), most.mask(hidden, high)
    return (least + most) / 2, least, most


def _added(parts: tuple[pd.Series, ...]) -> pd.Series:
    return pd.concat(parts, axis=1).sum(axis=1, min_count=1)


def banded(frame: pd.DataFrame, shape: Shape) -> pd.DataFrame:
    """Return how many of each row's persons have waited in which band; columns are called by its ends. [weeks]."""
    bands = {
        name: ends
        for name in frame.columns
        for pattern in shape.bands
        if (ends := found(pattern, str(name))) is not None
    }
    return pd.DataFrame(
        {
            f"{int(ends['low'])} {int(ends.get('high') or ends['low'])}": to_numbers(frame[name]).fillna(0)
            for name, ends in bands.items()
        },
        index=frame.index,
    )


def waits(bands: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
    """Return how many have waited long, and how long the middle one has waited, by row."""
    ends = sorted((*map(int, str(name).split()), name) for name in bands.columns)
    counts = bands[[name for *_, name in ends]].to_numpy(dtype=np.float64)
    low, high = np.array([both for *both, _ in ends], dtype=float).T
    long = {f"waiting over {weeks} weeks": counts[:, low >= weeks].sum(axis=1) for weeks in LONG_WAITS}
    return {**long, "median wait [weeks]": np.array([_median(row, low, high) for row in counts])}


def _median(counts: NDArray[np.float64], low: NDArray[np.float64], high: NDArray[np.float64]) -> float:
    """Return the middle of a distribution that is spread evenly within each band."""
    total = np.cumsum(counts)
    if not total[-1]:
        return float("nan")
    band = int(np.searchsorted(total, total[-1] / 2))
    within = (total[-1] / 2 - (total[band] - counts[band])) / counts[band]
    return float(low[band] + within * (high[band] - low[band]))


def summed(numbers: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Return the sum of numbers over the rows of the same keys, the mean of rates; one row for each keys, in order."""
    how = {name: "mean" if isinstance(name, str) and RATE.search(name) else "sum" for name in numbers.columns}
    rows = pd.concat([keys, numbers], axis=1).groupby(list(keys.columns), sort=False, dropna=False)
    parts = [rows[name].mean() if way == "mean" else rows[name].sum(min_count=1) for name, way in how.items()]
    return pd.concat(parts, axis=1).copy().reset_index() if parts else keys.drop_duplicates().reset_index(drop=True)

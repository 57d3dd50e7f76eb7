"""What each row of a table of regions is called, also where several columns name it or a sum has no name of its own."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.sentences import listed, sentence
from medalloc.tables.cells import as_names, text_columns
from medalloc.tables.languages import PADDED, is_total
from medalloc.tables.roles import is_place
from medalloc.tables.table import Table

WORDS = re.compile(
    r"(?:(?:grand|sub|over)?[- ]?totals?|all|sum|overall|world|everyone|everywhere|whole country|national"
    r"|all (?:regions|areas|districts|counties|states|provinces|countries|sites)"
    r"|insgesamt|gesamt|summe|gesamtsumme|alle|sous-total|total général|ensemble|tous|toutes"
    r"|total general|todos|todas|suma|geral|soma|totale|somma|totaal|razem|ogółem|suma|celkem|összesen|toplam|yhteensä"
    r"|totalt|summa|jumlah|итого|всего|всього|σύνολο|المجموع|الإجمالي|סך הכל|कुल|योग|रวม|tổng|tổng cộng"
    r"|合计|总计|总和|小计|总数|全部|全国|全市|全省|共计|合計|総計|総数|小計|計|全国計|합계|총계|전체|소계)"
    r"|(?:(?:grand |sub-?)?totale?|gesamt|summe|итого|всего)\b.+|.+[ (](?:sub-?)?total\)?",
    re.IGNORECASE,
)
"""Names that say of themselves that they are a sum, in many languages."""


@dataclass(frozen=True, eq=False)
class RowNames:
    """What the rows are called, and which of them say of themselves that they are sums of others."""

    names: NDArray[np.object_]
    """By region; a sum without a name of its own is called as what it sums up, shape (n,)."""

    said: NDArray[np.bool_]
    """Whether a row calls itself a sum, or names regions without naming one of them, shape (n,)."""

    apart: NDArray[np.bool_]
    """Rows of a name that comes back, told apart by a larger region that their name goes on with, shape (n,)."""


def row_names(table: Table) -> RowNames:
    r"""Return what the rows of a table of regions are called.

    Parameters
    ----------
    table : Table
        With a column of regions.

    Examples
    --------
    >>> from medalloc.tables.reading import read_bytes
    >>> text = "state,county,demand\nOhio,Adams,3\nOhio,Total,3\nIowa,Adams,4\nIowa,Polk,5\nIowa,Total,9\n"
    >>> found = row_names(read_bytes(text.encode(), "r.csv"))
    >>> found.names.tolist(), found.said.tolist()
    (['Adams, Ohio', 'Ohio', 'Adams, Iowa', 'Polk', 'Iowa'], [False, True, False, False, True])
    """
    region = table.required("region")
    own = as_names(table.frame[region]).to_numpy(dtype=object)
    larger = _larger(table, region)
    over = np.array(
        [next(filter(None, each), "") for each in zip(*larger, strict=True)] or [""] * len(own), dtype=object
    )
    unnamed = own == ""
    others = [as_names(table.frame[each]) for each in _texts(table) if each != region]
    columns = tuple(map(str, table.frame.columns))
    calls = np.array([is_sum(each, columns) for each in own], dtype=bool)
    for each in others:
        calls |= unnamed & np.array([is_sum(cell, columns) for cell in each], dtype=bool)
    calls |= unnamed & pd.Series(over).isin(over[~unnamed]).to_numpy()
    specific = np.array([bool(each) and not is_sum(each, columns) for each in over], dtype=bool)
    names = np.where(calls & specific, over, own)
    for each in others:
        names = np.where(names == "", each.to_numpy(dtype=object), names)
    twice = pd.Series(own).mask(calls).duplicated(keep=False).to_numpy() & ~calls & ~unnamed
    apart = twice & specific & (over != own)
    if apart.any():
        joined = pd.Series(own) + ", " + pd.Series(over)
        apart &= ~joined.where(apart).duplicated(keep=False).to_numpy()
        names = np.where(apart, joined, names)
    return RowNames(names, calls, apart)


def with_row_names(table: Table) -> Table:
    """Return a table of regions whose rows have a name each where other columns tell it, and say where it is new."""
    region = table.column("region")
    if region is None or any(table.column(each) is not None for each in ("need", "patient id", "date")):
        return table
    found = row_names(table)
    new = pd.Series(found.names != as_names(table.frame[region]).to_numpy(dtype=object), table.frame.index)
    if not new.any():
        return table
    named = pd.Series(found.names, table.frame.index)
    names = table.frame[region].astype("str").mask(new, named.where(named != "").astype("str"))
    made = replace(table, frame=table.frame.assign(**{region: names}))
    if not found.apart.any():
        return made
    examples = listed((f"“{each}”" for each in found.names[found.apart]), 3)
    said = sentence("Regions of one name are told apart by a larger one that they lie in: {names}.", names=examples)
    return replace(made, notes=(*made.notes, said))


def is_sum(name: str, beside: Iterable[str] = ()) -> bool:
    """Whether a row calls itself a sum, in a table whose columns are called so."""
    return WORDS.fullmatch(PADDED.sub("", name)) is not None or is_total(name, beside)


def _texts(table: Table) -> list[str]:
    return text_columns(table.frame)


def _larger(table: Table, region: str) -> list[NDArray[np.object_]]:
    """Return the cells of the columns that name larger regions, those of the smallest first."""
    found = [each for each in _texts(table) if each != region and is_place(each, table.frame[each])]
    found = [each for each in found if table.frame[each].nunique() <= table.frame[region].nunique()]
    found.sort(key=lambda each: -table.frame[each].nunique())
    return [as_names(table.frame[each]).to_numpy(dtype=object) for each in found]

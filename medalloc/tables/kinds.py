"""What a column holds and why that is thought, and how sure the role is that was suggested for it."""

import re
from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.sentences import Sentence, counted, listed, sentence
from medalloc.tables.numbers import looks_numeric, to_numbers
from medalloc.tables.periods import read_dates
from medalloc.tables.roles import is_called, is_exactly
from medalloc.tables.table import column_kind
from medalloc.tables.tidying import UNNAMED

Kind = Literal["number", "count", "category", "date", "yes or no", "identifier", "free text", "region code", "text"]

LOOKED_AT = 5_000
"""First cells of a column by which its kind is told. [count]"""

FEW = 20
"""Different texts up to which they are the categories of a column, whatever its length. [count]"""

SHARE = 0.05
"""Share of the rows up to which more of them are. [fraction]"""

WORDY = 3
"""Words of a cell, in the mean, from which texts are free. [count]"""

CODE = re.compile(r"0[0-9]+|[A-Z]{2,3}|[A-Z]{1,3}[-_.]?[0-9]{2,}[A-Z0-9.]*")
"""Such as 01001, KE, ETH or UG102."""

YES_OR_NO = frozenset(
    re.findall(
        r"\S+",
        "yes no y n true false ja nein nee oui non sí si sim não да нет tak nie ano ne evet hayır ya tidak "
        "ndiyo hapana 是 否 有 无 はい いいえ",
    )
)


def kind_and_evidence(column: pd.Series, role: str = "ignored") -> tuple[Kind, Sentence]:
    """Return what a column holds, and what shows it.

    Parameters
    ----------
    column : Series
        Its cells, of which the first ones are looked at.
    role : str
        What it is used for: names of regions and of patients are told by that, too.

    Examples
    --------
    >>> kind, said = kind_and_evidence(pd.Series(["01001", "01003"]), "region")
    >>> kind, str(said)
    ('region code', 'codes such as 01001')
    >>> kind_and_evidence(pd.Series([3, 0, 12, 3]))[0], kind_and_evidence(pd.Series([2.5, 0.1]))[0]
    ('count', 'number')
    """
    first, plain = column.array[:LOOKED_AT], column_kind(column)
    filled = first[~first.isna()]
    if not len(filled):
        return "text", sentence("no cell is filled")
    if plain == "number":
        return _of_numbers(filled.to_numpy(), role)
    known = pd.Series(filled)
    if plain == "date":
        return "date", _between(str(known.min())[:10], str(known.max())[:10])
    texts = known.astype("str").str.strip()
    if plain == "yes or no" or (plain == "text" and set(texts.str.casefold().unique()) <= YES_OR_NO):
        return "yes or no", sentence("only {values}", values=listed(sorted(texts.unique()), 4))
    if looks_numeric(known):
        return _of_numbers(to_numbers(known).dropna().to_numpy(), role, two=known.nunique() == 2)
    return _of_texts(texts, int(known.nunique()), role)


def _of_numbers(numbers: NDArray[np.number[Any]], role: str, *, two: bool = True) -> tuple[Kind, Sentence]:
    """Return what numbers are; where they are text, a third word among 0 and 1 makes these no answers."""
    whole = bool(np.isfinite(numbers).all() and (numbers == np.floor(numbers)).all())
    if whole and (role == "patient id" or _numbers_rows(numbers)):
        return "identifier", sentence("a number of its own in every row")
    low, high = float(numbers.min()), float(numbers.max())
    if two and whole and low == 0 and high == 1:
        return "yes or no", sentence("only {values}", values="0, 1")
    return ("count" if whole and low >= 0 else "number"), _between(low, high)


def _numbers_rows(numbers: NDArray[np.number[Any]]) -> bool:
    return len(numbers) > 1 and bool((np.diff(numbers.astype(np.float64)) == 1).all())


def _of_texts(texts: pd.Series, distinct: int, role: str) -> tuple[Kind, Sentence]:
    if bool(read_dates(texts.head(FEW).tolist()).notna().all()):
        return "date", sentence("days or periods such as {text}", text=texts.iloc[0])
    if role == "region" and bool(texts.str.fullmatch(CODE.pattern).all()):
        return "region code", sentence("codes such as {text}", text=texts.iloc[0])
    if len(texts) > 1 and distinct == len(texts):
        if float(texts.str.count(r"\S+").mean()) > WORDY:
            return "free text", sentence("sentences, another one in every row")
        return "identifier", sentence("another text in every row")
    if distinct <= max(FEW, SHARE * len(texts)) or role in ("region", "group"):
        usual = listed(texts.value_counts().index[:3].tolist())
        return "category", counted(
            "{count} different text: {values}",
            "{count} different texts, such as {values}",
            count=distinct,
            values=usual,
        )
    return "free text", counted("{count} different text", "{count} different texts", count=distinct)


def _between(low: object, high: object) -> Sentence:
    return sentence("from {low} to {high}", low=low, high=high)


def why(name: str, role: str, given: Mapping[str, str]) -> Sentence:
    """Return how sure a role is, and what it was told by.

    Examples
    --------
    >>> [str(why(each, "region", {})) for each in ("region", "Landkreis", "District of birth")]
    ['sure: it is called so', 'sure: a known name of it', 'likely: words in its name']
    """
    if name in given:
        return sentence("given by hand")
    if role in ("ignored", "feature"):
        return sentence("nothing tells another role")
    if is_exactly(role, name):
        return sentence("sure: it is called so")
    if UNNAMED.fullmatch(name):
        return sentence("likely: it has no name, and names every row")
    plain = role.partition(":")[0]
    return sentence("sure: a known name of it") if is_called(plain, name) else sentence("likely: words in its name")

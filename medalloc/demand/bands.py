"""Age bands and sexes as people write them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.sentences import Sentence, sentence
from medalloc.tables.cells import as_names

AGE = re.compile(r"age|ages|age_?(in_)?years|age_?bands?|age_?groups?|年龄|年龄组|年龄段|岁数", re.IGNORECASE)
SEX = re.compile(r"sex|gender|性别", re.IGNORECASE)
TOTALS = ("total", "all", "all ages", "both", "both sexes", "合计", "总计", "总数")
"""Names of rows that sum others, which would count everybody twice."""

_SEXES = {
    **dict.fromkeys(("m", "male", "males", "man", "men", "boy", "boys", "男", "男性"), "male"),
    **dict.fromkeys(("f", "female", "females", "woman", "women", "girl", "girls", "女", "女性"), "female"),
}
_WORDS = re.compile(r"\b(?:years?|yrs?|aged?|old|of)\b|[岁周]")
_BETWEEN = re.compile(r"(\d+)(?:-|–|—|~|to|至|到)(\d+)")
_FROM = re.compile(r"(\d+)(?:\+|plus|andover|andolder|orover|orolder|及?以上)|(?:over|≥|>=)(\d+)")
_BELOW = re.compile(r"(?:under|below|lessthan|<)(\d+)|(\d+)以下")


@dataclass(frozen=True)
class Band:
    """A span of ages in completed years."""

    name: str
    """As it was written."""

    low: float
    """Youngest age. [years]"""

    high: float
    """Age from which somebody is too old, infinite for an open band. [years]"""


def read_band(name: str) -> Band | None:
    """Return the band that a name speaks of, or None.

    Examples
    --------
    >>> read_band("18-64"), read_band("80 years and over"), read_band("under 5")
    (Band(name='18-64', low=18.0, high=65.0), Band(name='80 years and over', low=80.0, high=inf), \
Band(name='under 5', low=0.0, high=5.0))
    >>> read_band("grown up")
    """
    plain = re.sub(r"\s+", "", _WORDS.sub("", name.lower()))
    if match := _BETWEEN.fullmatch(plain):
        low, high = float(match[1]), float(match[2]) + 1
        return Band(name, low, high) if low < high else None
    if match := _FROM.fullmatch(plain):
        # “over 64” leaves the 64-year-olds out, “≥ 65” takes those of 65 in
        low = float(match[1] or match[2]) + (plain.startswith("over"))
        return Band(name, low, np.inf)
    if match := _BELOW.fullmatch(plain):
        return Band(name, 0.0, float(match[1] or match[2]))
    return Band(name, float(plain), float(plain) + 1) if plain.isdigit() else None


def in_order(names: Sequence[str]) -> tuple[list[str], list[Sentence]]:
    """Return names of bands from young to old, and which of them overlap; as given where one cannot be read."""
    bands = [read_band(name) for name in names]
    known = sorted((band for band in bands if band is not None), key=lambda band: (band.low, band.high))
    if len(known) < len(names):
        return list(names), []
    faults = [
        sentence("Age bands “{one}” and “{other}” overlap; give bands that do not.", one=before.name, other=after.name)
        for before, after in pairwise(known)
        if after.low < before.high
    ]
    return [band.name for band in known], faults


def band_of(ages: pd.Series, names: Sequence[str]) -> tuple[NDArray[np.int64], list[Sentence]]:
    """Return the place of each age among the bands, -1 for none, and which bands cannot be read.

    Parameters
    ----------
    ages : Series
        Ages as numbers, or names of bands; a band belongs to the one that it lies within.
    names : sequence of str
        Bands, from young to old.
    """
    if not pd.api.types.is_numeric_dtype(ages) or pd.api.types.is_bool_dtype(ages):
        named = as_names(ages)
        places = {name: _place_of(name, names) for name in dict.fromkeys(named)}
        return np.array([places[name] for name in named], dtype=np.int64), []
    bands = [read_band(name) for name in names]
    faults = [
        sentence("“{found}” is no age band; write it like 18-64, 65+ or under 5.", found=name)
        for name, band in zip(names, bands, strict=True)
        if band is None
    ]
    number = ages.to_numpy(dtype=np.float64, na_value=np.nan)
    code = np.full(len(number), -1, dtype=np.int64)
    for place, band in enumerate(bands):
        if band is not None:
            code[(number >= band.low) & (number < band.high)] = place
    return code, faults


def _place_of(name: str, names: Sequence[str]) -> int:
    """Return the place of the band that has the same name or holds a band, -1 for none."""
    plain, found = _squeezed(name), read_band(name)
    for place, each in enumerate(names):
        band = read_band(each)
        holds = found is not None and band is not None and band.low <= found.low and found.high <= band.high
        if holds or _squeezed(each) == plain:
            return place
    return -1


def sex_of(name: str) -> str:
    """Return one word for the ways in which a sex is written.

    Examples
    --------
    >>> sex_of("F"), sex_of(" 男 "), sex_of("Intersex")
    ('female', 'male', 'intersex')
    """
    plain = _squeezed(name)
    return _SEXES.get(plain, plain)


def _squeezed(name: str) -> str:
    return re.sub(r"\s+", "", name.lower())

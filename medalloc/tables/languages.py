"""Words of health files in further languages, as `languages.json` holds them: a file of data that anybody can add to.

By language and by what they mean, separated by commas, as people write them: ``region`` and ``place`` (an institution)
name what a row is, ``note`` begins a line that is none, ``date`` when, ``population`` and ``need`` count people,
``beds`` and other resources are what is there, ``total`` is what a row of sums is called, ``total or a place`` the same
where it is also the name of a place; ``count``, ``expected`` and ``there`` (what exists already) are said beside them.
"""

import json
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from pathlib import Path

LETTERS = str.maketrans({"ł": "l", "đ": "d", "ø": "o", "ı": "i", "ي": "ی", "ك": "ک", "ة": "ه"})
"""Letters that are written in two ways, or have no accent that could be taken off."""

ACCENTS = re.compile("[\u0300-\u036f\u064b-\u0655]")
SHORT = 2
"""Letters up to which a Latin word counts only as it is written: İl is a province, IL a state. [count]"""


@lru_cache(maxsize=20_000)
def plainly(name: str) -> str:
    """Return a name in small letters without accents, its words joined by ``_``.

    Examples
    --------
    >>> plainly("Nombre d'hospitalisations prévues (2025)"), plainly("Łóżka"), plainly("เตียง")
    ('nombre_d_hospitalisations_prevues_2025', 'lozka', 'เตียง')
    """
    return "_".join(words_in(bare(name)))


PADDED = re.compile(r"(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])")
"""Spaces by which Chinese words are made as wide as longer ones: 地 区 is 地区."""


def bare(name: str) -> str:
    """Return a name in small letters without accents."""
    apart = ACCENTS.sub("", unicodedata.normalize("NFKD", PADDED.sub("", name.casefold())))
    return unicodedata.normalize("NFC", apart).translate(LETTERS)


def words_in(text: str) -> list[str]:
    """Return the words of a text; marks that stand over, under or behind a letter belong to it.

    Examples
    --------
    >>> words_in("Kab/Kota (nama)"), words_in("जिला का नाम")
    (['Kab', 'Kota', 'nama'], ['जिला', 'का', 'नाम'])
    """
    return "".join(each if each.isalnum() or unicodedata.category(each)[0] == "M" else " " for each in text).split()


@cache
def _languages() -> dict[str, dict[str, tuple[str, ...]]]:
    read = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
    return {
        language: {meaning: tuple(words.split(", ")) for meaning, words in of.items()} for language, of in read.items()
    }


@cache
def words_for(meaning: str) -> frozenset[str]:
    """Return all words that mean this, plainly written; short Latin ones as they stand in the file."""
    found = [each for of in _languages().values() for each in of.get(meaning, ())]
    return frozenset(each if _is_short(each) else plainly(each) for each in found)


def _is_short(word: str) -> bool:
    return len(word) <= SHORT and bare(word).isascii()


def means(meaning: str, name: str) -> bool:
    """Whether a name is one of the words that mean this.

    Examples
    --------
    >>> [means("region", each) for each in ("Województwo", "İl", "IL", "Kabupaten/Kota")]
    [True, True, False, True]
    """
    known, plain = words_for(meaning), plainly(name)
    return name.strip() in known or (plain in known and not (plain.isascii() and len(plain) <= SHORT))


@cache
def pattern(*meanings: str) -> str:
    """Return what matches any word of these meanings, plainly written, the longest first."""
    every = {each for meaning in meanings for each in words_for(meaning) if not _is_short(each)}
    return "|".join(re.escape(each) for each in sorted(every, key=lambda each: (-len(each), each)))


@cache
def beginning(meaning: str) -> str:
    """Return what matches any word of this meaning as it is written, the longest first."""
    every = {each for of in _languages().values() for each in of.get(meaning, ())}
    return "|".join(re.escape(each) for each in sorted(every, key=lambda each: (-len(each), each)))


@cache
def _totals(*meanings: str) -> frozenset[str]:
    return frozenset(bare(each) for meaning in meanings for of in _languages().values() for each in of.get(meaning, ()))


def is_total(name: str, beside: Iterable[str] = ()) -> bool:
    """Whether a row calls itself a sum.

    Parameters
    ----------
    beside : iterable of str
        Names of the columns: a word that is also the name of a place counts where these are in its language.

    Examples
    --------
    >>> is_total("Łącznie:"), is_total("Jumla"), is_total("Jumla", ["Wilaya", "Wagonjwa"])
    (True, False, True)
    """
    said = bare(name).strip(" :.*-–—()[]")
    if said in _totals("total"):
        return True
    return said in _totals("total or a place") and any(
        means(each, column) for column in beside for each in ("region", "need", "population", "beds", "date")
    )

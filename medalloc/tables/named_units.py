"""What a name says of its numbers that are no plain count: thousands of people, or cases per 1,000 of them."""

import re
from functools import lru_cache

from medalloc.tables.languages import plainly

MULTIPLES = {
    "thousands?|000s?|in_1_?000|x_?1_?000|tsd|tausend|milliers?|miles|milhares|migliaia|duizend(en)?|tusen(tal)?|tys|tis"
    "|тыс|тысяч|ribu|nghin|elfu|bin_kisi|千人?": 1_000,
    "万人?|萬人?|만명?": 10_000,
    "lakhs?": 100_000,
    "millions?|mio|mln|млн|millones|milhoes|milioni|miljoen|juta|trieu|百万人?": 1_000_000,
    "crores?": 10_000_000,
}
"""What a name may end with, and by what its numbers are to be multiplied then."""

UNIT_IS = "in|en|em|im|dalam|units?|unidade?s?|einheit|unites?|satuan|jednostka|单位|單位|単位|단위"
"""What is said before a multiple amid a line."""

PER_SO_MANY = re.compile(r"(?:^|_)(?:per|pro|je|par|por|per_ogni|每)_?1_?0")
PER = re.compile(
    r"(?P<bare>.+?)_(?:rate_)?(?:per|pro|je|par|por|per_ogni)_(?P<base>100|1_?000|10_?000|100_?000|1_?000_?000)"
    r"(?:_(people|persons|population|inhabitants|residents|habitants|einwohner|habitantes|abitanti))?"
)
PERCENT = re.compile(r"(?P<bare>.+?)_(percent|percentage|pct|prozent|pourcentage|porcentaje|porcentagem|percentuale)")


@lru_cache(maxsize=20_000)
def multiple_of(name: str) -> tuple[str, int]:
    """Return a name without the multiple that it ends with, and that multiple; 1 where it says none.

    Examples
    --------
    >>> multiple_of("Population (thousands)"), multiple_of("Demand (persons/yr)")
    (('population', 1000), ('Demand (persons/yr)', 1))
    """
    said = plainly(name)
    if PER_SO_MANY.search(said):
        return name, 1
    for words, times in MULTIPLES.items():
        if found := re.fullmatch(rf"(.+?)_(?:in_)?(?:{words})", said):
            return found[1], times
    return name, 1


def multiple_said(text: str) -> int:
    """Return the multiple that a text such as a title speaks of; 1 where it speaks of none.

    Examples
    --------
    >>> [multiple_said(each) for each in ("Cases (in thousands)", "单位:万人、张", "Cases per 1,000", "Cases, 2000")]
    [1000, 10000, 1, 1]
    """
    if PER_SO_MANY.search(plainly(text)):
        return 1
    inside = (
        times
        for words, times in MULTIPLES.items()
        if re.search(rf"(?:^|_)(?:{UNIT_IS})_(?:{words})(?:_|$)", plainly(text))
    )
    return next(inside, multiple_of(text)[1])


def rate_of(name: str) -> tuple[str, int] | None:
    """Return what a rate is of, and per how many people it is; None for no rate, or one that does not say it.

    Examples
    --------
    >>> rate_of("Cases per 1,000 people"), rate_of("demand_percent"), rate_of("demand_rate")
    (('cases', 1000), ('demand', 100), None)
    """
    said = plainly(name.replace("%", " percent "))
    if found := PER.fullmatch(said):
        return found["bare"], int(found["base"].replace("_", ""))
    return (found["bare"], 100) if (found := PERCENT.fullmatch(said)) else None

"""Numbers whose column says that they are no plain count: thousands of people, or cases per 1,000 of them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import pandas as pd

from medalloc.errors import require
from medalloc.sentences import Sentence, sentence
from medalloc.tables.languages import plainly
from medalloc.tables.numbers import to_numbers
from medalloc.tables.table import Table

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
POWERS = re.compile(r"scalar_id|unit_mult(iplier)?")
VALUES = re.compile(r"(obs_?)?value", re.IGNORECASE)
"""Columns of statistical offices that go together: a number, and the power of ten that it is to be multiplied by."""

LARGEST = 10_000_000
"""Largest multiple, a crore."""

COUNTED = ("population", "demand", "existing", "cap")
"""Roles whose numbers are multiplied."""


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


def as_plain_counts(table: Table, multiple: int | None = None, multiplied: Sequence[str] = ()) -> Table:
    r"""Return a table whose numbers are people and units, what was multiplied being said.

    Parameters
    ----------
    table : Table
        With its roles; a rate is multiplied by the column of population.
    multiple : int, optional
        What numbers are multiples of, as somebody said it; names that say it themselves hold.
    multiplied : sequence of str
        In which columns; in all that count people or units where empty.

    Raises
    ------
    InputError
        If there is no such column, or the multiple is none.

    Examples
    --------
    >>> from medalloc.tables.reading import read_bytes
    >>> text = b"region,population (thousands),cases per 1000\nNorth,2,100\nSouth,3,50\n"
    >>> as_plain_counts(read_bytes(text, "r.csv")).frame.iloc[:, 1:].to_numpy().tolist()
    [[2000.0, 200.0], [3000.0, 150.0]]
    """
    if table.kind != "regions":
        return table
    _refuse_multiple(table, multiple, multiplied)
    made, said, hidden = dict[str, pd.Series](), list[Sentence](), dict(table.hidden)
    for name, role in table.roles.items():
        if role.partition(":")[0] not in COUNTED:
            continue
        own = multiple_of(name)[1]
        asked = (not multiplied or name in multiplied) and rate_of(name) is None
        times = own if own > 1 else (multiple or 1) if asked else 1
        if times > 1:
            made[name] = _multiplied(table.frame[name], pd.Series(float(times), table.frame.index))
            if name in hidden:
                hidden[name] = (hidden[name][0] * times, hidden[name][1] * times)
            said.append(
                sentence("“{column}” is multiplied by {times}, as its name says.", column=name, times=times)
                if own > 1
                else sentence("“{column}” is multiplied by {times}, as it was chosen.", column=name, times=times)
            )
    made, said = _by_powers(table, made, said)
    demand, people = table.column("demand"), table.column("population")
    rate = None if demand is None else rate_of(demand)
    if demand is not None and rate is not None and people is None:
        said.append(
            sentence("“{column}” is a rate, and no column is the population: it is taken as it is.", column=demand)
        )
    elif demand is not None and rate is not None:
        by = to_numbers(made.get(str(people), table.frame[people])) / rate[1]
        made[demand] = _multiplied(table.frame[demand], by)
        hidden.pop(demand, None)
        said.append(
            sentence(
                "“{column}” is a rate: it is multiplied by “{people}” and divided by {base}.",
                column=demand,
                people=people,
                base=rate[1],
            )
        )
    if not said:
        return table
    return replace(table, frame=table.frame.assign(**made), notes=(*table.notes, *said), hidden=hidden)


def _by_powers(
    table: Table, made: Mapping[str, pd.Series], said: Sequence[Sentence]
) -> tuple[dict[str, pd.Series], list[Sentence]]:
    """Return values multiplied by the power of ten that another column holds for each of them, and say so."""
    powers = next((name for name in table.frame.columns if POWERS.fullmatch(plainly(str(name)))), None)
    values = [each for each, role in table.roles.items() if role in ("demand", "population") and VALUES.fullmatch(each)]
    if powers is None or not values or not (power := to_numbers(table.frame[powers])).between(1, 9).any():
        return {**made}, [*said]
    found = {each: _multiplied(table.frame[each], 10.0 ** power.fillna(0)) for each in values}
    told = [
        sentence("“{column}” is multiplied by the powers of ten in “{powers}”.", column=each, powers=powers)
        for each in values
    ]
    return {**made, **found}, [*said, *told]


def _refuse_multiple(table: Table, multiple: int | None, multiplied: Sequence[str]) -> None:
    faults = [
        sentence("There is no column “{column}” to multiply.", column=each)
        for each in multiplied
        if each not in table.frame.columns
    ]
    if multiple is not None and not 1 <= multiple <= LARGEST:
        faults.append(
            sentence("Numbers cannot be multiplied by {found}; use 1 to {most}.", found=multiple, most=LARGEST)
        )
    require(*faults)


def _multiplied(column: pd.Series, by: pd.Series) -> pd.Series:
    """Return numbers multiplied; what is no number stays as it is, and is told where it is used."""
    numbers = to_numbers(column)
    product = (numbers * by).round(9)
    left = column.notna() & numbers.isna()
    return product.astype("str").where(~left, column.astype("str")) if left.any() else product

"""Numbers whose column says that they are no plain count: thousands of people, or cases per 1,000 of them."""

import re
from dataclasses import replace

import pandas as pd

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

PER = re.compile(
    r"(?P<bare>.+?)_(?:rate_)?(?:per|pro|je|par|por|per_ogni)_(?P<base>100|1_?000|10_?000|100_?000|1_?000_?000)"
    r"(?:_(people|persons|population|inhabitants|residents|habitants|einwohner|habitantes|abitanti))?"
)
PERCENT = re.compile(r"(?P<bare>.+?)_(percent|percentage|pct|prozent|pourcentage|porcentaje|porcentagem|percentuale)")
COUNTED = ("population", "demand", "existing", "cap")
"""Roles whose numbers are multiplied."""


def multiple_of(name: str) -> tuple[str, int]:
    """Return a name without the multiple that it ends with, and that multiple; 1 where it says none.

    Examples
    --------
    >>> multiple_of("Population (thousands)"), multiple_of("Demand (persons/yr)")
    (('population', 1000), ('Demand (persons/yr)', 1))
    """
    for words, times in MULTIPLES.items():
        if found := re.fullmatch(rf"(.+?)_(?:in_)?(?:{words})", plainly(name)):
            return found[1], times
    return name, 1


def speaks_of_multiples(text: str) -> bool:
    """Whether a text such as a title ends with a multiple.

    Examples
    --------
    >>> speaks_of_multiples("Table 3. Cases (in thousands)"), speaks_of_multiples("Table 3. Cases, 2000")
    (True, False)
    """
    return multiple_of(text)[1] > 1


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


def as_plain_counts(table: Table) -> Table:
    r"""Return a table whose numbers are people and units, what was multiplied being said.

    Parameters
    ----------
    table : Table
        With its roles; a rate is multiplied by the column of population.

    Examples
    --------
    >>> from medalloc.tables.reading import read_bytes
    >>> text = b"region,population (thousands),cases per 1000\nNorth,2,100\nSouth,3,50\n"
    >>> as_plain_counts(read_bytes(text, "r.csv")).frame.iloc[:, 1:].to_numpy().tolist()
    [[2000.0, 200.0], [3000.0, 150.0]]
    """
    if table.kind != "regions":
        return table
    made, said, hidden = dict[str, pd.Series](), list[Sentence](), dict(table.hidden)
    for name, role in table.roles.items():
        times = multiple_of(name)[1]
        if times > 1 and role.partition(":")[0] in COUNTED:
            made[name] = _multiplied(table.frame[name], pd.Series(float(times), table.frame.index))
            if name in hidden:
                hidden[name] = (hidden[name][0] * times, hidden[name][1] * times)
            said.append(sentence("“{column}” is multiplied by {times}, as its name says.", column=name, times=times))
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


def _multiplied(column: pd.Series, by: pd.Series) -> pd.Series:
    """Return numbers multiplied; what is no number stays as it is, and is told where it is used."""
    numbers = to_numbers(column)
    product = (numbers * by).round(9)
    left = column.notna() & numbers.isna()
    return product.astype("str").where(~left, column.astype("str")) if left.any() else product

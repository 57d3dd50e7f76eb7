"""Which row of a table is the country that its other rows are regions of."""

from collections.abc import Sequence
from functools import cache

from medalloc.geography.boundaries import COUNTRIES, LARGER, every_set
from medalloc.geography.matching import ENOUGH, spellings

SHIPPED = {"us_states": "US", "us_counties": "US", "china_provinces": "CN"}
"""Countries whose regions stand in sets of their own."""

MOST = 5_000
"""Names of which those that `ENOUGH` asks for may be regions of a country: no set is larger than that of US counties.
[count]"""

NAMESAKES = 6
"""Names of countries that may be among the regions of one, as Taiwan and Hong Kong are among those of China. [count]"""


def whole_of(names: Sequence[str]) -> str | None:
    """Return the name that is the country of the others; None where none is, or more than one could be.

    Examples
    --------
    >>> whole_of(["Canada", "Ontario", "Quebec", "Nunavut"]), whole_of(["Georgia", "Ohio", "Texas"])
    ('Canada', None)
    """
    every, world = list(dict.fromkeys(names)), spellings("world")
    if len(every) > MOST:
        return None
    countries = {name: place for name in every if (place := world.find(name)) is not None}
    if len(countries) > min(NAMESAKES, max(3, len(every) / 2)):
        return None
    found = [name for name, place in countries.items() if _holds(place, name, [each for each in every if each != name])]
    return found[0] if len(found) == 1 else None


def _holds(country: str, name: str, others: Sequence[str]) -> bool:
    """Whether most of the others are regions of a country, and its own name is none of them."""
    return any(
        known.find(name) is None
        and sum(known.find(each) is not None for each in others) >= max(2, ENOUGH * len(others))
        for known in map(spellings, _sets().get(country, ()))
    )


@cache
def _sets() -> dict[str, list[str]]:
    """Return the sets of regions of each country by its id in that of the world."""
    # loaded when it is needed
    from babel import Locale

    called, world, found = Locale("en").territories, spellings("world"), dict[str, list[str]]()
    for name in every_set():
        code = SHIPPED.get(name) or name.removeprefix(f"{COUNTRIES}/").removesuffix(LARGER).upper()
        place = world.find(called.get(code, "")) if name != "world" else None
        if place is not None:
            found.setdefault(place, []).append(name)
    return found

"""What sets of boundaries are called."""

from functools import cache

from babel import Locale

from medalloc.geography.boundaries import COUNTRIES, LARGER, every_set
from medalloc.ui import state
from medalloc.ui.kit.words import _


def title(name: str) -> str:
    """Return what a set that ships is called in the visitor's language."""
    titles = {
        "us_states": _("states of the United States"),
        "us_counties": _("counties of the United States"),
        "china_provinces": _("provinces of China"),
        "world": _("countries of the world"),
    }
    of_country = _("larger regions of {country}") if name.endswith(LARGER) else _("regions of {country}")
    return titles.get(name) or of_country.format(country=_country(name.removesuffix(LARGER), state.look().language))


@cache
def _country(name: str, language: str) -> str:
    code = name.removeprefix(f"{COUNTRIES}/").upper()
    return str(Locale.parse(language).territories.get(code, code))


def every_title() -> dict[str, str]:
    """Return what all sets are called, the large ones first, then those of countries by their names."""
    titles = {name: title(name) for name in every_set()}
    return dict(sorted(titles.items(), key=lambda each: (each[0].startswith(COUNTRIES), each[1])))

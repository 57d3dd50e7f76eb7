"""Which boundary each region of a table is."""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from medalloc.geography.boundaries import SETS, BoundarySet, boundaries

ENOUGH = 0.6
"""Share of regions that must be found before a set of boundaries is used."""

ENOUGH_NUMBERS = 10
"""Regions called by short numbers, such as 39, are found only when they are this many and each one is a code."""

KINDS = re.compile(
    r"\b(county|parish|borough|census area|municipality|province|((zhuang|hui|uygur|uyghur) )?autonomous region"
    r"|special administrative region|sar)\b"
)
CHINESE_KINDS = re.compile(r"(壮族自治区|回族自治区|维吾尔自治区|自治区|特别行政区|省|市)$")
SILENT = {"the", "and"}
"""Words that one list writes and another leaves out or replaces by a sign."""

ALIASES: Mapping[str, tuple[str, ...]] = {
    "Bolivia": ("Bolivia (Plurinational State of)",),
    "Brunei": ("Brunei Darussalam",),
    "Cabo Verde": ("Cape Verde",),
    "China": ("People's Republic of China",),
    "Czechia": ("Czech Republic",),
    "Côte d'Ivoire": ("Ivory Coast",),
    "Democratic Republic of the Congo": (
        "DR Congo",
        "DRC",
        "Congo, Dem. Rep.",
        "Congo, Democratic Republic of the",
        "Congo (Kinshasa)",
    ),
    "District of Columbia": ("Washington DC", "Washington, D.C.", "D.C."),
    "Egypt": ("Egypt, Arab Rep.",),
    "Eswatini": ("Swaziland",),
    "Falkland Islands": ("Falkland Islands (Malvinas)",),
    "Hong Kong": ("Hong Kong SAR, China", "China, Hong Kong SAR"),
    "Inner Mongolia": ("Nei Mongol", "Nei Menggu", "Neimenggu"),
    "Iran": ("Iran, Islamic Rep.", "Iran (Islamic Republic of)"),
    "Kyrgyzstan": ("Kyrgyz Republic",),
    "Laos": ("Lao PDR", "Lao People's Democratic Republic"),
    "Macao": ("Macau", "Macao SAR, China", "China, Macao SAR"),
    "Micronesia": ("Micronesia, Fed. Sts.", "Micronesia (Federated States of)", "Federated States of Micronesia"),
    "Moldova": ("Republic of Moldova", "Moldova, Republic of"),
    "Myanmar": ("Burma",),
    "Netherlands": ("Netherlands (Kingdom of the)", "Holland"),
    "North Korea": (
        "Korea, North",
        "DPRK",
        "Korea, Dem. People's Rep.",
        "Democratic People's Republic of Korea",
        "Korea, Democratic People's Republic of",
    ),
    "North Macedonia": ("Macedonia", "The former Yugoslav Republic of Macedonia"),
    "Palestine": (
        "West Bank and Gaza",
        "State of Palestine",
        "Palestine, State of",
        "Palestinian Territories",
        "Occupied Palestinian territory",
    ),
    "Republic of the Congo": ("Congo", "Congo, Rep.", "Congo, Republic of the", "Congo (Brazzaville)"),
    "Russia": ("Russian Federation",),
    "Saint Martin": ("St. Martin (French part)",),
    "Sint Maarten": ("Sint Maarten (Dutch part)",),
    "Slovakia": ("Slovak Republic",),
    "Somalia": ("Somalia, Fed. Rep.",),
    "South Korea": ("Korea, South", "Korea, Rep.", "Republic of Korea", "Korea, Republic of"),
    "Syria": ("Syrian Arab Republic",),
    "Taiwan": ("Taiwan, China", "Taiwan, Province of China", "Chinese Taipei"),
    "Tanzania": ("United Republic of Tanzania", "Tanzania, United Republic of"),
    "Tibet": ("Xizang",),
    "Timor-Leste": ("East Timor",),
    "Turkey": ("Türkiye",),
    "United Kingdom": ("UK", "U.K.", "Great Britain", "United Kingdom of Great Britain and Northern Ireland"),
    "United States Virgin Islands": ("Virgin Islands (U.S.)", "US Virgin Islands", "U.S. Virgin Islands"),
    "United States of America": ("United States", "USA", "US", "U.S.A.", "U.S."),
    "Vatican City": ("Vatican", "Holy See", "Holy See (Vatican City State)"),
    "Venezuela": ("Venezuela, RB", "Venezuela (Bolivarian Republic of)"),
    "Vietnam": ("Viet Nam",),
    "Yemen": ("Yemen, Rep.",),
}
"""Further names in common use, among them those of the United Nations and the World Bank, by name of the boundary."""


@dataclass(frozen=True)
class Places:
    """The boundaries of a table's regions."""

    boundary_set: BoundarySet
    """Where the boundaries are."""

    ids: Mapping[str, str]
    """Boundary by region, each boundary at most once; regions without one of their own are left out."""

    unmatched: tuple[str, ...]
    """Regions without a boundary of their own: unknown ones, and those that name the same boundary as another."""


def find_places(regions: Sequence[str]) -> Places | None:
    """Return the set of boundaries that knows most of the regions, or None.

    Two regions such as "Ohio" and "OH" that name the same boundary both stay without it: on a map either alone would
    pass for the whole.

    Parameters
    ----------
    regions : sequence of str
        Names or codes of countries, Chinese provinces, US states or US counties.

    Examples
    --------
    >>> places = find_places(["Ohio", "wa", "South Carolina"])
    >>> places.boundary_set.name, places.ids["wa"]
    ('us_states', '53')
    >>> find_places(["North ward", "South ward"]) is None
    True
    """
    names = list(dict.fromkeys(regions))
    boundary_set, known = max(((each, _known(each.name, names)) for each in SETS), key=lambda each: len(each[1]))
    claims = Counter(known.values())
    ids = {name: boundary for name, boundary in known.items() if claims[boundary] == 1}
    if not ids or len(known) < _needed(names):
        return None
    return Places(boundary_set, ids, tuple(name for name in names if name not in ids))


def _needed(names: list[str]) -> float:
    """Return how many regions must be found: districts that are merely numbered are not US states by their codes."""
    short_numbers = all(name.strip().isdigit() and len(name.strip()) < 5 for name in names)
    return max(len(names), ENOUGH_NUMBERS) if short_numbers else ENOUGH * len(names)


def _known(boundary_set: str, names: list[str]) -> dict[str, str]:
    index = _index(boundary_set)
    return {name: index[plain(name)] for name in names if plain(name) in index}


@cache
def _index(boundary_set: str) -> dict[str, str]:
    """Return the boundary of every spelling."""
    index = {plain(name): boundary.id for boundary in boundaries(boundary_set) for name in boundary.names}
    aliases = {
        plain(alias): index[plain(name)] for name, others in ALIASES.items() if plain(name) in index for alias in others
    }
    # a spreadsheet takes the leading zero of 01001; of shorter codes too little would be left
    cut = {code.lstrip("0"): code for code in index.values() if len(code) >= 5}
    return aliases | cut | index


@lru_cache(maxsize=20_000)
def plain(name: str) -> str:
    """Return a name without accents, case, punctuation, silent words and the word for its kind.

    Examples
    --------
    >>> plain("Côte d'Ivoire"), plain("St. Louis County, MO"), plain("北京市")
    ('cote d ivoire', 'saint louis mo', '北京')
    """
    letters = unicodedata.normalize("NFKD", name.strip().casefold())
    letters = "".join(each for each in letters if not unicodedata.combining(each))
    letters = CHINESE_KINDS.sub("", letters)
    words = re.sub(r"[^\w]+", " ", KINDS.sub(" ", letters)).split()
    return " ".join("saint" if word == "st" else word for word in words if word not in SILENT)

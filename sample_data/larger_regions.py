"""Regions above those of the boundary files, where a country plans by them: Italy's regioni, not its provinces."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace

from medalloc.geography.boundaries import LARGER
from medalloc.geography.spelling import plain
from sample_data import rings, topojson
from sample_data.country_files import arcs_of
from sample_data.other_names import Entry, entries, joined, names_of
from sample_data.package_files import Cache
from sample_data.topojson import Polygon, Region, Ring, Topology

COUNTRIES = ("be", "es", "fr", "gb", "it", "lk")
"""Those whose boundary file has the level below the one that hospitals are planned by."""

NAMES = {
    "BE-BRU": "Brussels",
    "BE-VLG": "Flanders",
    "BE-WAL": "Wallonia",
    "ES-AS": "Asturias",
    "ES-CT": "Cataluña",
    "ES-MC": "Murcia",
    "ES-MD": "Madrid",
    "ES-NC": "Navarra",
    "ES-PV": "País Vasco",
    "ES-VC": "Comunitat Valenciana",
    "FR-973": "Guyane",
    "FR-GES": "Grand Est",
    "FR-PAC": "Provence-Alpes-Côte d'Azur",
    "FR-PDL": "Pays de la Loire",
    "IT-23": "Valle d'Aosta",
}
"""What regions are called by most people, where the list puts another name or another order first."""


def larger(cache: Cache, countries: Mapping[str, Topology]) -> dict[str, Topology]:
    """Build the larger regions of some countries by the names of their sets."""
    listed = entries(cache)
    return {
        code + LARGER: topojson.tidy(rings.clean(merged(countries[code], listed[code.upper()], code.upper())))
        for code in COUNTRIES
    }


def further_names(cache: Cache, larger: Mapping[str, Topology]) -> dict[str, dict[str, list[str]]]:
    """Return the further names of the larger regions by set and id."""
    listed = entries(cache)
    return {
        code: {each.id: _further(each.properties["name"], listed[each.id[:2]][each.id]) for each in of.regions}
        for code, of in larger.items()
    }


def _further(first: str, entry: Entry) -> list[str]:
    return list({plain(name): name for name in reversed(names_of(entry)) if plain(name) != plain(first)}.values())


def merged(topology: Topology, listed: Mapping[str, Entry], country: str) -> Topology:
    """Return the regions that the regions of a country are parts of; borders inside them go."""
    members: dict[str, list[Region]] = defaultdict(list)
    for region, parent in _parents(topology, listed, country):
        members[parent].append(region)
    regions = [
        Region(parent, {"name": NAMES.get(parent) or names_of(listed[parent])[0]}, _polygons(topology, parts))
        for parent, parts in sorted(members.items())
    ]
    return replace(topology, regions=regions)


def _parents(topology: Topology, listed: Mapping[str, Entry], country: str) -> Iterator[tuple[Region, str]]:
    """Yield every region with what it is a part of; one that the list does not know is a part of what is beside it."""
    known = {place: _topmost(code, listed) for place, code in joined(country, topology, listed).items()}
    arcs = {region.id: arcs_of(region) for region in topology.regions}
    open_now = [place for place in arcs if place not in known]
    while open_now:
        beside = {
            place: Counter(parent for other, parent in known.items() for _arc in arcs[place] & arcs[other])
            for place in open_now
        }
        fresh = {place: counts.most_common(1)[0][0] for place, counts in beside.items() if counts}
        if not fresh:
            raise ValueError(f"Nothing says what these regions of {country} are parts of: {open_now}")
        known |= fresh
        open_now = [place for place in open_now if place not in fresh]
    for region in topology.regions:
        yield region, known[region.id]


def _topmost(code: str, listed: Mapping[str, Entry]) -> str:
    parent = listed[code]["parentCode"]
    return _topmost(parent, listed) if parent else code


def _polygons(topology: Topology, parts: list[Region]) -> list[Polygon]:
    """Return the outline of regions together: each outer ring with the holes in it."""
    walked = [arc for each in parts for polygon in each.polygons for ring in polygon for arc in ring]
    outline = [ring for ring in _joined(topology, walked) if not rings.is_degenerate(topology.grid_ring(ring))]
    outer = [ring for ring in outline if rings.clockwise_area(topology.ring(ring)) > 0]
    polygons = [[ring] for ring in outer]
    for hole in (ring for ring in outline if ring not in outer):
        x, y = topology.ring(hole)[0]
        around = [polygon for polygon in polygons if rings.hold([topology.ring(polygon[0])], float(x), float(y))]
        (around or polygons)[0].append(hole)
    return polygons


def _joined(topology: Topology, walked: list[int]) -> list[Ring]:
    """Join what is left of arcs, once those are gone that are walked both ways, into closed rings."""
    both_ways = set(walked) & {~arc for arc in walked}
    onward: dict[tuple[int, ...], list[int]] = defaultdict(list)
    for arc in walked:
        if arc not in both_ways:
            onward[_end(topology, ~arc)].append(arc)
    found = []
    for start in list(onward):
        while onward[start]:
            ring: Ring = []
            place = start
            while not ring or place != start:
                ring.append(onward[place].pop())
                place = _end(topology, ring[-1])
            found.append(ring)
    return found


def _end(topology: Topology, arc: int) -> tuple[int, ...]:
    """Return where a walk along an arc ends."""
    point = topology.arcs[arc][-1] if arc >= 0 else topology.arcs[~arc][0]
    return tuple(point.tolist())

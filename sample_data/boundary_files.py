"""The four boundary files."""

import json
from dataclasses import replace

import numpy as np

from sample_data import names, rings, topojson
from sample_data.package_files import ECHARTS, US_ATLAS, WORLD_ATLAS, Cache
from sample_data.simplify import simplify
from sample_data.topojson import Points, Region, Topology

SMALLEST_PART_OF_THE_WORLD = 0.006
"""Corners and islands below this go. [square degrees]"""

ECHARTS_GRID = 1 / 1024
"""Step in which echarts stores coordinates. [degrees]"""

FALLS_CHURCH = "51610"
"""The one county whose only part has collapsed to a line in us-atlas."""


def us_states(cache: Cache) -> Topology:
    """Build the 50 states and the District of Columbia."""
    digest = "d76b391ccfa8bff601d51e3e3da5d43a89fa46cd5caca72ce731b383be5596d0"
    text = cache.read(US_ATLAS, "package/states-10m.json", digest).decode()

    def named(region: Region) -> Region:
        name = region.properties["name"]
        return replace(region, properties={"name": name, "code": names.STATES[name]})

    topology = topojson.keep(topojson.read(text, "states"), lambda region: region.properties["name"] in names.STATES)
    return _finished(replace(topology, regions=[named(region) for region in topology.regions]), count=51)


def us_counties(cache: Cache, county_names: dict[str, str]) -> Topology:
    """Build the counties of `us_states`, named as in `county_names` (FIPS -> name)."""
    digest = "145aaf5d1433352a6a1d8e86b5f149c7c653f9171baf14aaf75ee66575def1b0"
    text = cache.read(US_ATLAS, "package/counties-10m.json", digest).decode()
    topology = topojson.keep(topojson.read(text, "counties"), lambda region: region.id in county_names)
    regions = [replace(region, properties={"name": county_names[region.id]}) for region in topology.regions]
    return _finished(_with_falls_church(replace(topology, regions=regions)), count=3142)


def _with_falls_church(topology: Topology) -> Topology:
    """Open the line that is left of Falls Church city into a diamond of about its true area, 5 square km.

    The line is walked out along one arc and back along another, each shared with one neighbour: giving
    each arc a corner to its own side makes room for the city, and both neighbours give way.
    """
    (region,) = (region for region in topology.regions if region.id == FALLS_CHURCH)
    ((out_and_back,),) = region.polygons
    arcs = list(topology.arcs)
    for arc in out_and_back:
        walked = topology.grid_ring([arc])
        (east, north), middle = walked[-1] - walked[0], walked.mean(axis=0)
        # Left of the walk, so that the ring runs clockwise; a step east is wider than a step north on this grid.
        width, height = topology.scale[0] * np.cos(np.radians(38.9)), topology.scale[1]
        side = np.array([-north * height / width, east * width / height]) * 0.75
        corner = np.rint(middle + side).astype(np.int64)
        opened = np.stack([walked[0], corner, walked[-1]])
        arcs[max(arc, ~arc)] = opened if arc >= 0 else opened[::-1]
    return replace(topology, arcs=arcs)


def world(cache: Cache) -> Topology:
    """Build the countries and territories, without Antarctica."""
    digest = "04342cdc1e3016bcd7db1630de95684d67b79fe3c8c460321e87aef469502394"
    text = cache.read(WORLD_ATLAS, "package/countries-50m.json", digest).decode()

    def named(region: Region) -> Region:
        name = names.COUNTRIES.get(region.properties["name"], region.properties["name"])
        return replace(region, id=names.COUNTRIES_WITHOUT_ISO_NUMBER.get(name, region.id), properties={"name": name})

    topology = topojson.keep(topojson.read(text, "countries"), lambda region: region.id != "010")
    topology = replace(topology, regions=[named(region) for region in topology.regions])
    return _finished(simplify(topology, SMALLEST_PART_OF_THE_WORLD), count=240)


def china_provinces(cache: Cache) -> Topology:
    """Build the provinces, autonomous regions, municipalities and special regions as echarts draws them."""
    digest = "d392f651a48e6213c9bfc83f406711069de296c17f426cffc0ad1148078ee226"
    source = json.loads(cache.read(ECHARTS, "package/map/json/china.json", digest))
    provinces = []
    for feature in source["features"]:
        name, geometry = feature["properties"]["name"], feature["geometry"]
        region = Region(feature["id"], {"name": names.CHINA[name], "name_zh": name}, [])
        parts, starts = geometry["coordinates"], geometry["encodeOffsets"]
        if geometry["type"] == "Polygon":
            parts, starts = [parts], [starts]
        # No province has a hole, so every part is its first ring.
        parts_decoded = [decoded(part[0], *start[0]) for part, start in zip(parts, starts, strict=True)]
        provinces.append((region, [ring for ring in parts_decoded if not rings.is_degenerate(ring)]))
    return _finished(topojson.from_rings(provinces, (ECHARTS_GRID, ECHARTS_GRID), (0.0, 0.0)), count=34)


def decoded(text: str, x: int, y: int) -> Points:
    """Decode a ring of echarts: pairs of characters, each a zigzag difference plus 64.

    Parameters
    ----------
    text : str
        Encoded ring.
    x, y : int
        Point before the first one. [1/1024 degree]

    Returns
    -------
    Points
        Closed ring, shape (n_points, 2). [1/1024 degree]

    Examples
    --------
    >>> decoded("@@D@@D", 10, 20).tolist()
    [[10, 20], [12, 20], [12, 22], [10, 20]]
    """
    codes = np.array([ord(character) - 64 for character in text], dtype=np.int64).reshape(-1, 2)
    points = np.cumsum((codes >> 1) ^ -(codes & 1), axis=0) + np.array([x, y])
    return points if (points[0] == points[-1]).all() else np.concatenate([points, points[:1]])


def centroid(topology: Topology, region_id: str) -> tuple[float, float]:
    """Find longitude and latitude of the centre of a region that does not cross the date line [degrees]."""
    (region,) = (region for region in topology.regions if region.id == region_id)
    total, moment = 0.0, np.zeros(2)
    for points in (topology.ring(ring) for polygon in region.polygons for ring in polygon):
        x, y = (points - points[0]).T
        cross = x[:-1] * y[1:] - x[1:] * y[:-1]
        sums = np.array([((x[:-1] + x[1:]) * cross).sum(), ((y[:-1] + y[1:]) * cross).sum()]) / 6
        total += cross.sum() / 2
        moment += sums + points[0] * cross.sum() / 2
    return float(moment[0] / total), float(moment[1] / total)


def _finished(topology: Topology, count: int) -> Topology:
    """Clean, drop what is unused, and refuse to go on with a file that would be drawn wrongly."""
    cleaned = topojson.tidy(rings.clean(topology))
    found = rings.faults(cleaned)
    if len(cleaned.regions) != count:
        found.append(f"{len(cleaned.regions)} regions where {count} are expected")
    if found:
        raise ValueError("This boundary file would be drawn wrongly. " + "; ".join(found))
    return cleaned

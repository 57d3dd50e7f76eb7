"""What maps are drawn from: points, boundaries that ship or that somebody brought, and which of them each region is."""

from collections.abc import Mapping

import pandas as pd

from medalloc.demand.forecasting.panel import Panel
from medalloc.geography.matching import Ground, Places, find_places
from medalloc.geography.own.boundaries import OwnBoundaries
from medalloc.geography.own.matching import ColumnMatch, column_matches, own_points, own_set
from medalloc.study.step import Files
from medalloc.tables.table import Table


def points(
    is_from_counts: bool,
    counts: Table | None,
    regions_of_counts: Table | None,
    table: Table | None,
    regions: Table | None,
) -> pd.DataFrame | None:
    """Return longitude and latitude by region, where a table has them."""
    for place in (counts, regions_of_counts) if is_from_counts else (table, regions):
        if place is not None and place.column("longitude") and place.column("latitude") and place.column("region"):
            columns = [place.required(each) for each in ("region", "longitude", "latitude")]
            found = place.frame[columns].set_axis(["region", "longitude", "latitude"], axis=1)
            # counts repeat a region in every period
            return found.dropna().drop_duplicates("region") if is_from_counts else found
    return None


def own_boundaries(boundaries_file: str, boundaries_name: str, files: Files) -> OwnBoundaries:
    """Return the boundaries that somebody brought."""
    return files.boundaries(boundaries_file, boundaries_name)


def region_names(is_from_counts: bool, panel: Panel | None, table: Table | None) -> tuple[str, ...]:
    """Return what the regions of the table in use are called."""
    if is_from_counts:
        return () if panel is None else panel.regions
    column = None if table is None else table.column("region")
    if table is None or column is None:
        return ()
    return tuple(table.frame[column].dropna().astype(str).str.strip().unique())


def boundary_columns(own_boundaries: OwnBoundaries, region_names: tuple[str, ...]) -> tuple[ColumnMatch, ...]:
    """Return the columns of the boundaries that can name regions, the one that knows most regions first."""
    return column_matches(own_boundaries, region_names)


def ground(
    boundary_set: str,
    own_boundaries: OwnBoundaries | None,
    boundary_columns: tuple[ColumnMatch, ...] | None,
    boundaries_column: str | None,
    boundary_of: Mapping[str, str],
    points: pd.DataFrame | None,
    region_names: tuple[str, ...],
) -> Ground:
    """Return what every map is drawn from."""
    column = boundaries_column or (boundary_columns[0].column if boundary_columns else None)
    if own_boundaries is None or column is None:
        return Ground(boundary_set, None, boundary_of, points)
    if own_boundaries.points:
        # where a table says where its regions are, it is believed
        both = [points, own_points(own_boundaries, column, region_names)]
        points = pd.concat([each for each in both if each is not None]).drop_duplicates("region", ignore_index=True)
    own = own_set(own_boundaries, column) if own_boundaries.areas else None
    return Ground(boundary_set, own, boundary_of, points)


def region_places(region_names: tuple[str, ...], ground: Ground) -> Places | None:
    """Return which boundary each region is; None where no map is drawn."""
    return find_places(region_names, ground)

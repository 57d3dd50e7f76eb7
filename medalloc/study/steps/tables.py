"""Which tables are in use, and how they are cleaned."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Literal

from medalloc.demand.forecasting.recognising import is_counts
from medalloc.geography.whole import whole_of
from medalloc.need.training.patients import all_answers
from medalloc.partitions.quality import found_in_all_rows
from medalloc.partitions.state import State, state_of
from medalloc.preparation.comparison import Comparison, before_and_after
from medalloc.preparation.encoding import Kind, encode
from medalloc.preparation.recipe import Recipe, recipe_named
from medalloc.preparation.shaping import Shaping, shape_table
from medalloc.study.step import Files
from medalloc.tables.account import Account, Line
from medalloc.tables.checks.finding import Finding
from medalloc.tables.first import ValueOrder, with_first
from medalloc.tables.mended import Found, mended_and_left
from medalloc.tables.options import ReadOptions
from medalloc.tables.plain_counts import as_plain_counts
from medalloc.tables.repairs import Repair, rejected_rows, repaired
from medalloc.tables.shapes.catalogue import NONE, shaped
from medalloc.tables.spelling import with_names_of
from medalloc.tables.stacking import stacked
from medalloc.tables.summary_rows import Summaries, SummaryRows, kept_rows, summaries, without_summaries
from medalloc.tables.table import NeedAs, Table
from medalloc.tables.taken_for import with_given


def reading(
    encoding: str | None,
    delimiter: str | None,
    sheet: str | None,
    header_row: int | None,
    first_row: int | None,
    last_row: int | None,
    lines_left_out: tuple[int, ...],
    blanks: tuple[str, ...],
    decimal: Literal[".", ","] | None,
    day_first: bool | None,
    kept_as_text: tuple[str, ...],
) -> ReadOptions:
    """Return what was said about how the table is read."""
    lines = (header_row, first_row, last_row, lines_left_out)
    return ReadOptions(encoding, delimiter, sheet, *lines, blanks, decimal, day_first, kept_as_text)


def as_filed(
    file: str, file_name: str, more_files: tuple[tuple[str, str], ...], reading: ReadOptions, files: Files
) -> Table:
    """Return the table as its file has it, or several files one below the other."""
    return stacked([files.table(*each, reading) for each in ((file, file_name), *more_files)])


def partitioned(partitions: str) -> State | None:
    """Return the table in partitions that the file is a sample of; None where the file is the table."""
    return state_of(Path(partitions)) if partitions else None


def tables_beside(files_beside: tuple[tuple[str, str], ...], files: Files) -> tuple[Table, ...]:
    """Return the tables that belong to it."""
    return tuple(files.table(file, name) for file, name in files_beside)


def came_in(
    as_filed: Table, shape: str, own_shape: Mapping[str, Any] | None, tables_beside: tuple[Table, ...]
) -> Table:
    """Return the table as its shape says that it is to be read."""
    return shaped(as_filed, shape, own_shape, tables_beside)


def mended(
    came_in: Table,
    roles: Mapping[str, str],
    repairs: tuple[tuple[str, str | None], ...],
    need_is: tuple[str, ...],
    need_as: NeedAs,
    value_order: ValueOrder,
    multiple: int | None,
    multiplied: tuple[str, ...],
) -> Table:
    """Return the table with the roles that were given, and repaired; what means need goes with it."""
    table = with_first(repaired(with_given(came_in, roles), [Repair(*each) for each in repairs]), value_order)
    return as_plain_counts(replace(table, need_is=need_is, need_as=need_as), multiple, multiplied)


def table_summaries(mended: Table) -> Summaries:
    """Return which rows of the table are sums of others."""
    return summaries(mended, whole_of)


def unprepared(mended: Table, table_summaries: Summaries, summary_rows: SummaryRows, region_level: int) -> Table:
    """Return the table before its recipe, in which nobody counts twice."""
    return without_summaries(mended, table_summaries, summary_rows, region_level)


def lines(
    as_filed: Table,
    came_in: Table,
    mended: Table,
    repairs: tuple[tuple[str, str | None], ...],
    table_summaries: Summaries,
    summary_rows: SummaryRows,
    region_level: int,
) -> Account | None:
    """Return what every line of the table's file was taken for; None where it has no lines.

    What a known shape makes of the rows is said where it is chosen.
    """
    account = as_filed.account
    if account is None or came_in.frame is not as_filed.frame:
        return account
    account = account.with_rows_as(
        Line.REPAIRED, rejected_rows(came_in.with_roles(mended.roles), [Repair(*each) for each in repairs])
    )
    if mended.column("region") is None:
        return account
    kept, _notes = kept_rows(table_summaries, summary_rows, region_level)
    return account.with_rows_as(Line.SUM, ~kept)


def shaping(unprepared: Table, recipe_in_use: Recipe) -> Shaping:
    """Return the table before and after the steps of the recipe that change its rows and columns."""
    return shape_table(unprepared, recipe_in_use)


def table(shaping: Shaping) -> Table:
    """Return the table in use: demand, need and plans are of its rows."""
    return shaping.table


def table_findings(
    came_in: Table,
    file: str,
    file_name: str,
    more_files: tuple[tuple[str, str], ...],
    files_beside: tuple[tuple[str, str], ...],
    reading: ReadOptions,
    shape: str,
    own_shape: Mapping[str, Any] | None,
    roles: Mapping[str, str],
    repairs: tuple[tuple[str, str | None], ...],
    partitioned: State | None,
    files: Files,
) -> tuple[Finding, ...]:
    """Return what is found about the table with its roles and repairs, and what its repairs mended; once if large."""
    table, mends = came_in.with_roles(roles), [Repair(*each) for each in repairs]
    if partitioned is not None:
        found = mended_and_left(table, mends)
        # what repairs leave is told by the sample
        return found if repairs else found_in_all_rows(found, partitioned, table)
    asked = [more_files, files_beside, asdict(reading), shape, own_shape, roles, repairs]
    return files.remembered(file, file_name, asked, Found, lambda: Found(mended_and_left(table, mends))).findings


def recipe_in_use(recipe: Mapping[str, Any] | None) -> Recipe:
    """Return how the table is cleaned."""
    return recipe_named("default") if recipe is None else Recipe.from_json(recipe)


def feature_kinds(table: Table) -> dict[str, Kind]:
    """Return whether each feature holds numbers or text."""
    return {each.name: each.kind for each in encode(table.frame, table.columns("feature"))}


def cleaned_columns(table: Table, shaping: Shaping, recipe_in_use: Recipe) -> Comparison:
    """Return what the recipe does to each feature, and each step to the table, learnt from every row."""
    target, rows = all_answers(table) if recipe_in_use.needs_target else (None, None)
    return before_and_after(
        table.frame,
        recipe_in_use,
        columns=table.columns("feature"),
        fitted_rows=rows,
        target=target,
        shaped=shaping.after,
    )


def regions(
    regions_file: str,
    regions_name: str,
    regions_roles: Mapping[str, str],
    summary_rows: SummaryRows,
    shape: str,
    table: Table | None,
    files: Files,
) -> Table:
    """Return the table with population and existing units of the regions of patients, named as the patients' are."""
    read = as_plain_counts(with_given(_shaped(files.table(regions_file, regions_name), shape), regions_roles))
    return with_names_of(without_summaries(read, summaries(read, whole_of), summary_rows), table)


def people(population_file: str, population_name: str, table: Table | None, files: Files) -> Table:
    """Return the table of population by region, age and sex."""
    return with_names_of(files.table(population_file, population_name), table)


def _shaped(read: Table, shape: str) -> Table:
    """Return a table beside the one in use by the shape that is recognised, unless none is wanted."""
    return read if shape == NONE else shaped(read)


def own_counts(
    counts_file: str,
    counts_name: str,
    counts_roles: Mapping[str, str],
    file: str | None,
    more_files: tuple[tuple[str, str], ...],
    shape: str,
    own_shape: Mapping[str, Any] | None,
    tables_beside: tuple[Table, ...],
    reading: ReadOptions,
    files: Files,
) -> Table:
    """Return the counts over time that came in beside the table, with the roles that were given.

    Where there is no other table, the shape that was chosen, how files are read, and the further files are theirs.
    """
    named = ((counts_file, counts_name), *(more_files if file is None else ()))
    read = stacked([files.table(*each, reading if file is None else None) for each in named])
    counted = shaped(read, shape, own_shape, tables_beside) if file is None else _shaped(read, shape)
    return with_given(counted, counts_roles)


def table_holds_counts(table: Table) -> bool:
    """Whether the table in use is one of counts over time."""
    return is_counts(table)


def counts(own_counts: Table | None, table: Table | None, table_holds_counts: bool | None) -> Table | None:
    """Return the counts that a forecast starts from."""
    return own_counts if own_counts is not None else table if table_holds_counts else None


def regions_of_counts(
    counts_regions_file: str,
    counts_regions_name: str,
    summary_rows: SummaryRows,
    shape: str,
    counts: Table | None,
    files: Files,
) -> Table:
    """Return the table with population and existing units of the regions that are counted, named as these are."""
    read = with_given(_shaped(files.table(counts_regions_file, counts_regions_name), shape), {})
    return with_names_of(without_summaries(read, summaries(read, whole_of), summary_rows), counts)


def is_from_counts(
    table: Table | None, own_counts: Table | None, table_holds_counts: bool | None, demand_from: str
) -> bool:
    """Whether demand comes from counts over time: where there are no patients, or it was chosen so."""
    if table is None:
        return own_counts is not None
    return bool(table_holds_counts) or demand_from == "counts"

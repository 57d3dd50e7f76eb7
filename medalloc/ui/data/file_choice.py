"""Choosing a file: a sample or one's own, and further ones; what was decided of an earlier one is forgotten."""

from collections.abc import Mapping

import streamlit as st

from medalloc.errors import InputError
from medalloc.study import Study
from medalloc.study.parts import Data
from medalloc.tables.shapes.catalogue import shaped
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import palette, pressed, samples, uploads, words
from medalloc.ui.kit.words import _

FURTHER = "further_files"

OF_A_TABLE = (
    *(
        "more_files",
        "encoding",
        "delimiter",
        "sheet",
        "header_row",
        "first_row",
        "last_row",
        "lines_left_out",
        "blanks",
        "decimal",
        "day_first",
        "kept_as_text",
        "shape",
        "files_beside",
        "roles",
        "need_is",
        "need_as",
        "need_unit",
        "repairs",
    ),
    *("summary_rows", "region_level", "multiple", "multiplied", "value_order", "model"),
    *("resources", "region_changes", "budget", "floor"),
    *("regions_roles", "population_file", "population_name", "futures_file", "futures_name"),
    *("demand_from", "counts_file", "counts_name", "counts_regions_file", "counts_regions_name", "forecast_by_hand"),
    "sum_rows",
    *("boundary_set", "boundaries_file", "boundaries_name", "boundaries_column", "boundary_of"),
    *("priority_rule", "other_rule", "units_given", "overrides", "longest_way"),
    *("fairness_group", "need_label", "cost_label"),
)
"""What was decided about one table and does not hold for another."""


def take_sample(file: str) -> None:
    """Start over with a sample."""
    sample = samples.sample(file) or samples.DEFAULT
    start_over(sample.file, sample.file, regions=sample.regions, facilities=sample.facilities)


def start_over(
    file: str,
    name: str,
    *,
    regions: str | None = None,
    facilities: str | None = None,
    roles: Mapping[str, str] | None = None,
) -> None:
    """Choose a table, with samples beside it; what was decided about an earlier table no longer applies."""
    fresh = Study()
    state.begin_study_of(file)
    state.forget(
        "training",
        "option_search",
        "searched_plan",
        "searched_rivals",
        "searched_margin",
        "searched_change",
        "held_futures",
    )
    state.change(
        **{each: fresh.choice(each) for each in OF_A_TABLE} | {"roles": roles or {}},
        file=file,
        file_name=name,
        regions_file=regions,
        regions_name=regions or "",
        facilities_file=facilities,
        facilities_name=facilities or "",
    )


def choose_file(key: str, *, in_use: bool) -> None:
    """Show the samples and the uploader; a file that cannot be read leaves the table in use as it is.

    Parameters
    ----------
    key : str
        Tells these controls from others.
    in_use : bool
        Whether there is a table already; then they are folded.
    """
    place = uploads.folded(_("Choose another table"), f"{key}_upload") if in_use else st.container()
    left, right = place.columns(2, gap="large")
    with left:
        chosen = st.selectbox(
            _("Try a sample"),
            [each.file for each in samples.SAMPLES],
            format_func=samples.title,
            help=_("Real, public data; what each can and cannot tell is said once it is in use."),
            **state.bound(at.look.sample),
        )
        pressed.button(_("Use this sample"), take_sample, chosen, type=palette.main_button(), key=f"{key}_use")
    with right:
        uploads.tables(
            _("Or choose your own table"),
            f"{key}_upload",
            _take,
            help=_("CSV in any usual separator and encoding, Excel or Parquet; it stays on this machine."),
        )


def further_files(chosen: Data) -> None:
    """Let the visitor add files with the same columns, whose rows come below those of the first."""
    if chosen.file is None:
        return
    with uploads.folded(_("Further files with the same columns"), FURTHER, expanded=bool(chosen.more_files)):
        uploads.tables(
            _("Their rows come below those of the first file"),
            FURTHER,
            _take_further,
            help=_("Such as a file a month; a column says from which file each row is."),
            several=True,
        )
        if chosen.more_files:
            names = ", ".join(name for _file, name in chosen.more_files)
            st.caption(_("In use: {name}").format(name=words.escape(names)))
            st.button(_("Take them out"), key="further_out", on_click=lambda: state.change(more_files=()))


def _take_further(file: str, table: Table) -> None:
    state.revise(at.study.data.more_files, _with_file, (file, table.source.name))


def _with_file(before: tuple[tuple[str, str], ...], kept: tuple[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({*before, kept}, key=lambda each: each[1]))


def _take(file: str, table: Table) -> None:
    start_over(file, table.source.name, roles=_known_roles(table))


def _known_roles(table: Table) -> Mapping[str, str] | None:
    """Return the roles that were given by hand to an earlier table with the same columns."""
    try:
        mapped = state.remembered(shaped(table).frame.columns)
    except InputError:
        # told where the table is read
        return None
    return None if mapped is None else mapped.roles

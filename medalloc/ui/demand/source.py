"""Where counts come from: the table in use, a file of the Demand screen's own, or the sample."""

import numpy as np
import streamlit as st

from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.reading import read_panel
from medalloc.demand.forecasting.repeats import would_be_mended
from medalloc.errors import InputError
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import samples, uploads, words
from medalloc.ui.kit.words import _

UPLOAD = "counts_upload"


def choose(came_in: Table) -> None:
    """Let the visitor say what demand comes from, where both are possible."""
    known = _("From the table of regions") if came_in.kind == "regions" else _("From patients")
    names = {"patients": known, "counts": _("From counts over time")}
    st.segmented_control(
        _("What demand comes from"),
        list(names),
        format_func=names.__getitem__,
        required=True,
        help=_(
            "From patients: the need of each patient, summed by region. From counts over time: how many there were "
            "in every week or month, continued into the next ones."
        ),
        **state.bound(at.study.demand.demand_from),
    )


def take(*, back: bool) -> None:
    """Offer the sample and the uploader of counts, and the way back to a table of counts on the Data screen."""
    st.markdown(
        _(
            "A table of counts over time: one row a region and date, or one column a region, or one column a date; by "
            "day, week, month or quarter."
        )
    )
    left, right = st.columns([1, 2], vertical_alignment="bottom")
    left.button(
        _("Take the sample of counts"),
        icon=":material/play_arrow:",
        on_click=_take_sample,
        help=_("Emergency visits for influenza-like illness in 14 neighbourhoods of Boston, 436 weeks."),
        disabled=state.locked(),
    )
    with right:
        uploads.tables(
            _("Or choose your own table of counts"),
            UPLOAD,
            _take,
            help=_("CSV in any usual separator and encoding, Excel or Parquet; it stays on this machine."),
        )
    if back:
        st.button(
            _("Back to the table of the Data screen"),
            icon=":material/undo:",
            type="tertiary",
            on_click=_give_back,
            disabled=state.locked(),
        )


def _take_sample() -> None:
    with uploads.refusing(UPLOAD):
        _in_use(samples.COUNTS, samples.COUNTS)


def _take(file: str, table: Table) -> None:
    try:
        read_panel(table)
    except InputError as error:
        # what one click on the screen mends is said there
        if not would_be_mended(error):
            raise
    _in_use(file, table.source.name)


def _in_use(file: str, name: str) -> None:
    """Use these counts; what was set by hand about earlier ones no longer applies."""
    state.change(
        counts_file=file,
        counts_name=name,
        demand_from="counts",
        forecast_by_hand={},
        resources=None,
        region_changes={},
        sum_rows=False,
    )


def _give_back() -> None:
    state.change(counts_file=None, counts_name="", forecast_by_hand={}, resources=None, region_changes={})


def caveat() -> str:
    """Return what a reader must know before quoting a number of the sample of counts."""
    return _(
        "These are weekly rates; the source does not state per how many residents. Sums of them "
        "show how the screen works and are no numbers of people. Cite the Boston Public Health "
        "Commission."
    )


def in_use(given: Panel, name: str, *, sample: bool, back: bool) -> None:
    """Say which counts are in use and the caveat of the sample; what reading decided and what is missing on demand."""
    if sample:
        st.info(caveat())
    missing = int(np.isnan(given.values).sum())
    label = _("Counts in use: {name}. Missing: {missing} of {all}").format(
        name=words.escape(name), missing=words.number(missing), all=words.number(given.values.size)
    )
    with uploads.folded(label, UPLOAD, key="counts_in_use"):
        for each in given.notes:
            st.markdown(f"- {words.say(each)}")
        st.markdown("**" + _("Other counts") + "**")
        take(back=back)

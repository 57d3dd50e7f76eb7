"""What is in the file in use: in one sentence, in figures, its first rows, and what reading had to decide."""

from collections.abc import Mapping, Sequence

import streamlit as st

from medalloc.study.parts import Data
from medalloc.tables.account import Account
from medalloc.tables.checks.finding import Finding
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.data import lines
from medalloc.ui.kit import layout, printed, samples, words
from medalloc.ui.kit.words import _

SHOWN_ROWS = 200
FIRST = 4
"""Remarks that stand in full; more are folded. [count]"""


def understood(table: Table, account: Account | None, said: Data) -> None:
    """Show the first rows as they came in, beside the lines of their file where it has lines."""
    if account is None:
        with st.expander(_("The first rows")):
            _preview(table)
        return
    with st.expander(_("The first rows, and the lines of the file")):
        left, right = st.columns(2, gap="large")
        with left:
            lines.as_they_stand(account, said)
        with right:
            _preview(table)


def in_use(table: Table, account: Account | None) -> None:
    """Say which table is in use, and what became of the lines of its file."""
    said = _("In use: {name}").format(name=words.escape(table.source.name))
    st.caption(said if account is None else f"{said} · {words.say(account.said())}")


def _preview(table: Table) -> None:
    printed.grid(table.frame.head(SHOWN_ROWS), height=280, alt=_("The first rows of the table"))
    st.caption(
        _("Rows shown: {shown} of {rows}; columns: {columns}.").format(
            shown=words.number(min(SHOWN_ROWS, len(table.frame))),
            rows=words.number(len(table.frame)),
            columns=words.number(len(table.frame.columns)),
        )
    )


def in_one_sentence(file: str | None, table: Table | None, found: Sequence[Finding], *, counts: bool) -> str:
    """Answer the screen's question with the current numbers.

    Parameters
    ----------
    file : str, optional
        What was chosen.
    table : Table, optional
        As it is used; None where nothing was chosen, or it cannot be used yet.
    found : sequence of Finding
        What was found about it.
    counts : bool
        Whether it holds counts over time.
    """
    if file is None:
        return _("Choose a table of patients or of regions to begin.")
    if table is None:
        return _("The table needs a repair before it can be used.")
    rows = len(table.frame)
    faults = (
        words.several("{count} problem found", "{count} problems found", len(found))
        if found
        else _("no problems found")
    )
    if counts:
        return _("{rows} of counts over time; the Demand screen forecasts them.").format(rows=words.rows(rows))
    if table.kind == "regions":
        return _("{regions}; {faults}.").format(regions=words.regions(rows), faults=faults)
    if table.column("need") is None:
        columns = words.several("{count} column", "{count} columns", len(table.frame.columns))
        return _("{rows}, {columns}; no column says yet who was in need.").format(
            rows=words.rows(rows), columns=columns
        )
    patients, region = words.several("{count} patient", "{count} patients", rows), table.column("region")
    if region is None:
        return _("{patients}, no region column; {faults}.").format(patients=patients, faults=faults)
    regions = words.regions(int(table.frame[region].nunique()))
    return _("{patients} in {regions}; {faults}.").format(patients=patients, regions=regions, faults=faults)


def figures(table: Table, roles: Mapping[str, str], found: Sequence[Finding]) -> list[layout.Figure]:
    """Return how much there is, how much of it is used, how much is missing, and what was found."""
    kinds = {"patients": _("Patients"), "regions": _("Regions")}
    used = sum(role != "ignored" for role in roles.values())
    mended = sum(each.repairable for each in found)
    repairs = _("{count} can be repaired here").format(count=words.number(mended))
    return [
        layout.Figure(kinds.get(table.kind, _("Rows")), words.number(len(table.frame)), below=_("rows of the table")),
        layout.Figure(
            _("Columns"), words.number(len(roles)), below=_("{count} in use").format(count=words.number(used))
        ),
        layout.Figure(_("Missing"), words.percent(state.keep(_missing, table), 1), below=_("of all cells")),
        layout.Figure(_("Findings"), words.number(len(found)), below=repairs if found else _("nothing to repair")),
    ]


def _missing(table: Table) -> float:
    """Return the share of cells that are missing, column by column: all at once they would take as much again."""
    missing = sum(len(cells) - int(cells.count()) for _name, cells in table.frame.items())
    return missing / max(table.frame.size, 1)


def remarks(table: Table, file: str | None) -> None:
    """Say what reading had to decide, and the caveats of a sample."""
    told = [words.say(note) for note in table.notes]
    if (sample := samples.sample(file)) is not None:
        told.append(samples.caveat(sample.file))
    if told:
        st.info(layout.together(told[:FIRST]))
    if more := told[FIRST:]:
        with st.expander(words.several("{count} more remark on reading", "{count} more remarks on reading", len(more))):
            st.info(layout.together(more))


def next_step(table: Table | None, *, counts: bool) -> None:
    """Lead on: to preparation for patients, straight to allocation for regions, to the forecast of counts."""
    if counts:
        layout.lead_to("demand", _("Demand: these are counts over time, so the patient steps are not needed"))
    elif table is not None and table.kind == "regions":
        layout.lead_to("allocate", _("Allocate: these are regions, so the patient steps are not needed"))
    else:
        layout.lead_to("prepare", _("Prepare: how the table is cleaned"))

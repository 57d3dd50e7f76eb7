"""Who waits, who is served and at what need, by group; and who would lose places if cost were taken for need."""

from collections.abc import Sequence
from functools import partial

import altair as alt
import pandas as pd
import streamlit as st

from medalloc.priority.fairness import GroupOutcome, LabelShift, shift_in_words
from medalloc.priority.suggesting import FairnessColumns
from medalloc.priority.telling import told_outcomes, told_shifts
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, palette, pictures, printed, telling, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _


def choose(columns: Sequence[str], now: FairnessColumns) -> None:
    """Let the visitor say which groups are compared, and what says need and cost."""
    st.subheader(_("Fairness by group"), anchor=False)
    titles = (_("Groups"), _("Label of need"), _("Label of use or cost"))
    names = (at.study.priority.fairness_group, at.study.priority.need_label, at.study.priority.cost_label)
    standing = (now.group, now.need, now.cost)
    for place, title, name, column in zip(st.columns(3), titles, names, standing, strict=True):
        place.selectbox(
            title,
            # what was guessed cannot be taken back, only replaced
            tuple(columns) if column else ("", *columns),
            format_func=_named,
            **state.bound(name, shown=partial(_standing, column or "")),
        )


def _named(column: str) -> str:
    return column or _("none")


def _standing(column: str, _chosen: str) -> str:
    """Return the column in use, which is a guess where nobody chose one."""
    return column


def groups(every: tuple[GroupOutcome, ...], columns: FairnessColumns) -> None:
    """Show what the list means for each group: a picture and a table."""
    found = told_outcomes(every, state.rule(), columns.group or "")
    telling.said(len(every) - len(found))
    if not found:
        return
    shown = pd.DataFrame(
        {
            "group": [each.group or _("not known") for each in found],
            "waiting": [each.waiting for each in found],
            "served": [each.served for each in found],
            "share": [100 * each.share for each in found],
            "need_waiting": [each.need_waiting for each in found],
            "need_served": [each.need_served for each in found],
            "need_left": [each.need_left for each in found],
        }
    )
    total = sum(each.served for each in found) / sum(each.waiting for each in found)
    pictures.altair(_drawn(shown, 100 * total), alt=_("Share of each group that gets a unit"))
    low, high = (of(found, key=lambda each: each.share) for of in (min, max))
    said = _("Of all who wait, {all} get a unit: from {low} of {lowest} to {high} of {highest}.")
    st.caption(
        said.format(
            all=words.percent(total, 1),
            low=words.percent(low.share, 1),
            lowest=words.escape(low.group or _("not known")),
            high=words.percent(high.share, 1),
            highest=words.escape(high.group or _("not known")),
        )
    )
    number, need = st.column_config.NumberColumn, columns.need or ""
    printed.grid(
        shown if columns.need else shown.drop(columns=["need_waiting", "need_served", "need_left"]),
        column_config={
            "group": st.column_config.TextColumn(columns.group, pinned=True),
            "waiting": number(_("Wait"), format="localized"),
            "served": number(_("Get a unit"), format="localized"),
            "share": number(_("Get a unit [%]"), format="%.1f"),
            "need_waiting": number(_("Mean {need}: all").format(need=need), format="%.3g"),
            "need_served": number(_("Mean {need}: who get one").format(need=need), format="%.3g"),
            "need_left": number(_("Mean {need}: who get none").format(need=need), format="%.3g"),
        },
        placeholder="–",
        alt=_("The list by group"),
    )
    downloads.offer(shown, "groups", key="priority_groups")


def _drawn(shown: pd.DataFrame, total: float) -> Drawing:
    order = shown.sort_values("share", ascending=False)["group"].tolist()
    title = _("Share that gets a unit [%]; dashed: all")
    tips = [
        alt.Tooltip("group:N", title=_("Group")),
        alt.Tooltip("waiting:Q", title=_("Wait"), format=",.0f"),
        alt.Tooltip("served:Q", title=_("Get a unit"), format=",.0f"),
        alt.Tooltip("share:Q", title=title, format=".1f"),
    ]
    bars = (
        alt.Chart(shown)
        .mark_bar(color=palette.ACCENT[palette.shade()])
        .encode(
            y=alt.Y("group:N", sort=order, title=None, axis=alt.Axis(labelLimit=220)),
            x=alt.X("share:Q", title=title, axis=alt.Axis(tickCount=6)),
            tooltip=tips,
        )
    )
    rule = alt.Chart(pd.DataFrame({"all": [total], "said": [_("all")]})).encode(x="all:Q")
    line = rule.mark_rule(color=palette.TEXT[palette.shade()], strokeDash=[4, 3])
    return alt.layer(bars, line).properties(height=alt.Step(30))


def labels(every: tuple[LabelShift, ...], columns: FairnessColumns) -> None:
    """Show who would lose places if the list went by use or cost rather than by need."""
    found = told_shifts(every, state.rule(), columns.group or "")
    if not found:
        return
    st.markdown("**" + _("If cost were taken for need") + "**")
    st.markdown(words.say(shift_in_words(found, columns.need or "", columns.cost or "")))
    shown = pd.DataFrame(
        {
            "group": [each.group or _("not known") for each in found],
            "waiting": [each.waiting for each in found],
            "by_need": [each.by_need for each in found],
            "by_cost": [each.by_cost for each in found],
            "change": [each.by_cost - each.by_need for each in found],
        }
    )
    number = st.column_config.NumberColumn
    printed.grid(
        shown,
        column_config={
            "group": st.column_config.TextColumn(columns.group, pinned=True),
            "waiting": number(_("Wait"), format="localized"),
            "by_need": number(_("Units by “{column}”").format(column=columns.need), format="%.1f"),
            "by_cost": number(_("Units by “{column}”").format(column=columns.cost), format="%.1f"),
            "change": number(_("Change"), format="%+.1f"),
        },
        alt=_("Units of each group by need and by cost"),
    )
    st.caption(
        _(
            "As many units as the list gives, the highest first, expected over a lottery among equals and without "
            "reserves. Who uses less care than they need, because it is far or dear, loses where use stands for need."
        )
    )

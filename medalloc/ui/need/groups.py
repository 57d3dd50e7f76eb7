"""For whom the model is wrong, on the Need screen: errors, calls and calibration of groups with their intervals."""

from typing import Any

import numpy as np
import pandas as pd
import streamlit as st
from numpy.typing import NDArray

from medalloc.need.groups.comparison import Groups, compare_groups
from medalloc.need.groups.scores import GroupScores
from medalloc.need.groups.telling import told
from medalloc.need.training.target import read_need
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, layout, pictures, printed, telling, words
from medalloc.ui.kit.words import _
from medalloc.ui.need import explaining_charts, group_cost
from medalloc.ui.need.explained import Trained
from medalloc.ui.need.group_cost import Planned


@st.fragment
def groups(trained: Trained, planned: Planned) -> None:
    """Compare groups of one column, and say what an under-prediction costs a region."""
    with layout.failures_as_sentences():
        table, probability = trained.table, trained.of.probability
        if probability is None:
            st.info(_("Groups are compared after a training with cross-validation."))
            return
        columns = _columns(table)
        st.selectbox(_("Compare by"), columns, **state.bound_to_one_of(at.look.group_by, columns))
        column, threshold = state.look().group_by, state.look().threshold
        found = told(state.keep(_compared, table, column, probability, threshold), state.rule())
        telling.said(sum(each.is_hidden for each in found.groups))
        st.markdown(f"{_in_one_sentence(found)} {_who_is_missed(found)}")
        for warning in found.warnings:
            st.warning(words.say(warning))
        _differences(found)
        _table(found)
        _method(found)
        group_cost.cost(table, probability, found, planned)


def _columns(table: Table) -> tuple[str, ...]:
    first = [*table.columns("region"), *table.columns("group")]
    left_out = {*table.columns("need"), *table.columns("patient id"), *table.columns("weight")}
    return (*first, *(name for name in table.frame.columns if name not in left_out and name not in first))


def _compared(table: Table, column: str, probability: NDArray[np.float64], threshold: float) -> Groups:
    return compare_groups(table, column, read_need(table).values, probability, threshold=threshold)


def _in_one_sentence(found: Groups) -> str:
    """Name the group that is predicted too low by most, if chance alone is no likely reason."""
    low = [each for each in found.groups if not each.small and each.ratio_interval[0] > 1]
    high = [each for each in found.groups if not each.small and each.ratio_interval[1] < 1]
    if not low and not high:
        return _(
            "In no group of at least 20 patients does observed need differ from predicted need by more than chance "
            "explains (intervals of {level})."
        ).format(level=words.percent(found.level))
    said = []
    if low:
        most = max(low, key=lambda each: each.ratio)
        said.append(
            words.counted(
                "Need is predicted too low for {group}: {observed} patient in need, {predicted} predicted ({ratio} "
                "times as many, {from_} to {to}).",
                "Need is predicted too low for {group}: {observed} patients in need, {predicted} predicted ({ratio} "
                "times as many, {from_} to {to}).",
                _named(most)["observed"],
            ).format(**_named(most))
        )
    if high:
        least = min(high, key=lambda each: each.ratio)
        said.append(
            words.counted(
                "Need is predicted too high for {group}: {observed} patient in need, {predicted} predicted ({ratio} "
                "times as many, {from_} to {to}).",
                "Need is predicted too high for {group}: {observed} patients in need, {predicted} predicted ({ratio} "
                "times as many, {from_} to {to}).",
                _named(least)["observed"],
            ).format(**_named(least))
        )
    return " ".join(said)


def _who_is_missed(found: Groups) -> str:
    """Name the groups with the most and the least missed need, if their intervals do not even touch."""
    known = [each for each in found.groups if not each.small and not np.isnan(each.false_negative_rate)]
    if found.false_negative_gap is None:
        return ""
    most = max(known, key=lambda each: each.false_negative_rate)
    least = min(known, key=lambda each: each.false_negative_rate)
    if most.false_negative_interval[0] <= least.false_negative_interval[1]:
        return ""
    return _("Of those in need, {most} are missed in {worse} and {least} in {better}.").format(
        most=words.percent(most.false_negative_rate),
        worse=words.escape(group_cost.name_of(most.group)),
        least=words.percent(least.false_negative_rate),
        better=words.escape(group_cost.name_of(least.group)),
    )


def _named(one: GroupScores) -> dict[str, str]:
    return {
        "group": words.escape(group_cost.name_of(one.group)),
        "observed": words.number(one.in_need, 0),
        "predicted": words.number(one.predicted, 0),
        "ratio": words.number(one.ratio, 2),
        "from_": words.number(one.ratio_interval[0], 2),
        "to": words.number(one.ratio_interval[1], 2),
    }


def _differences(found: Groups) -> None:
    layout.figures(
        [
            layout.Figure(
                _("Largest difference of the false negative rate"),
                _in_points(found.false_negative_gap),
                help=_("Between the groups of at least 20 patients: share of those in need who are not flagged."),
            ),
            layout.Figure(
                _("Largest difference of flagged"),
                _in_points(found.selection_gap),
                help=_("Between the groups of at least 20 patients: share that is flagged as in need."),
            ),
        ]
    )


def _in_points(gap: float | None) -> str:
    return (
        "–"
        if gap is None
        else words.counted("{points} point", "{points} points", words.number(100 * gap, 1)).format(
            points=words.number(100 * gap, 1)
        )
    )


def _table(found: Groups) -> None:
    shown = pd.DataFrame([_row(each) for each in found.groups])
    drawn = pd.DataFrame(
        {
            "group": shown["group"],
            "ratio": [each.ratio for each in found.groups],
            "low": [each.ratio_interval[0] for each in found.groups],
            "high": [each.ratio_interval[1] for each in found.groups],
            "small": [each.small for each in found.groups],
        }
    ).dropna()
    if len(drawn):
        pictures.altair(
            explaining_charts.ratios(drawn, title=found.column), alt=_("Observed over predicted need by group")
        )
    text, number = st.column_config.TextColumn, st.column_config.NumberColumn
    printed.grid(
        shown,
        column_config={
            "group": text(found.column, pinned=True),
            "few": text(_("Note")),
            "rows": number(_("Patients"), format="localized"),
            "need": number(_("In need [%]"), format="%.1f"),
            "predicted": number(_("Predicted [%]"), format="%.1f"),
            "ratio": text(_("Observed / predicted")),
            "missed": text(_("Missed cases (false negative rate) [%]")),
            "selected": text(_("Flagged [%]")),
            "accuracy": text(_("Accuracy [%]")),
            "auc": text(_("ROC AUC")),
        },
        alt=_("Scores by group with their intervals"),
    )
    downloads.offer(pd.DataFrame([_flat(each) for each in found.groups]), "groups", key="groups")


def _row(one: GroupScores) -> dict[str, object]:
    return {
        "group": group_cost.name_of(one.group),
        "rows": None if one.is_hidden else one.rows,
        "need": 100 * one.need,
        "predicted": 100 * one.predicted / one.persons,
        "ratio": _with(one.ratio, one.ratio_interval, 1, 2),
        "missed": _with(one.false_negative_rate, one.false_negative_interval, 100, 1),
        "selected": _with(one.selection_rate, one.selection_interval, 100, 1),
        "accuracy": _with(one.accuracy, one.accuracy_interval, 100, 1),
        "auc": _with(one.auc, one.auc_interval, 1, 3),
        "few": _("not told") if one.is_hidden else _("few patients") if one.small else "",
    }


def _with(value: float, interval: tuple[float, float], scale: float, digits: int) -> str:
    """Write a number with its interval."""
    if np.isnan(value):
        return "–"
    low, middle, high = (words.number(scale * each, digits) for each in (interval[0], value, interval[1]))
    return f"{middle} ({low}–{high})"


def _flat(one: GroupScores) -> dict[str, Any]:
    """Return a group for download, every end of an interval in a column of its own."""
    made: dict[str, Any] = {}
    for name, value in one.to_json().items():
        if name.endswith("_interval"):
            made[f"{name}_low"], made[f"{name}_high"] = (None, None) if value is None else value
        else:
            made[name] = value
    return made


def _method(found: Groups) -> None:
    rows = sum(each.rows for each in found.groups if not each.is_hidden)
    layout.in_detail(
        _("How groups are compared"),
        words.counted(
            "On {rows} patient whose need is known, each with the calibrated probability that demand is made of, by "
            "models that have not learned from them. Flagged is who has a probability above {threshold}.",
            "On {rows} patients whose need is known, each with the calibrated probability that demand is made of, by "
            "models that have not learned from them. Flagged is who has a probability above {threshold}.",
            rows,
        ).format(rows=words.number(rows), threshold=words.percent(found.threshold)),
        _(
            "In brackets the interval that holds the true number with a chance of {level}: Wilson's of shares, "
            "Newcombe's of ROC AUC. They take patients for independent; where patients repeat they are too narrow, and "
            "of many groups some differ by chance."
        ).format(level=words.percent(found.level)),
        _("Groups alike in one number may differ in another; no number here says that a model is fair."),
    )

"""What the model does with one column: its mean effect, single patients, and the data under it."""

import pandas as pd
import streamlit as st

from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.explanation.partial_dependence import Dependence, partial_dependence
from medalloc.need.explanation.subject import Subject
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, layout, pictures, printed, words
from medalloc.ui.kit.words import _
from medalloc.ui.need import explained, explaining_charts
from medalloc.ui.need.explained import Trained


@st.fragment
def effects(trained: Trained) -> None:
    """Show how the probability moves with one column, and how much data there is."""
    with layout.failures_as_sentences():
        of, subject = trained.of, explained.subject(trained)
        if subject is None:
            st.info(_("This model was not kept; train again to have it explained."))
            return
        ordered = tuple(each.feature for each in of.importances if each.feature in subject.features)
        left, right = st.columns([2, 1], vertical_alignment="bottom")
        left.selectbox(_("Column"), ordered, **state.bound_to_one_of(at.look.effect_of, ordered))
        column = state.look().effect_of
        found = state.keep(_measured, of, subject, column)
        if not found.values:
            st.info(_("No training patient has a value here."))
            return
        levels = found.column.kind not in ("number", "date")
        if not levels:
            right.toggle(
                _("Start all curves at 0"),
                help=_("Shows how each patient's probability changes, whatever it is to begin with."),
                **state.bound(at.look.effect_centred),
            )
        st.markdown(_in_one_sentence(found))
        _picture(found, levels=levels)
        _told(found, levels=levels)


def _measured(of: Assessment, subject: Subject, column: str) -> Dependence:
    rows = CATALOGUE[of.choice.kind].dependence_rows
    return partial_dependence(subject, column, seed=of.choice.seed, rows=rows)


def _in_one_sentence(found: Dependence) -> str:
    inside = [place for place, holds in enumerate(found.inside) if holds]
    if len(inside) < 2:
        return _(
            "All training patients have the same value of {column}: the model cannot have learned from it."
        ).format(column=words.escape(found.column.name))
    mean = found.mean
    first, last = inside[0], inside[-1]
    if found.column.kind not in ("number", "date"):
        first, last = min(inside, key=lambda place: mean[place]), max(inside, key=lambda place: mean[place])
    return _(
        "With {column} at {low}, all else as it is, the model says {before} on average; with {high} it says {after}."
    ).format(
        column=words.escape(found.column.name),
        low=words.escape(written(found.values[first])),
        high=words.escape(written(found.values[last])),
        before=words.percent(float(mean[first]), 1),
        after=words.percent(float(mean[last]), 1),
    )


def _picture(found: Dependence, *, levels: bool) -> None:
    title = found.column.name
    if levels:
        pictures.altair(
            explaining_charts.dependence_of_levels(found, title=title),
            alt=_("Mean probability of need at each value"),
        )
        return
    pictures.altair(
        explaining_charts.dependence(found, title=title, centred=state.look().effect_centred),
        alt=_("Probability of need over the values of the column"),
    )
    pictures.altair(explaining_charts.density(found), alt=_("Training patients at each value"))


def _told(found: Dependence, *, levels: bool) -> None:
    said = [
        _("Held-out patients it was measured on: {taken} of {rows}.").format(
            taken=words.number(len(found.rows)), rows=words.number(found.held_out)
        )
    ]
    if levels:
        said.append(_("The line holds eight of ten patients."))
        if len(found.values) < len(found.column.levels):
            said.append(
                _("Shown are the {shown} most frequent of {all} values.").format(
                    shown=words.number(len(found.values)), all=words.number(len(found.column.levels))
                )
            )
    else:
        said.append(
            _("Each thin line is one patient, the strong line their mean.")
            + " "
            + _("Grey: beyond the middle 98% of the training data, where the model extrapolates.")
        )
    st.caption(" ".join(said))
    shown = pd.DataFrame(
        {"value": [written(each) for each in found.values], "mean": found.mean, "within 1-99 %": found.inside}
    )
    if levels:
        counts = dict(zip(found.density["low"], found.density["rows"], strict=True))
        shown["training patients"] = [counts.get(each, 0) for each in found.values]
    with st.expander(_("The numbers behind the picture")):
        printed.grid(
            shown,
            column_config={
                "value": st.column_config.TextColumn(found.column.name),
                "mean": st.column_config.NumberColumn(_("Mean probability"), format="percent"),
                "within 1-99 %": st.column_config.CheckboxColumn(_("Within 1–99% of the data")),
                "training patients": st.column_config.NumberColumn(_("Training patients"), format="localized"),
            },
            alt=_("Mean probability of need at each value"),
        )
        downloads.offer(shown, "effect", key="effect")


def written(value: object) -> str:
    """Write a cell: numbers in the visitor's notation, dates by day, yes and no, gaps as not known."""
    if value is None or value is pd.NaT or value != value:
        return _("not known")
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, pd.Timestamp):
        return str(value.date())
    return words.number(float(value)) if isinstance(value, (int, float)) else str(value)

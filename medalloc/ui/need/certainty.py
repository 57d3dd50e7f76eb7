"""Whether the probabilities are true after calibration, and for how many patients the answer is clear."""

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.evaluation.conformal import LEVELS
from medalloc.need.evaluation.reliability import BeforeAfter, before_and_after
from medalloc.need.measures.calibration import CALIBRATIONS, ISOTONIC_FROM
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import charts, palette, pictures, printed, words
from medalloc.ui.kit.words import _
from medalloc.ui.need.training import model_names


def calibration(of: Assessment) -> None:
    """Let the visitor choose how probabilities are calibrated, and show what it changed."""
    names = {"auto": _("By the number of rows"), "isotonic": _("Isotonic"), "sigmoid": _("Sigmoid")}
    st.segmented_control(
        _("Calibration"),
        CALIBRATIONS,
        format_func=names.__getitem__,
        required=True,
        help=_(
            "A curve from the model's score to the share really in need, learned on folds it is not "
            "applied to. By itself it is free (isotonic) from {rows} rows on and a sigmoid below. A change "
            "holds after the next training."
        ).format(rows=words.number(ISOTONIC_FROM)),
        **state.bound(at.study.need.calibration),
    )
    changed = state.keep(before_and_after, of)
    if changed is None:
        return
    st.markdown(words.say(changed.in_words()))
    pictures.plotly(
        _curves(changed, of.choice.kind),
        key="calibration_change",
        alt=_("Observed share in need against the predicted probability, before and after calibration"),
    )


def answers(of: Assessment) -> None:
    """Show for how many patients the data tell, at several levels of certainty."""
    if not of.conformal:
        st.caption(_("There are too few rows to say for how many patients the answer is clear."))
        return
    for each in of.conformal:
        if each.level == 0.9:
            st.markdown(words.say(each.in_words()))
    printed.grid(
        pd.DataFrame(
            {
                "level": [100 * each.level for each in of.conformal],
                "coverage": [100 * each.coverage for each in of.conformal],
                "in_need": [_percent(each.in_need) for each in of.conformal],
                "not_in_need": [_percent(each.not_in_need) for each in of.conformal],
                "one": [100 * each.one for each in of.conformal],
                "either": [100 * each.either for each in of.conformal],
                "neither": [100 * each.neither for each in of.conformal],
                "size": [each.mean_size for each in of.conformal],
            }
        ),
        column_config={
            "level": st.column_config.NumberColumn(_("Target coverage [%]"), format="%.0f"),
            "coverage": st.column_config.NumberColumn(_("Was right for [%]"), format="%.1f"),
            "in_need": st.column_config.NumberColumn(_("Of those in need [%]"), format="%.1f"),
            "not_in_need": st.column_config.NumberColumn(_("Of those not in need [%]"), format="%.1f"),
            "one": st.column_config.NumberColumn(_("One answer [%]"), format="%.1f"),
            "either": st.column_config.NumberColumn(_("Either [%]"), format="%.1f"),
            "neither": st.column_config.NumberColumn(
                _("No answer [%]"),
                format="%.1f",
                help=_("Even the more probable answer is less sure than the level allows to leave out."),
            ),
            "size": st.column_config.NumberColumn(_("Answers in a set"), format="%.2f"),
        },
        alt=_("For how many patients the answer is clear, by level"),
    )
    missing = [words.percent(level) for level in LEVELS if level not in {each.level for each in of.conformal}]
    if missing:
        st.caption(_("Too few rows for: {levels}.").format(levels=", ".join(missing)))
    st.caption(
        _(
            "Conformal sets (split, least ambiguous, for each answer by itself) from the calibrated "
            "probabilities: each fold's sets are learned from the other folds. The promise holds for those "
            "in need and for those not, on average over patients who come like these, not for every other "
            "group of them."
        )
    )


def _percent(share: float | None) -> float:
    return float("nan") if share is None else 100 * share


def _curves(changed: BeforeAfter, kind: str) -> go.Figure:
    after = changed.after.curve
    label = _("{model}, calibrated").format(model=model_names()[kind])
    figure = charts.calibration({kind: (label, (after.predicted, after.observed), after.count)})
    if changed.before is not None:
        before = changed.before.curve
        figure.add_scatter(
            x=before.predicted,
            y=before.observed,
            name=_("before"),
            mode="lines+markers",
            line={"color": palette.QUIET[palette.shade()], "width": 1.5, "dash": "dash"},
        )
    return figure

"""Whether those in need are ranked first, and whether the probabilities are true."""

from collections.abc import Mapping

import streamlit as st

from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.measures.scores import calibration_curve, roc_curve_points
from medalloc.ui.kit import charts, pictures
from medalloc.ui.kit.words import _
from medalloc.ui.need.training import model_names


def curves(every: Mapping[str, Assessment]) -> None:
    """Show ROC and calibration curves of all models."""
    names = model_names()
    ranked, said = {}, {}
    for kind, each in every.items():
        roc, fit = (
            roc_curve_points(each.test_need, each.test_probability, each.test_weight),
            calibration_curve(each.test_need, each.test_probability, weight=each.test_weight),
        )
        ranked[kind] = (names[kind], (roc.false_positive_rate, roc.true_positive_rate))
        said[kind] = (names[kind], (fit.predicted, fit.observed), fit.count)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("ROC curve: how well need is ranked"), anchor=False)
        pictures.plotly(
            charts.roc(ranked),
            key="roc",
            alt=_("ROC curves of the models on the test rows"),
        )
    with right:
        st.subheader(_("Calibration"), anchor=False)
        pictures.plotly(
            charts.calibration(said),
            key="calibration",
            alt=_("Calibration curves of the models on the test rows"),
        )

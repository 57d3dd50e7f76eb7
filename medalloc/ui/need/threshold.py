"""Who is found and who is flagged in error from a probability on."""

import pandas as pd
import streamlit as st

from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.evaluation.majority import worth_nothing
from medalloc.need.measures.bootstrap import Interval, score_intervals
from medalloc.need.measures.scores import Confusion, confusion, scores
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import printed, words
from medalloc.ui.kit.words import _
from medalloc.ui.need.figures import ScoreFigure, score_figures

USUAL = 0.5
"""Threshold at which a model is scored by itself."""


def at_threshold(of: Assessment) -> None:
    """Show who is found and who is flagged in error at a threshold."""
    st.slider(
        _("A patient counts as in need from this probability on"),
        0.0,
        1.0,
        step=0.01,
        help=_("Lower finds more of those in need and flags more of the others in error."),
        **state.bound(at.look.threshold),
    )
    threshold = state.look().threshold
    counts, now = (
        confusion(of.test_need, of.test_probability, threshold, weight=of.test_weight),
        scores(of.test_need, of.test_probability, threshold, weight=of.test_weight),
    )
    in_need, flagged = counts.true_positive + counts.false_negative, counts.true_positive + counts.false_positive
    between = _intervals(of, threshold)
    score_figures(
        [
            ScoreFigure(
                _("Sensitivity"),
                counts.true_positive / in_need if in_need else float("nan"),
                between.get("sensitivity"),
            ),
            ScoreFigure(
                _("Precision (PPV)"),
                counts.true_positive / flagged if flagged else float("nan"),
                between.get("precision"),
            ),
            ScoreFigure(_("Accuracy"), now.accuracy, between.get("accuracy")),
            ScoreFigure(_("Balanced accuracy"), now.balanced_accuracy, between.get("balanced_accuracy")),
        ]
    )
    nothing = worth_nothing(of.test_need, now, of.test_weight)
    # at one half the same stands among the model's warnings already
    if nothing is not None and threshold != USUAL:
        st.warning(words.say(nothing))
    _confusion_table(counts)


def _confusion_table(counts: Confusion) -> None:
    printed.grid(
        pd.DataFrame(
            {
                "really": [_("in need"), _("not in need")],
                "flagged": [round(counts.true_positive), round(counts.false_positive)],
                "passed": [round(counts.false_negative), round(counts.true_negative)],
            }
        ),
        column_config={
            "really": st.column_config.TextColumn(_("Observed")),
            "flagged": st.column_config.NumberColumn(_("Flagged [test patients]"), format="localized"),
            "passed": st.column_config.NumberColumn(_("Not flagged [test patients]"), format="localized"),
        },
        alt=_("Confusion matrix at the threshold"),
    )


def _intervals(of: Assessment, threshold: float) -> dict[str, Interval]:
    return state.keep(
        score_intervals,
        of.test_need,
        of.test_probability,
        threshold,
        patients=of.test_patients,
        seed=of.choice.seed,
        weight=of.test_weight,
    )

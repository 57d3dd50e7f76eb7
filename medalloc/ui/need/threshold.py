"""Who is found and who is flagged in error from a probability on."""

import pandas as pd
import streamlit as st

from medalloc.need.assessment import Assessment
from medalloc.need.evaluation import confusion, scores
from medalloc.ui import layout, state, words
from medalloc.ui.words import _


def at_threshold(of: Assessment) -> None:
    """Show who is found and who is flagged in error at a threshold."""
    st.slider(
        _("A patient counts as in need from this probability on"),
        0.0,
        1.0,
        step=0.01,
        help=_("Lower finds more of those in need and flags more of the others in error."),
        **state.bound("threshold"),
    )
    threshold = state.get().threshold
    counts, now = (
        confusion(of.test_need, of.test_probability, threshold),
        scores(of.test_need, of.test_probability, threshold),
    )
    in_need, flagged = counts.true_positive + counts.false_negative, counts.true_positive + counts.false_positive
    layout.figures(
        [
            layout.Figure(_("Found, of those in need"), words.percent(counts.true_positive / max(1, in_need), 1)),
            layout.Figure(
                _("In need, of those flagged"), words.percent(counts.true_positive / flagged, 1) if flagged else "–"
            ),
            layout.Figure(_("Accuracy"), words.percent(now.accuracy, 1)),
            layout.Figure(_("Balanced accuracy"), words.percent(now.balanced_accuracy, 1)),
        ]
    )
    st.dataframe(
        pd.DataFrame(
            {
                "really": [_("in need"), _("not in need")],
                "flagged": [counts.true_positive, counts.false_positive],
                "passed": [counts.false_negative, counts.true_negative],
            }
        ),
        hide_index=True,
        column_config={
            "really": st.column_config.TextColumn(_("Really")),
            "flagged": st.column_config.NumberColumn(_("Flagged [test patients]"), format="localized"),
            "passed": st.column_config.NumberColumn(_("Not flagged [test patients]"), format="localized"),
        },
        alt=_("Confusion matrix at the threshold"),
    )

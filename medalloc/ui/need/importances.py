"""Which columns a model relies on."""

import pandas as pd
import streamlit as st

from medalloc.need.assessment import Assessment
from medalloc.ui import charts, downloads
from medalloc.ui.words import _


def importances(of: Assessment) -> None:
    """Show which columns the model relies on, measured up to three ways."""
    shown = pd.DataFrame([vars(each) for each in of.importances])
    ways = {
        "permutation": (
            _("Permutation"),
            _("Loss of ROC AUC when the column is shuffled"),
            _("On test rows, five shuffles; the line is the spread."),
        ),
        "impurity": (
            _("Gain in the trees"),
            _("Share of the trees' gain"),
            _("On training rows; it favours columns with many values."),
        ),
        "shap": (_("SHAP"), _("Mean effect on the log-odds"), _("Exact TreeSHAP, on test rows.")),
    }
    known = [way for way in ways if way in shown and shown[way].notna().any()]
    for tab, way in zip(st.tabs([ways[way][0] for way in known]), known, strict=True):
        with tab:
            top = shown.sort_values(way, ascending=False).head(15)
            spread = top["permutation_sd"].tolist() if way == "permutation" else None
            st.altair_chart(
                charts.ranked_bars(top["feature"].tolist(), top[way].tolist(), title=ways[way][1], spread=spread),
                alt=ways[way][1],
            )
            st.caption(ways[way][2])
    downloads.offer(shown, "importances", key="importances")
    st.caption(_("An importance says what the model relies on, not what causes need."))

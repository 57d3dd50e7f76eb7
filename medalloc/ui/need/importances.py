"""Which columns a model relies on."""

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.explanation.importance import EXPLAINED_ROWS
from medalloc.ui.kit import charts, downloads, pictures, words
from medalloc.ui.kit.words import _
from medalloc.ui.need import explaining_charts
from medalloc.ui.need.explained import Trained

SWARM_ROWS, SWARM_COLUMNS = 300, 8
"""Patients and columns of which every point is drawn."""


def importances(trained: Trained) -> None:
    """Show which columns the model relies on, measured up to three ways."""
    of = trained.of
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
        "shap": (_("SHAP"), _("Mean effect on the log-odds"), _explained_rows(of)),
    }
    known = [way for way in ways if way in shown and shown[way].notna().any()]
    for tab, way in zip(st.tabs([ways[way][0] for way in known]), known, strict=True):
        with tab:
            top = shown.sort_values(way, ascending=False).head(15)
            spread = top["permutation_sd"].tolist() if way == "permutation" else None
            pictures.altair(
                charts.ranked_bars(top["feature"].tolist(), top[way].tolist(), title=ways[way][1], spread=spread),
                alt=ways[way][1],
            )
            st.caption(ways[way][2])
            if way == "shap":
                _swarm(trained, top["feature"].tolist()[:SWARM_COLUMNS])
    downloads.offer(shown, "importances", key="importances")
    st.caption(_("An importance says what the model relies on, not what causes need."))


def _explained_rows(of: Assessment) -> str:
    """Say on how many rows TreeSHAP was computed; it stops at a cap."""
    taken = 0 if of.explanations is None else len(of.explanations.rows)
    return _("Exact TreeSHAP, on test rows: {taken} of {rows} (at most {most}).").format(
        taken=words.number(taken), rows=words.number(of.test_rows), most=words.number(EXPLAINED_ROWS)
    )


def _swarm(trained: Trained, features: list[str]) -> None:
    """Show every explained patient as a point for the columns that matter most."""
    table, of, found = trained.table, trained.of, trained.of.explanations
    if found is None or not len(found.rows):
        return
    drawn = np.unique(np.linspace(0, len(found.rows) - 1, SWARM_ROWS).astype(int))
    parts = []
    for name in features:
        cells = table.frame[name].iloc[found.rows[drawn]].reset_index(drop=True)
        ordered = pd.api.types.is_numeric_dtype(cells) or pd.api.types.is_datetime64_any_dtype(cells)
        rank = cells.rank(pct=True).astype(float) if ordered else np.nan
        added = found.contributions[drawn, of.features.index(name)]
        parts.append(pd.DataFrame({"feature": name, "added": added, "rank": rank}))
    pictures.altair(
        explaining_charts.swarm(pd.concat(parts, ignore_index=True), features),
        alt=_("What each column adds for single test patients"),
    )
    st.caption(
        _(
            "Each point is a test patient ({drawn} in all); to the right the column adds to the need. Grey: text."
        ).format(drawn=words.number(len(drawn)))
    )

"""Parts of the Need screen: training as a job, the leaderboard, one model in detail."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from medalloc.need.assessment import Assessment
from medalloc.need.evaluation import calibration_curve, confusion, roc_curve_points, scores
from medalloc.ui import chain, charts, downloads, layout, state, words
from medalloc.ui.training import model_names
from medalloc.ui.words import _


def in_one_sentence() -> str | None:
    """Answer the screen's question with the current numbers."""
    best = chain.assessment()
    if best is None:
        return None
    return _(
        "{model} ranks a patient in need above one who is not in {auc} of pairs; it is right for {accuracy} of "
        "patients, always giving the more frequent answer would be right for {majority}."
    ).format(
        model=model_names()[best.choice.kind],
        auc=words.percent(best.scores.roc_auc),
        accuracy=words.percent(best.scores.accuracy, 1),
        majority=words.percent(best.scores.majority_accuracy, 1),
    )


def leaderboard(every: Mapping[str, Assessment]) -> None:
    """Show every model beside the answer that needs no model."""
    names = model_names()
    first = next(iter(every.values()))
    rows = [
        {
            "model": names[kind],
            "accuracy": 100 * each.scores.accuracy,
            "balanced": 100 * each.scores.balanced_accuracy,
            "auc": each.scores.roc_auc,
            "fold_auc": _spread(each, "roc_auc"),
            "precision": each.scores.average_precision,
            "brier": each.scores.brier,
        }
        for kind, each in sorted(every.items(), key=lambda pair: -pair[1].scores.roc_auc)
    ]
    share = float(first.test_need.mean())
    rows.append(
        {
            "model": _("Always the more frequent answer"),
            "accuracy": 100 * first.scores.majority_accuracy,
            "balanced": 50.0,
            "auc": 0.5,
            "fold_auc": "",
            "precision": share,
            "brier": share * (1 - share),
        }
    )
    st.dataframe(
        pd.DataFrame(rows),
        hide_index=True,
        column_config={
            "model": st.column_config.TextColumn(_("Model"), pinned=True),
            "accuracy": st.column_config.NumberColumn(_("Accuracy [%]"), format="%.1f"),
            "balanced": st.column_config.NumberColumn(_("Balanced accuracy [%]"), format="%.1f"),
            "auc": st.column_config.NumberColumn(_("ROC AUC"), format="%.3f"),
            "fold_auc": st.column_config.TextColumn(
                _("ROC AUC, five folds"), help=_("Mean and standard deviation over five folds.")
            ),
            "precision": st.column_config.NumberColumn(_("Average precision"), format="%.3f"),
            "brier": st.column_config.NumberColumn(_("Brier score"), format="%.3f"),
        },
        alt=_("Scores of every model on the test rows"),
    )
    st.caption(
        _("Learnt from {train} rows, tested on {test} that were set aside. Every score is of the test rows.").format(
            train=words.number(first.train_rows), test=words.number(first.test_rows)
        )
    )


def _spread(of: Assessment, score: str) -> str:
    folds = of.cross_validation
    if folds is None:
        return ""
    return f"{words.number(getattr(folds.mean, score), 3)} ± {words.number(getattr(folds.spread, score), 3)}"


def choose(every: Mapping[str, Assessment]) -> Assessment:
    """Let the visitor choose the model that is looked at and whose probabilities make the demand."""
    names, best = model_names(), chain.assessment()
    kinds = tuple(every)
    if state.get().model not in kinds and best is not None:
        state.change(model=best.choice.kind)
    st.segmented_control(
        _("In detail, and used for the demand"),
        kinds,
        format_func=names.__getitem__,
        required=True,
        **state.bound("model"),
    )
    return every[state.get().model or kinds[0]]


def warnings(of: Assessment) -> None:
    """Show what a reader must know before quoting a score."""
    for each in of.warnings:
        st.warning(words.say(each))


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


def curves(every: Mapping[str, Assessment]) -> None:
    """Show ROC and calibration curves of all models."""
    names = model_names()
    ranked, said = {}, {}
    for kind, each in every.items():
        roc, fit = (
            roc_curve_points(each.test_need, each.test_probability),
            calibration_curve(each.test_need, each.test_probability),
        )
        ranked[kind] = (names[kind], (roc.false_positive_rate, roc.true_positive_rate))
        said[kind] = (names[kind], (fit.predicted, fit.observed), fit.count)
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("Who is ranked first"), anchor=False)
        st.plotly_chart(
            charts.roc(ranked),
            key="roc",
            config={"displayModeBar": False},
            alt=_("ROC curves of the models on the test rows"),
        )
    with right:
        st.subheader(_("Whether the probabilities are true"), anchor=False)
        st.plotly_chart(
            charts.calibration(said),
            key="calibration",
            config={"displayModeBar": False},
            alt=_("Calibration curves of the models on the test rows"),
        )


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

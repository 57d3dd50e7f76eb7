"""Every model beside the answer that needs no model, and the one that is looked at."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st

from medalloc.need.assessment import Assessment
from medalloc.ui import chain, state, words
from medalloc.ui.need.training import model_names
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

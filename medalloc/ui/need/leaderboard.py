"""Every model beside the answer that needs no model, what follows, and the one that is looked at."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.need.comparison.comparison import ComparedModel, Comparison, compare
from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.measures.scores import Scores
from medalloc.sentences import Sentence
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout, printed, words
from medalloc.ui.kit.words import _
from medalloc.ui.need import leaderboard_picture
from medalloc.ui.need.figures import chip, ends, with_interval
from medalloc.ui.need.training import model_names


def in_one_sentence(looked_at: Assessment) -> str:
    """Answer the screen's question with the current numbers."""
    found = looked_at.scores
    if found.accuracy > found.majority_accuracy:
        said = _(
            "{model} ranks a patient in need above one who is not in {auc} of pairs (95% interval "
            "{interval}); it is right for {accuracy} of patients, always giving the majority answer would "
            "be right for {majority}."
        )
    else:
        said = _(
            "{model} ranks a patient in need above one who is not in {auc} of pairs (95% interval "
            "{interval}). Its accuracy of {accuracy} is worth nothing: always giving the majority answer "
            "is right for {majority}."
        )
    return said.format(
        model=model_names()[looked_at.choice.kind],
        auc=words.percent(found.roc_auc),
        interval=ends(looked_at.intervals.get("roc_auc")) or "–",
        accuracy=words.percent(found.accuracy, 1),
        majority=words.percent(found.majority_accuracy, 1),
    )


def figures(looked_at: Assessment, majority: Scores) -> list[layout.Figure]:
    """Return the scores of a model, each with its interval or beside what the answer without a model reaches."""
    found, beside = looked_at.scores, _("{value} always giving the majority answer")
    return [
        layout.Figure(
            _("ROC AUC, test"),
            words.number(found.roc_auc, 3),
            below=chip(looked_at.intervals.get("roc_auc"), 3) or beside.format(value=words.number(majority.roc_auc, 3)),
        ),
        layout.Figure(
            _("Accuracy, test"),
            words.percent(found.accuracy, 1),
            below=beside.format(value=words.percent(found.majority_accuracy, 1)),
        ),
        layout.Figure(
            _("Brier score"),
            words.number(found.brier, 3),
            help=_("Mean squared error of the probabilities; lower is better."),
            below=beside.format(value=words.number(majority.brier, 3)),
        ),
    ]


def compared(every: Mapping[str, Assessment]) -> Comparison:
    """Return the models beside each other on the same folds."""
    return compare(every, model_names())


def picture(compared: Comparison, looked_at: Assessment) -> None:
    """Show the scores of the model that is looked at, and those of all on the same test rows, with what follows."""
    layout.figures(figures(looked_at, compared.majority))
    st.markdown("  \n".join(words.say(each) for each in compared.verdict))
    leaderboard_picture.draw(compared, model_names())


def table(compared: Comparison, every: Mapping[str, Assessment], left_out: Mapping[str, Sentence]) -> None:
    """Show every model on the same folds beside the answer that needs no model, and who was left out."""
    names = model_names()
    printed.grid(
        pd.DataFrame([*(_row(each, names) for each in compared.models), _majority(compared.majority)]),
        column_config=_columns(),
        alt=_("Scores of every model over the same folds and on the test rows"),
    )
    refused(left_out)
    first = next(iter(every.values()))
    st.caption(
        f"{_folds(compared)} "
        + _(
            "Scores of the test are of rows that were set aside ({test}), with their 95% bootstrap interval; rows "
            "learned from: {train}."
        ).format(train=words.number(first.train_rows), test=words.number(first.test_rows))
    )
    st.caption(
        _(
            "Two models are told apart when a paired test over the folds, with the variance corrected for their "
            "overlap (Nadeau and Bengio), gives p below 0.05. From simple to complex: {order}."
        ).format(order=words.together(list(names.values())))
    )


def refused(left_out: Mapping[str, Sentence]) -> None:
    """Say which models could not be trained, and why."""
    for kind, said in left_out.items():
        st.info(f"{model_names().get(kind, kind)}: {words.say(said)}")


def choose(every: Mapping[str, Assessment], first: str) -> Assessment:
    """Let the visitor choose the model that is looked at and whose probabilities make the demand."""
    names, kinds = model_names(), tuple(every)
    st.segmented_control(
        _("In detail, and used for the demand"),
        kinds,
        format_func=names.__getitem__,
        required=True,
        **state.bound(at.study.need.model, shown=lambda chosen: chosen if chosen in kinds else first),
    )
    return every[first]


def warnings(said: Iterable[Sentence]) -> None:
    """Show what a reader must know before quoting a score."""
    for each in said:
        st.warning(words.say(each))


def _row(row: ComparedModel, names: Mapping[str, str]) -> dict[str, object]:
    found, between = row.test, row.intervals
    return {
        "model": names[row.kind],
        "fold_auc": f"{words.number(row.mean.roc_auc, 3)} ± {words.number(row.spread.roc_auc, 3)}"
        if not np.isnan(row.spread.roc_auc)
        else "–",
        "seconds": row.fit_seconds,
        "auc": with_interval(found.roc_auc, between.get("roc_auc"), digits=3),
        "accuracy": with_interval(found.accuracy, between.get("accuracy"), digits=1, scale=100),
        "balanced": with_interval(found.balanced_accuracy, between.get("balanced_accuracy"), digits=1, scale=100),
        "brier": with_interval(found.brier, between.get("brier"), digits=3),
        "precision": with_interval(found.average_precision, between.get("average_precision"), digits=3),
    }


def _majority(found: Scores) -> dict[str, object]:
    return {
        "model": _("Always the majority answer"),
        "fold_auc": words.number(found.roc_auc, 3),
        "seconds": 0.0,
        "auc": words.number(found.roc_auc, 3),
        "accuracy": words.number(100 * found.accuracy, 1),
        "balanced": words.number(100 * found.balanced_accuracy, 1),
        "brier": words.number(found.brier, 3),
        "precision": words.number(found.average_precision, 3),
    }


def _columns() -> dict[str, Any]:
    column = st.column_config
    return {
        "model": column.TextColumn(_("Model"), pinned=True, width=215),
        "fold_auc": column.TextColumn(
            _("ROC AUC, folds"),
            width=105,
            help=_("Mean and standard deviation over folds, the same for every model."),
        ),
        "seconds": column.NumberColumn(
            _("Training [s]"), format="%.2f", width=90, help=_("Time to learn from one fold, on average.")
        ),
        "auc": column.TextColumn(_("ROC AUC, test"), width=140),
        "accuracy": column.TextColumn(_("Accuracy [%]"), width=115),
        "balanced": column.TextColumn(_("Balanced accuracy [%]"), width=150),
        "brier": column.TextColumn(_("Brier score"), width=140),
        "precision": column.TextColumn(_("Average precision"), width=140),
    }


def _folds(of: Comparison) -> str:
    said = {
        "time": _("Folds: {count}, by time: each model learns from earlier rows and is tested on later ones."),
        "patient": _("Folds: {count}, by patient: a patient's rows are never on both sides."),
        "chance": _("Folds: {count}, drawn by chance with like shares of need."),
    }
    return said[of.kind].format(count=of.folds)

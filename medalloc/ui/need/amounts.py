"""Models of amounts on the Need screen: how well each tells them, what follows, and the one that is looked at."""

from collections.abc import Mapping

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.need.comparison.amounts import AmountComparison, compare_amounts
from medalloc.need.evaluation.amount_assessment import AmountAssessment
from medalloc.need.models.amount_catalogue import AMOUNTS
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import printed, words
from medalloc.ui.kit.words import _
from medalloc.ui.need import leaderboard_picture
from medalloc.ui.need.figures import with_interval


def amount_names() -> dict[str, str]:
    """Return what each model of amounts is called."""
    return {kind: words.say(each.name) for kind, each in AMOUNTS.items()}


def in_one_sentence(of: AmountAssessment, unit: str) -> str:
    """Answer the screen's question with the current numbers."""
    said = _(
        "{model} expects {mean} {unit} of a patient on average and errs by {error}; it explains {explained} of how "
        "patients differ (deviance)."
    )
    if of.cross_validation.mean.explained <= 0:
        said = _("Who needs more {unit} than others cannot be told; {mean} are expected of a patient on average.")
    return said.format(
        model=amount_names()[of.choice.kind],
        mean=words.number(float(np.nanmean(of.expected)), 2),
        unit=words.escape(unit),
        error=words.number(of.cross_validation.mean.mae, 2),
        explained=words.percent(max(of.cross_validation.mean.explained, 0.0)),
    )


def picture(every: Mapping[str, AmountAssessment], unit: str) -> None:
    """Show the scores of every model of amounts on the same test rows, with what follows."""
    names = amount_names()
    compared = state.keep(_compared, every, names)
    st.markdown("  \n".join(words.say(each) for each in compared.verdict))
    leaderboard_picture.draw_amounts([every[kind] for kind in compared.order], names, _error(unit))


def _error(unit: str) -> str:
    return _("Mean absolute error [{unit}]").format(unit=unit)


def leaderboard(every: Mapping[str, AmountAssessment], unit: str) -> None:
    """Show every model of amounts on the same folds beside the mean of all."""
    names = amount_names()
    compared = state.keep(_compared, every, names)
    printed.grid(
        pd.DataFrame([_row(names[kind], every[kind]) for kind in compared.order]),
        column_config={
            "model": st.column_config.TextColumn(_("Model"), pinned=True),
            "folds": st.column_config.TextColumn(
                _("Deviance, folds"), help=_("Mean and standard deviation over folds, the same for every model.")
            ),
            "explained": st.column_config.TextColumn(
                _("Explained [%]"),
                help=_("Share of the deviance around the mean of all that is explained, over folds."),
            ),
            "deviance": st.column_config.TextColumn(_("Deviance, test")),
            "mae": st.column_config.TextColumn(_error(unit)),
            "ratio": st.column_config.TextColumn(
                _("Observed over expected"), help=_("1 is perfect; above 1 the model expects too little.")
            ),
            "seconds": st.column_config.NumberColumn(_("Training [s]"), format="%.2f"),
        },
        alt=_("Scores of every model of amounts over the same folds and on the test rows"),
    )
    first = every[compared.chosen]
    st.caption(
        _(
            "Scores of the test are of rows that were set aside ({test}), with their 95% bootstrap interval; rows "
            "learned from: {train}."
        ).format(train=words.number(first.train_rows), test=words.number(first.test_rows))
    )


def _compared(every: Mapping[str, AmountAssessment], names: dict[str, str]) -> AmountComparison:
    return compare_amounts(every, names)


def _row(name: str, of: AmountAssessment) -> dict[str, object]:
    folds, test = of.cross_validation, of.scores
    return {
        "model": name,
        "folds": f"{words.number(folds.mean.deviance, 3)} ± {words.number(folds.spread.deviance, 3)}",
        "explained": words.number(100 * folds.mean.explained, 1),
        "deviance": with_interval(test.deviance, of.intervals.get("deviance"), digits=3),
        "mae": with_interval(test.mae, of.intervals.get("mae"), digits=2),
        "ratio": with_interval(test.ratio, of.intervals.get("ratio"), digits=2),
        "seconds": of.fit_seconds,
    }


def choose(every: Mapping[str, AmountAssessment], used: str) -> AmountAssessment:
    """Let the visitor choose the model that is looked at and whose amounts make the demand."""
    names, kinds = amount_names(), tuple(kind for kind in AMOUNTS if kind in every)
    st.segmented_control(
        _("In detail, and used for the demand"),
        kinds,
        format_func=names.__getitem__,
        required=True,
        **state.bound(at.study.need.model, shown=lambda chosen: chosen if chosen in kinds else used),
    )
    return every[used]

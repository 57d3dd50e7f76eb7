"""Trainings of one network beside each other, named by how they went down the loss."""

from collections.abc import Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd
import streamlit as st

from medalloc.jobs.tasks import Assessed
from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.models.choice import ModelChoice
from medalloc.networks.network import Epoch
from medalloc.ui.kit import palette, pictures, printed
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _

HEIGHT = 300
DASHES = ((1, 0), (6, 3), (2, 2), (8, 2, 2, 2))
"""Runs are told apart by their lines as well."""


@dataclass(frozen=True)
class Descent:
    """How one training of a network went."""

    name: str
    """By its optimiser, and a number where there are several."""

    of: Assessment
    """What was found about the network."""

    passes: Sequence[Epoch]
    """The loss, pass after pass."""


def descents(runs: Sequence[Assessed], of: Assessment) -> list[Descent]:
    """Return the trainings of one kind of network on one table by one recipe, in the order in which they were made."""
    found: list[Descent] = []
    for run in reversed(runs):
        one, trainings = run.assessments.get(of.choice.kind), run.losses.get(of.choice.kind)
        if one is None or not trainings or (one.sha256, one.recipe) != (of.sha256, of.recipe):
            continue
        name = optimiser(one.choice)
        before = sum(optimiser(each.of.choice) == name for each in found)
        found.append(Descent(f"{name} · {before + 1}" if before else name, one, trainings[0]))
    return found


def optimiser(choice: ModelChoice) -> str:
    """Return what the optimiser of a network is called."""
    names = {"gd": _("Gradient descent"), "sgd": _("SGD"), "adam": _("Adam")}
    return names[choice.text("optimizer")]


def side_by_side(found: Sequence[Descent]) -> None:
    """Draw the loss of every run, and show what each came to."""
    pictures.altair(_drawn(found), alt=_("Loss of every run, pass after pass"))
    printed.grid(
        pd.DataFrame(
            {
                "run": [each.name for each in found],
                "passes": [len(each.passes) for each in found],
                "loss": [min(_told(one) for one in each.passes) for each in found],
                "auc": [each.of.scores.roc_auc for each in found],
                "brier": [each.of.scores.brier for each in found],
                "seed": [each.of.choice.seed for each in found],
            }
        ),
        column_config={
            "run": st.column_config.TextColumn(_("Optimiser"), pinned=True),
            "passes": st.column_config.NumberColumn(_("Passes over the rows")),
            "loss": st.column_config.NumberColumn(_("Smallest loss, held out"), format="%.4f"),
            "auc": st.column_config.NumberColumn(_("ROC AUC, test"), format="%.3f"),
            "brier": st.column_config.NumberColumn(_("Brier score"), format="%.3f"),
            "seed": st.column_config.NumberColumn(_("Seed"), format="%d"),
        },
        alt=_("What every run came to"),
    )
    st.caption(
        _("The last runs on this table and recipe. Choose another optimiser in the settings and train to add one.")
    )


def _told(one: Epoch) -> float:
    """Return the loss on rows held out, or where there are none on those learned from."""
    return one.loss if one.validation is None else one.validation


def _drawn(found: Sequence[Descent]) -> Drawing:
    shown = pd.DataFrame(
        [{"run": each.name, "pass": one.number, "loss": _told(one)} for each in found for one in each.passes]
    )
    names, colour = [each.name for each in found], palette.model(found[0].of.choice.kind)
    dashes = [list(DASHES[place % len(DASHES)]) for place in range(len(names))]
    return (
        alt.Chart(shown)
        .mark_line(strokeWidth=2, color=colour)
        .encode(
            x=alt.X("pass:Q", title=_("Pass over the rows"), axis=alt.Axis(tickMinStep=1, format="d")),
            y=alt.Y("loss:Q", title=_("Loss"), scale=alt.Scale(zero=False)),
            strokeDash=alt.StrokeDash(
                "run:N",
                title=None,
                scale=alt.Scale(domain=names, range=dashes),
                legend=alt.Legend(orient="top", symbolStrokeWidth=2.5, symbolSize=600, labelLimit=260),
            ),
            tooltip=[
                alt.Tooltip("run:N", title=_("Optimiser")),
                alt.Tooltip("pass:Q", title=_("Pass over the rows")),
                alt.Tooltip("loss:Q", title=_("Loss"), format=".4f"),
            ],
        )
        .properties(height=HEIGHT)
    )

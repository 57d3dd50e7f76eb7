"""How networks learn: the loss, pass after pass."""

from collections.abc import Mapping, Sequence

import altair as alt
import pandas as pd
import streamlit as st

from medalloc.jobs.losses import Losses, losses
from medalloc.jobs.run import Status
from medalloc.networks.network import Epoch
from medalloc.ui.kit import palette, pictures, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _
from medalloc.ui.need import descents
from medalloc.ui.need.descents import Descent

HEIGHT = 260


def live(now: Status, names: Mapping[str, str]) -> None:
    """Show the loss of the network that is being trained, as far as it is.

    Parameters
    ----------
    now : Status
        Of the training.
    names : mapping
        What each kind of model is called.
    """
    every = losses(now.so_far)
    if not every:
        return
    kind, trainings = list(every.items())[-1]
    st.caption(
        _("{model}, training {number}; passes over the rows so far: {passes}.").format(
            model=names[kind], number=len(trainings), passes=len(trainings[-1])
        )
    )
    pictures.altair(loss_chart(trainings[-1], kind), alt=_("Loss of the network, pass after pass"))


def learned(every: Losses, names: Mapping[str, str], beside: Mapping[str, Sequence[Descent]]) -> None:
    """Show how the networks that were tested learned.

    Parameters
    ----------
    every : mapping
        Loss after each pass, by kind of model.
    names : mapping
        What each kind of model is called.
    beside : mapping
        The same of earlier trainings, too, by kind of model.
    """
    if not every:
        return
    # once there are several runs to compare it stays open
    several = any(len(runs) > 1 for runs in beside.values())
    with st.expander(_("How the networks learned"), icon=":material/show_chart:", expanded=several):
        for kind, trainings in every.items():
            used = beside[kind][-1].name if beside.get(kind) else ""
            st.markdown(f"**{names[kind]}{f' · {used}' if used else ''}**  \n{in_words(trainings[0])}")
            pictures.altair(
                loss_chart(trainings[0], kind), alt=_("Loss of the network, pass after pass"), key=f"loss_of_{kind}"
            )
            if len(beside.get(kind, ())) > 1:
                descents.side_by_side(beside[kind])
        st.caption(
            _(
                "The loss is the mean log loss: 0.69 is a coin toss, lower is better. Rows held out only tell when to "
                "stop; they are not the test rows."
            )
        )


def in_words(passes: Sequence[Epoch]) -> str:
    """Return how the loss went, in a sentence."""
    judged = [each for each in passes if each.validation is not None]
    if not judged:
        return _("Passes made: {passes}. The loss after the last one is {loss}; no rows were held out.").format(
            passes=len(passes), loss=words.number(passes[-1].loss, 3)
        )
    best = min(judged, key=lambda each: each.validation or 0.0)
    return _(
        "Passes made: {passes}. The weights are those after pass {best}, where the loss on held-out rows was "
        "smallest ({loss})."
    ).format(passes=len(passes), best=best.number, loss=words.number(best.validation or 0.0, 3))


def loss_chart(passes: Sequence[Epoch], kind: str) -> Drawing:
    """Return training and validation loss by pass."""
    learned_from, held_out = _("rows learned from"), _("rows held out")
    shown = pd.DataFrame(
        [{"pass": each.number, "loss": each.loss, "of": learned_from} for each in passes]
        + [
            {"pass": each.number, "loss": each.validation, "of": held_out}
            for each in passes
            if each.validation is not None
        ]
    )
    colours = alt.Scale(domain=[learned_from, held_out], range=[palette.QUIET[palette.shade()], palette.model(kind)])
    base = alt.Chart(shown).encode(
        x=alt.X("pass:Q", title=_("Pass over the rows"), axis=alt.Axis(tickMinStep=1, format="d")),
        y=alt.Y("loss:Q", title=_("Loss"), scale=alt.Scale(zero=False)),
        color=alt.Color("of:N", scale=colours, legend=alt.Legend(title=None, orient="top")),
        strokeDash=alt.StrokeDash(
            "of:N", scale=alt.Scale(domain=[learned_from, held_out], range=[[4, 3], [1, 0]]), legend=None
        ),
        tooltip=[
            alt.Tooltip("of:N", title=_("Loss of")),
            alt.Tooltip("pass:Q", title=_("Pass over the rows")),
            alt.Tooltip("loss:Q", title=_("Loss"), format=".4f"),
        ],
    )
    return base.mark_line(strokeWidth=2, point=len(passes) == 1).properties(height=HEIGHT)

"""Step 6, the race: full-batch gradient descent, stochastic gradient descent and Adam down the same loss."""

import numpy as np
import streamlit as st

from medalloc.lessons.descent import WAYS, Way
from medalloc.lessons.standing import AXES, Axis
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _
from medalloc.ui.learn import parts, race_library, race_network, race_paths

RATES = (0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1.0, 3.0)
FORMULAS = (
    r"\text{GD, SGD:}\quad\theta\leftarrow\theta-\eta\,g",
    r"\text{Adam:}\quad\theta\leftarrow\theta-\eta\,\frac{\hat m}{\sqrt{\hat v}+\varepsilon}",
    r"\text{“Adam”:}\quad\theta\leftarrow\theta-\eta\,\frac{m}{1-\beta_1^t}",
    r"g=\tfrac{1}{|B|}\textstyle\sum_{i\in B}\nabla\ell_i(\theta)",
    r"m\leftarrow\beta_1m+(1-\beta_1)\,g",
    r"v\leftarrow\beta_2v+(1-\beta_2)\,g^2",
    r"\hat m=\tfrac{m}{1-\beta_1^t},\quad\hat v=\tfrac{v}{1-\beta_2^t}",
)


def names() -> dict[str, str]:
    """Return what the optimisers are called."""
    return {
        "descent": _("Gradient descent"),
        "sgd": _("SGD"),
        "adam": _("Adam"),
        "adam-printed": _("“Adam” as printed"),
    }


def axis_names() -> dict[Axis, str]:
    """Return what the loss can be shown against."""
    return {"updates": _("Updates"), "passes": _("Passes"), "seconds": _("Seconds")}


def in_race() -> tuple[Way, ...]:
    """Return who takes part, in a fixed order."""
    return tuple(way for way in WAYS if way in state.learn().learn_ways)


def rates() -> dict[Way, float]:
    """Return the learning rate of everybody who takes part."""
    every: dict[Way, float] = {
        "descent": state.learn().learn_rate_descent,
        "sgd": state.learn().learn_rate_sgd,
        "adam": state.learn().learn_rate_adam,
        "adam-printed": state.learn().learn_rate_adam_printed,
    }
    return {way: every[way] for way in in_race()}


def axis() -> Axis:
    """Return what the loss is shown against."""
    return next(each for each in AXES if each == state.learn().learn_axis)


def answer() -> str | None:
    """Say who is lowest in the network, at the effort that all have made."""
    ranked = race_network.ranked(rates(), axis())
    if not ranked:
        return None
    effort = {
        "updates": _("After the same number of updates"),
        "passes": _("After as many passes over the rows"),
        "seconds": _("After the same time on this machine"),
    }[axis()]
    called = names()
    lost = _("lost")
    losses = [words.number(loss, 3) if np.isfinite(loss) else lost for way, loss in ranked]
    reached = "; ".join(f"{called[way]}: {loss}" for (way, _loss), loss in zip(ranked, losses, strict=True))
    if not np.isfinite(ranked[0][1]):
        return _("All runs diverged: every learning rate is too large here.")
    return _("{effort} the loss of the network is, lowest first: {reached}.").format(effort=effort, reached=reached)


def lesson() -> None:
    """Show the step."""
    parts.opened(
        _("Three ways down a loss"),
        FORMULAS,
        _(
            "Gradient descent (GD) reads every row for each step; stochastic gradient descent (SGD) and Adam read a "
            "batch B and take many cheap steps. Adam divides each step by the size of recent slopes."
        ),
        _(
            "The last line of the article's Adam divides m by 1 − β₁ᵗ and has no v: gradient descent with momentum. "
            "That rule is in the race as it is printed, so that one can see what v is for."
        ),
    )
    controls()
    if not in_race():
        st.info(_("Choose at least one optimiser."))
    else:
        race_paths.panel(rates(), axis(), names(), axis_names())
        race_network.panel(rates(), axis(), names(), axis_names())
        race_library.panel(rates(), axis(), names(), axis_names())
    parts.questions(_questions())


def controls() -> None:
    """Let the visitor choose who takes part, at which rate, and what they are measured by."""
    called, along = names(), axis_names()
    st.pills(
        _("Who takes part"),
        WAYS,
        format_func=called.__getitem__,
        selection_mode="multi",
        help=_("Colours and strokes stay the same in every picture."),
        **state.bound(at.learn.learn_ways),
    )
    for place, way in zip(st.columns(len(WAYS)), WAYS, strict=True):
        place.select_slider(
            _("Rate η: {name}").format(name=called[way]),
            RATES,
            format_func=lambda rate: f"{rate:g}",
            help=_("Too small is slow, too large leaps across the valley; each optimiser has its own best rate."),
            disabled=way not in in_race(),
            **state.bound(f"learn_rate_{way.replace('-', '_')}"),
        )
    left, middle, right = st.columns(3)
    left.radio(
        _("Loss shown against"),
        AXES,
        format_func=along.__getitem__,
        horizontal=True,
        help=_("Who wins depends on what a step costs: updates, rows read, or time."),
        **state.bound(at.learn.learn_axis),
    )
    middle.select_slider(
        _("Rows of a batch"),
        (1, 4, 16, 32, 64, 128, 600),
        help=_("All {rows} rows make SGD the same as gradient descent.").format(rows=race_network.ROWS),
        **state.bound(at.learn.learn_batch),
    )
    right.slider(
        _("Seeds"),
        1,
        9,
        help=_("Starts and orders of rows; the band reaches from the best to the worst, the line is the median."),
        **state.bound(at.learn.learn_seeds),
    )


def _questions() -> dict[str, str]:
    return {
        _("Who wins when you switch from updates to passes, and why?"): _(
            "A step of gradient descent reads every row, a step of SGD or Adam only a batch. Counted in updates "
            "they look alike; counted in rows read, the small steps have gone much further."
        ),
        _("What is v in Adam for?"): _(
            "m̂ and √v̂ are both of the size of a slope, so that their ratio has no unit and a step is about η "
            "long in every weight, however steep the loss. Without v, as printed, a step is as long as the slope: "
            "fast down the steep weight, slow down the flat one. Stretch the first column to see it; the rate has "
            "to be chosen anew for each loss."
        ),
        _("Make the batch as large as the table: which two become the same, and what happens to their bands?"): _(
            "SGD becomes gradient descent; on two weights, where all seeds share one start, its band closes, "
            "because nothing is drawn any more."
        ),
        _("Does the lowest loss here make the best model?"): _(
            "No. It is the training loss. A network that goes on far enough overfits its patients, as "
            "the forest did in step 3."
        ),
    }

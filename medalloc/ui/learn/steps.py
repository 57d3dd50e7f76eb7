"""The steps of the Learn screen, and the way from one to the next."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from medalloc.errors import MedallocError
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import layout
from medalloc.ui.kit.words import _
from medalloc.ui.learn import boosting, convolution, fairness, forest, leak, margin, patients, race, rare, recurrent


@dataclass(frozen=True)
class Step:
    """One step of the article."""

    answer: Callable[[], str | None]
    """Says in one sentence what the numbers on the screen say."""

    lesson: Callable[[], None]
    """Shows the step."""

    of_patients: bool = True
    """Whether it looks at patients, so that other ones can take the sample's place."""


STEPS = {
    "leak": Step(leak.answer, leak.lesson),
    "margin": Step(margin.answer, margin.lesson),
    "forest": Step(forest.answer, forest.lesson),
    "boosting": Step(boosting.answer, boosting.lesson),
    "convolution": Step(convolution.answer, convolution.lesson, of_patients=False),
    "race": Step(race.answer, race.lesson),
    "rare": Step(rare.answer, rare.lesson),
    "recurrent": Step(recurrent.answer, recurrent.lesson, of_patients=False),
    "fairness": Step(fairness.answer, fairness.lesson, of_patients=False),
}


def titles() -> dict[str, str]:
    """Return what every step is called, in their order."""
    names = (
        _("Cleaning"),
        _("Margin"),
        _("Forest"),
        _("Boosting"),
        _("Convolution"),
        _("Race"),
        _("Few in need"),
        _("Memory"),
        _("Fairness"),
    )
    return {key: f"{place}. {name}" for place, (key, name) in enumerate(zip(STEPS, names, strict=True), start=1)}


def chosen() -> Step:
    """Return the step that is shown."""
    return STEPS.get(state.learn().learn_step, STEPS["leak"])


def in_one_sentence() -> str | None:
    """Answer the screen's question with the numbers of the step that is shown."""
    try:
        return chosen().answer()
    except MedallocError:
        # the step itself says what is wrong, beside the control that mends it
        return None


def choose() -> None:
    """Let the visitor choose a step."""
    names = titles()
    st.segmented_control(
        _("Step of the founding article"),
        list(STEPS),
        format_func=names.__getitem__,
        required=True,
        help=_("Steps work on the built-in sample, unless you put other patients in its place."),
        **state.bound(at.learn.learn_step),
    )
    if chosen().of_patients:
        patients.choose()


def onward() -> None:
    """Lead to the step before and after, and from the lessons to the path."""
    keys, names = list(STEPS), titles()
    at = keys.index(state.learn().learn_step) if state.learn().learn_step in keys else 0
    with st.container(horizontal=True):
        for place, icon in ((at - 1, ":material/arrow_back:"), (at + 1, ":material/arrow_forward:")):
            if 0 <= place < len(keys):
                st.button(
                    names[keys[place]],
                    key=f"learn_to_{keys[place]}",
                    icon=icon,
                    on_click=_go,
                    args=(keys[place],),
                )
    layout.lead_to("need", _("Need: train these models on your own table"))


def _go(step: str) -> None:
    state.change(learn_step=step)

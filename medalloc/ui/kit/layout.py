"""The shape every screen shares: its opening sentence, its figures, what is missing, the next step."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from medalloc.allocation.plan import told_of
from medalloc.errors import MedallocError
from medalloc.sentences import Sentence
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _

PAGES = Path(__file__).parents[3] / "pages"


@dataclass(frozen=True)
class Figure:
    """One number that matters, with its change against the base."""

    label: str
    """What it is, with its unit."""

    value: str
    """The number in words."""

    change: str | None = None
    """Against the base, signed."""

    good: bool | None = None
    """Whether more of it is good; None when it is neither."""

    help: str | None = None
    """What it means."""

    below: str | None = None
    """What stands under the number, for everybody to read."""


def opening(title: str, answer: str | None = None) -> None:
    """Show a screen's title and the sentence that answers its question."""
    st.title(title, anchor=False)
    if answer:
        st.markdown(f"#### {answer}")


def notes(*read: Table | None, more: Sequence[Sentence] = ()) -> None:
    """Say what reading had to decide about the tables that an answer follows from."""
    decided = [note for each in read if each is not None for note in each.notes]
    for said in dict.fromkeys(words.say(note) for note in (*decided, *more)):
        st.caption(said)


def figures(shown: Sequence[Figure]) -> None:
    """Show a few figures side by side; on a telephone two by two."""
    explained = any(figure.below for figure in shown)
    with st.container(horizontal=True, gap="small"):
        for figure in shown:
            # figures with and without a change have one height
            place = st.container(border=explained, height="stretch", gap="xsmall") if explained else st
            place.metric(
                figure.label,
                figure.value,
                figure.change,
                delta_color="off" if figure.good is None else "normal" if figure.good else "inverse",
                help=figure.help,
                border=not explained,
                height="content" if explained else "stretch",
            )
            if figure.below:
                place.caption(figure.below)


def to_take_back(text: str, take_back: Callable[..., None], *given: Any, key: str) -> None:
    """Show what somebody added in a line, with a button that takes it back."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(text, width="stretch")
        st.button(
            _("Take back"),
            key=key,
            on_click=take_back,
            args=given,
            type="tertiary",
            icon=":material/close:",
            disabled=state.locked(),
        )


def lead_to(page: str, label: str) -> None:
    """Show a link to another screen."""
    if page in state.hidden():
        return
    st.page_link(PAGES / f"{page}.py", label=label, icon=":material/arrow_forward:")


def counted_in() -> None:
    """Say what demand is counted in, where that is no persons."""
    if (unit := state.counted_in()) is not None:
        st.caption(words.say(told_of(unit)))


@contextmanager
def failures_as_sentences() -> Iterator[None]:
    """Show what a user can repair as a sentence instead of a traceback; everything else surfaces."""
    try:
        yield
    except MedallocError as error:
        faults(faults_of(error))


def faults_of(error: MedallocError) -> tuple[Sentence, ...]:
    """Return everything that is wrong."""
    return tuple(getattr(error, "faults", ())) or (error.said,)


def faults(found: Sequence[Sentence], place: Any = st) -> None:
    """Say everything that is wrong."""
    place.error(together([words.say(each) for each in found]))


def together(said: Sequence[str]) -> str:
    """Return several things that are said as a list, one as it is."""
    return "\n".join(f"- {each}" for each in said) if len(said) > 1 else said[0]


def in_detail(label: str, *paragraphs: str) -> None:
    """Show the method behind a screen in an expander."""
    with st.expander(label):
        for paragraph in paragraphs:
            st.markdown(paragraph)


def glossary(*terms: str) -> None:
    """Explain the terms of art of a screen in a popover."""
    meanings = {
        "demand": (_("Demand"), _("People expected to need care in the period, in one region.")),
        "coverage": (
            _("Coverage"),
            _("People served divided by people in need; 100% means that nobody is left out."),
        ),
        "floor": (_("Floor"), _("The smallest coverage that every region must get.")),
        "shadow price": (
            _("Shadow price"),
            _("How many more people one more unit would serve, each counted with the value of the region."),
        ),
        "gini": (
            _("Gini index"),
            _("Inequality of coverage between regions: 0 when all are equal, near 1 when one has everything."),
        ),
        "roc auc": (
            _("ROC AUC"),
            _("How often a patient in need is ranked above one who is not: one half is a coin toss, one is perfect."),
        ),
        "brier": (_("Brier score"), _("Mean squared error of the probabilities; lower is better.")),
        "calibration": (_("Calibration"), _("Whether of all patients given 30%, about 30% are in need.")),
        "log loss": (
            _("Log-loss"),
            _("Minus the logarithm of the probability given to what came, on average; a coin toss has 0.693 nat."),
        ),
        "support vector": (_("Support vector"), _("A patient on or inside the margin, who holds the border.")),
        "residual": (_("Residual"), _("What is left to explain: need, 0 or 1, minus the predicted probability.")),
        "learning rate": (_("Learning rate"), _("How far one step goes along the slope of the loss.")),
        "policy": (_("Policy"), _("What “best” means when there is not enough for everyone.")),
        "interval": (_("Interval"), _("The range in which the number lies with the stated confidence.")),
    }
    with st.popover(_("What the words mean"), type="tertiary", icon=":material/help:"):
        for term in terms:
            name, meaning = meanings[term]
            st.markdown(f"**{name}**  \n{meaning}")

"""Five cards that lead through a finished plan, for who sees one for the first time."""

import streamlit as st

from medalloc.ui import state
from medalloc.ui.kit.words import _

OVER = -1
"""Where the tour stands when it is over or was skipped; it does not begin again by itself."""


def cards() -> list[tuple[str, str]]:
    """Return the title and the text of every card."""
    return [
        (
            _("The answer first"),
            _(
                "The sentence on top says how much of the need is met, and who is worst off. The figures below say how "
                "fair, efficient and quick the plan is, and how little it wastes."
            ),
        ),
        (
            _("What counts as best"),
            _(
                "Beside the map stands the policy. Choose another: the map keeps its scale, so that you see who wins "
                "and who loses."
            ),
        ),
        (
            _("Why each region gets what it gets"),
            _(
                "Under the map every region has a reason, grouped where it is the same. In the table “By region” "
                "tick one to lock what it gets."
            ),
        ),
        (
            _("What if the world changes"),
            _("On the next screen sliders change demand, stock and money; keep what you try as scenarios and compare."),
        ),
        (
            _("Your own table"),
            _(
                "On Data you give your own table of patients, regions or counts. What was guessed about it is said "
                "there, and can be changed."
            ),
        ),
    ]


def show() -> None:
    """Show the card where the tour stands, unless it is over."""
    now, every = state.look().tour, cards()
    if not 0 <= now < len(every):
        return
    title, text = every[now]
    with st.container(border=True, key="tour"):
        st.markdown(f"**{title}**  \n{text}")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(_("{number} of {count}").format(number=now + 1, count=len(every)), width="content")
            st.button(
                _("Next") if now + 1 < len(every) else _("Finish"),
                key="tour_next",
                on_click=state.change,
                kwargs={"tour": now + 1 if now + 1 < len(every) else OVER},
            )
            if now + 1 < len(every):
                st.button(
                    _("Skip the tour"),
                    key="tour_skip",
                    type="tertiary",
                    on_click=state.change,
                    kwargs={"tour": OVER},
                )

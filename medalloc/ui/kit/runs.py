"""A run of a job on a screen: how far it is, a button that stops it, and how it ended."""

from collections.abc import Callable

import streamlit as st

from medalloc.jobs.run import Status
from medalloc.ui import state
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _

POLL_SECONDS = 1.0


def status(choice: str) -> Status | None:
    """Return how far the run is whose name the visitor's choice of this name holds; None before the first one."""
    run = getattr(state.get(), choice)
    return None if run is None else state.jobs().run(run).status()


def show(choice: str, *, cancelled: str, lost: str, more: Callable[[], None] | None = None) -> None:
    """Show how far a run is, or how it ended where that is not as it should be; nothing when it is done.

    Parameters
    ----------
    choice : str
        Name of the visitor's choice that holds the run.
    cancelled, lost : str
        What to say when it was stopped, or ended with its server.
    more : callable, optional
        Shows more of a run that is going on.
    """
    now = status(choice)
    if now is None:
        return
    if not now.ended:
        _progress(choice, more)
    elif now.state == "failed":
        st.error(words.say(now.stage))
    elif now.state in ("cancelled", "lost"):
        st.info(cancelled if now.state == "cancelled" else lost)


@st.fragment(run_every=POLL_SECONDS)
def _progress(choice: str, more: Callable[[], None] | None) -> None:
    """Show how far a run is, without running the rest of the page."""
    now = status(choice)
    if now is None or now.ended:
        st.rerun()
    st.progress(now.fraction, text=words.say(now.stage))
    if more is not None:
        more()
    run = getattr(state.get(), choice) or ""
    st.button(_("Cancel"), icon=":material/stop:", key=f"{choice}_cancel", on_click=state.jobs().cancel, args=(run,))

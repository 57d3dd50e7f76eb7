"""The list of screens, the language switch and the path shown in the sidebar."""

import streamlit as st

from medalloc import __version__
from medalloc.languages import LANGUAGES
from medalloc.ui import state, visit
from medalloc.ui.choices import at
from medalloc.ui.kit import path, words
from medalloc.ui.kit.layout import PAGES
from medalloc.ui.kit.words import _

ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0b6b6b"/>'
    '<path d="M7 24V14h4v10zM14 24V8h4v16zM21 24v-7h4v7z" fill="#fff"/></svg>'
)


def titles() -> dict[str, str]:
    """Return what every screen is called, in the order of the path."""
    return {
        "home": _("Home"),
        "data": _("Data"),
        "prepare": _("Prepare"),
        "need": _("Need"),
        "demand": _("Demand"),
        "allocate": _("Allocate"),
        "what_if": _("What if"),
        "report": _("Report"),
        "learn": _("Learn"),
        "check": _("Check us"),
    }


def pages() -> list[st.Page]:
    """Return every screen in the order of the path."""
    shown = [
        st.Page(PAGES / f"{name}.py", title=title, url_path=None if name == "home" else name, default=name == "home")
        for name, title in titles().items()
    ]
    # the talk is no step of the path; the plan leads to it
    return [*shown, st.Page(PAGES / "present.py", title=_("Present"), url_path="present", visibility="hidden")]


def sidebar() -> None:
    """Show where the visitor stands on the path, and the language switch."""
    names, standings = titles(), path.standing_names()
    with st.sidebar:
        lines = [
            f"{standings[step.standing][0]} {names[step.page]}: {standings[step.standing][1]}" for step in path.steps()
        ]
        st.caption(_("Where you stand") + "  \n" + "  \n".join(lines))
        st.segmented_control(
            _("Language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            required=True,
            **state.bound(at.look.language),
        )
        st.caption(f"medalloc {__version__}")


def lost() -> None:
    """Say why what was saved of a visit could not be read, so that a new one has begun, or what cannot be saved now."""
    if (trouble := visit.visit().not_kept) is not None:
        st.error(words.say(trouble))
    if (reason := visit.visit().lost) is not None:
        st.warning(
            _("What was saved under this address cannot be read, so you start from the beginning. {reason}").format(
                reason=words.escape(reason)
            )
        )

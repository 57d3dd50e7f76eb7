"""The list of screens, the language switch and the path shown in the sidebar."""

from collections.abc import Mapping, Sequence

import streamlit as st

from medalloc import __version__
from medalloc.languages import LANGUAGES
from medalloc.safety import Role
from medalloc.ui import account, kept, own_studies, state, visit
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
        "patients": _("Patients"),
        "what_if": _("What if"),
        "live": _("Live"),
        "report": _("Report"),
        "learn": _("Learn"),
        "check": _("Check us"),
    }


def pages(hidden: Sequence[str] = ()) -> list[st.Page]:
    """Return every screen in the order of the path, without those that are hidden."""
    shown = [
        st.Page(PAGES / f"{name}.py", title=title, url_path=None if name == "home" else name, default=name == "home")
        for name, title in titles().items()
        if name not in hidden
    ]
    # the talk is no step of the path; the plan leads to it
    return [*shown, st.Page(PAGES / "present.py", title=_("Present"), url_path="present", visibility="hidden")]


def sidebar() -> None:
    """Show where the visitor stands on the path, and the language switch."""
    names, standings = titles(), path.standing_names()
    with st.sidebar:
        lines = [
            _("{about}: {value}").format(
                about=f"{standings[step.standing][0]} {names[step.page]}", value=standings[step.standing][1]
            )
            for step in path.steps()
            if step.page not in state.hidden()
        ]
        st.caption(_("Where you stand") + "  \n" + "  \n".join(lines))
        st.segmented_control(
            _("Language"),
            list(LANGUAGES),
            format_func=LANGUAGES.__getitem__,
            required=True,
            **state.bound(at.look.language),
        )
        _who_is_here()
        st.caption(f"medalloc {__version__}")


def roles() -> Mapping[Role, str]:
    """Return what every role is called."""
    return {
        "nobody": _("no role"),
        "viewer": _("viewer"),
        "planner": _("planner"),
        "administrator": _("administrator"),
    }


def _who_is_here() -> None:
    here = account.account()
    if here.name:
        st.caption(f"{words.escape(here.name)} · {roles()[here.role]}")
        if account.signs_in_here():
            st.button(_("Sign out"), key="sign_out", icon=":material/logout:", type="tertiary", on_click=st.logout)


def door() -> bool:
    """Whether who is here may come in; where not, say what they have to do."""
    here = account.account()
    if here.may("see"):
        return True
    st.title("medalloc", anchor=False)
    if here.trouble is not None:
        st.error(words.say(here.trouble))
    elif here.name:
        st.warning(
            _(
                "You are signed in as {name}, and nobody gave this account a role here. An administrator does so by "
                "“medalloc workspace role viewer {name}”, or planner."
            ).format(name=words.escape(here.name))
        )
    elif not account.signs_in_here():
        st.warning(_("The proxy in front of this server does not say who you are; ask who runs it."))
    else:
        st.markdown(_("The studies here are for people with an account."))
        st.button(_("Sign in"), key="sign_in", icon=":material/login:", type="primary", on_click=st.login)
    if here.name and account.signs_in_here():
        st.button(_("Sign out"), key="sign_out", icon=":material/logout:", on_click=st.logout)
    return False


def _stay_here() -> None:
    """Have everything done at this machine; what was asked for is asked for once more."""
    visit.jobs().stay_here()
    visit.visit().not_kept = None


def lost() -> None:
    """Say what of a visit is not kept, could not be read, or stands beside what somebody else keeps."""
    now = visit.visit()
    for each in (kept.trouble(), now.not_kept):
        if each is not None:
            st.error(words.say(each))
    if visit.jobs().refused and not state.locked():
        st.button(_("Do it on this machine"), key="stay_here", on_click=_stay_here)
    if state.locked():
        # what was refused is said once; nothing is lost by it
        now.not_kept = None
    if kept.trouble() is not None:
        st.caption(_("Until that is mended, everything is kept in a temporary folder and goes with the server."))
    if visit.is_of_somebody_else() and now.record is not None and account.account().may("change"):
        with st.container(border=True, horizontal=True, vertical_alignment="center"):
            st.markdown(_("This study is somebody else's: you can look at everything and take numbers along."))
            title = _("{name} (copy)").format(name=now.record.name)
            copy = _("Make a copy")
            st.button(copy, key="make_copy", icon=":material/content_copy:", on_click=own_studies.copy, args=(title,))
            st.button(_("Begin one of my own"), key="begin_own", type="tertiary", on_click=visit.begin_anew)
    if now.unknown:
        _until_understood(
            "unknown",
            _("Nothing is kept here under the address that you followed, so you start anew under one of your own."),
        )
    if now.parted and now.record is not None:
        is_new = not state.since_last("parted", True, False)
        if is_new:
            name = _("{name} (copy made at {time})").format(name=now.record.name, time=words.clock(now.record.changed))
            visit.rename(now.record.id, name)
        said = _(
            "This study was changed elsewhere at the same time, in another tab or by somebody else. Both versions "
            "are kept: theirs under its name, yours as “{name}”, which you are in now."
        ).format(name=words.escape(now.record.name))
        if is_new:
            # whoever moved a control far down does not see the top
            st.toast(
                _("You are in a copy now: this study was changed elsewhere."),
                icon=":material/content_copy:",
                duration="long",
            )
        _until_understood("parted", said)
    if (reason := now.lost) is not None:
        st.warning(
            _("What was saved under this address cannot be read, so you start from the beginning. {reason}").format(
                reason=words.escape(reason)
            )
        )


def _until_understood(flag: str, said: str) -> None:
    """Say something about the visit until the visitor says that they have read it."""
    st.warning(said)
    st.button(_("Understood"), key=f"understood_{flag}", on_click=setattr, args=(visit.visit(), flag, False))

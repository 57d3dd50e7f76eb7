"""Parts of the Home screen: the current plan in three numbers, where to begin, the path in words."""

import streamlit as st

from medalloc.study.steps import plans, tables
from medalloc.ui import account, asking, kept, state, visit
from medalloc.ui.allocate import plan
from medalloc.ui.kit import layout, path, thumbnail
from medalloc.ui.kit.words import _


def in_one_sentence() -> str:
    """Answer the screen's question: what this is, or how the current plan stands."""
    current = asking.known(plans.plan)
    if current is not None:
        return plan.answer(current)
    return _(
        "From a table of patients or regions to a defensible plan of which region gets which beds, staff and money."
    )


def current_plan() -> None:
    """Show the numbers of the current plan, when there is one."""
    if visit.visit().restored:
        st.info(_("Your earlier choices were restored."))
        visit.visit().restored = False
    current = asking.known(plans.plan)
    if current is not None:
        layout.figures(plan.figures(current)[:3])
        thumbnail.keep(current, asking.map_ground())
        layout.lead_to("allocate", _("See the plan on the map"))


def begin() -> None:
    """Lead into the path: to an own table, or to the step that is next."""
    if asking.ask(tables.came_in) is None and asking.ask(tables.own_counts) is None:
        layout.lead_to("data", _("Or upload your own table"))
    elif path.first_missing() is not None:
        path.missing_step()
    else:
        layout.lead_to("what_if", _("Ask what if"))


def path_in_words() -> None:
    """Say what each step answers."""
    st.subheader(_("The path"), anchor=False)
    steps = [
        ("data", _("Data"), _("What came in, and can it be trusted?")),
        ("prepare", _("Prepare"), _("How is it cleaned?")),
        ("need", _("Need"), _("Who will need care, and how well is that known?")),
        ("demand", _("Demand"), _("How much care, in which region?")),
        ("allocate", _("Allocate"), _("Which region gets what, and why?")),
        ("what_if", _("What if"), _("What changes if the world changes?")),
    ]
    shown = [each for each in steps if each[0] not in state.hidden()]
    for row in (shown[:3], shown[3:]):
        for place, (page, name, question) in zip(st.columns(3), row, strict=False):
            with place.container(border=True, height="stretch"):
                layout.lead_to(page, name)
                st.markdown(question)


def about_data() -> str:
    """Say where the visitor's data is and is not."""
    stays = _(
        "It stays on the machine that runs medalloc. No request leaves that machine: maps, fonts and scripts are "
        "served from it."
    )
    stored = (
        _("Uploaded tables are kept in a private folder while the server runs and removed when it ends.")
        if kept.goes_with_server()
        else _(
            "Tables, choices and trained models are kept in a private folder of the user who runs the server, until "
            "you delete the study here."
        )
    )
    found = (
        _("Whoever has a role here can open your study; rows of patients are shown to planners and administrators.")
        if account.has_accounts()
        else _("The address of this page opens your study: share it only with those who may see your table.")
    )
    return f"{stays} {stored} {found}"

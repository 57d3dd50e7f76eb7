"""All that a plan is made of, folded under its picture: resources, regions, and what the plan must keep."""

from collections.abc import Callable, Mapping, Sequence

import streamlit as st

from medalloc.allocation.problem import Problem, Resource
from medalloc.allocation.problem.overriding import Overrides
from medalloc.scenarios.promises import Promise
from medalloc.ui.allocate import regions, resources
from medalloc.ui.choices import at
from medalloc.ui.kit import promises, views
from medalloc.ui.kit.words import _


def section(
    now: tuple[Resource, ...] | None,
    confirmed: Mapping[str, str],
    base: Problem | None,
    by_hand: Overrides,
    promised: Sequence[Promise] | None,
) -> None:
    """Let the visitor change one of them at a time; what cannot be told is not offered.

    Parameters
    ----------
    now : tuple of Resource, optional
        Resources as they stand.
    confirmed : mapping
        Source of every requirement that somebody has confirmed, by resource.
    base : Problem, optional
        With the numbers of the file.
    by_hand : mapping
        What was changed of them.
    promised : sequence of Promise, optional
        What the plan must keep.
    """
    parts: dict[str, tuple[str, Callable[[], None]]] = {}
    if now is not None:
        parts["resources"] = _("What there is to place"), lambda: resources.table(now)
    if now:
        parts["sources"] = _("Where the requirements are from"), lambda: resources.sources(now, confirmed)
        parts["more"] = _("More about each resource"), lambda: resources.more(now)
    if base is not None:
        parts["regions"] = _("Numbers of the regions"), lambda: regions.table(base, by_hand)
    if promised is not None:
        parts["promises"] = _("Promises the plan must keep"), lambda: promises.edit(promised)
    if not parts:
        return
    with st.expander(_("Change what there is"), key="change_what_there_is", on_change="rerun") as fold:
        if fold.open:
            titles = {name: title for name, (title, _edit) in parts.items()}
            parts[views.one_of(_("Change what there is"), titles, at.look.changed_part)][1]()

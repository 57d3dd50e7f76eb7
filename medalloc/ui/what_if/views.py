"""Three views of one story: what changes, how scenarios compare, and a closer look."""

from medalloc.ui.choices import at
from medalloc.ui.kit import views
from medalloc.ui.kit.words import _


def view() -> str:
    """Let the visitor choose the view, and return it."""
    titles = {"change": _("Change"), "compare": _("Compare"), "closer": _("Look closer")}
    return views.one_of(_("View"), titles, at.look.what_if_view)


def question() -> str:
    """Let the visitor choose what a closer look asks, and return it."""
    titles = {
        "hangs": _("What it hangs on"),
        "true": _("What it would take"),
        "without": _("Without one"),
        "plans": _("Other plans"),
        "fair": _("Fairness or most served"),
        "futures": _("If demand differs"),
    }
    return views.one_of(_("Question about the plan"), titles, at.look.closer_part, label_visibility="visible")

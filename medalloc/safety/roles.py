"""Who may do what: one table that every screen and every function that acts asks."""

from collections.abc import Mapping
from typing import Literal, get_args

from medalloc.errors import NotAllowed
from medalloc.sentences import Sentence, sentence

Role = Literal["nobody", "viewer", "planner", "administrator"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Roles, each of which may do what those before it may, and more."""

Action = Literal["see", "export", "see patients", "export patients", "change", "manage"]

LEAST: Mapping[Action, Role] = {
    "see": "viewer",
    "export": "viewer",
    "see patients": "planner",
    "export patients": "planner",
    "change": "planner",
    "manage": "administrator",
}
"""The least role that may look at studies; take numbers of regions and plans along; look at rows of patients; take such
rows along, also inside of a packed study or a report; change studies; and manage the workspace."""


def may(role: Role, action: Action) -> bool:
    """Whether somebody of this role may do this.

    Examples
    --------
    >>> may("viewer", "see"), may("viewer", "change"), may("planner", "change"), may("planner", "manage")
    (True, False, True, False)
    """
    return ROLES.index(role) >= ROLES.index(LEAST[action])


def required(role: Role, action: Action) -> None:
    """Refuse what somebody of this role may not do.

    Raises
    ------
    NotAllowed
        With the least role that may.
    """
    if not may(role, action):
        raise NotAllowed(REFUSALS[LEAST[action]])


REFUSALS: Mapping[Role, Sentence] = {
    "viewer": sentence("Sign in with an account that has a role here."),
    "planner": sentence("This is for planners; you may look at plans and take their numbers along."),
    "administrator": sentence("This is for administrators of the workspace."),
}
"""What somebody is told who has less than this role."""

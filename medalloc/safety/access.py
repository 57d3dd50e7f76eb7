"""Which account has which role: by what the identity provider says of it, or by its address in a list."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from medalloc.errors import InputError
from medalloc.safety.roles import ROLES, Role
from medalloc.saved import Objects, Saved, form_text, read_form
from medalloc.sentences import sentence

FILE = "access.json"
"""Name of the list in the folder of a workspace."""


@dataclass(frozen=True)
class Access(Saved):
    """Who has which role in a workspace; whoever is not named has none.

    Examples
    --------
    >>> access = Access(planners=("ann@example.org",))
    >>> access.role_of({"email": "Ann@Example.org"}), access.role_of({"email": "bob@example.org"})
    ('planner', 'nobody')
    >>> access.role_of({"email": "ann@example.org", "email_verified": False})
    'nobody'
    >>> access.role_of({"email": "bob@example.org", "roles": ["staff", "viewer"]})
    'viewer'
    """

    noun = sentence("list of roles")

    claim: str = "roles"
    """What the identity provider calls the roles that it gives, each by the name of ours."""

    viewers: tuple[str, ...] = ()
    """Addresses of accounts, in small letters."""

    planners: tuple[str, ...] = ()
    """The same."""

    administrators: tuple[str, ...] = ()
    """The same."""

    def role_of(self, claims: Mapping[str, Any]) -> Role:
        """Return the highest role that an account has.

        Parameters
        ----------
        claims : mapping
            What the identity provider says of it; an address that it says is not verified counts for nothing.
        """
        said = claims.get(self.claim)
        given = {said} if isinstance(said, str) else set(said) if isinstance(said, list | tuple) else set()
        if claims.get("email_verified") is not False:
            given |= {role for role, who in self.lists().items() if str(claims.get("email", "")).lower() in who}
        return next((role for role in reversed(ROLES) if role in given), "nobody")

    def lists(self) -> Mapping[Role, tuple[str, ...]]:
        """Return the addresses by role."""
        return {"viewer": self.viewers, "planner": self.planners, "administrator": self.administrators}

    def giving(self, role: Role, *addresses: str) -> "Access":
        """Return the list in which these have this role and no other.

        Raises
        ------
        InputError
            If one is no address.
        """
        if wrong := [each for each in addresses if "@" not in each]:
            raise InputError(*(sentence("“{address}” is no address of an account.", address=each) for each in wrong))
        own = {each.lower() for each in addresses}
        others = {name: tuple(each for each in who if each not in own) for name, who in self.lists().items()}
        if role != "nobody":
            others[role] = tuple(sorted({*others[role], *own}))
        viewers, planners, administrators = (others[each] for each in ROLES[1:])
        return replace(self, viewers=viewers, planners=planners, administrators=administrators)


def read_access(path: Path) -> Access:
    """Return the list in a file, the empty one where there is none."""
    return read_form(path, Access, Access.noun) if path.exists() else Access()


def write_access(objects: Objects, access: Access) -> None:
    """Write the list of a workspace."""
    objects.write(FILE, form_text(access))

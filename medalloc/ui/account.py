"""Who is here, and what they may do: everything by default, by role where there are accounts."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import streamlit as st

from medalloc.errors import MedallocError
from medalloc.safety import Role, may, required
from medalloc.safety.access import FILE, Access, read_access
from medalloc.safety.roles import Action
from medalloc.sentences import Sentence
from medalloc.ui.kept import workspace

WITH_PATIENTS = ("data", "prepare", "patients")
"""Screens that show rows of patients, which not everybody sees."""


@dataclass(frozen=True)
class Account:
    """Somebody who is here."""

    name: str
    """Their address; empty where there are no accounts, or nobody has signed in."""

    role: Role
    """What they are here."""

    trouble: Sentence | None = None
    """Why the list of who may come in cannot be read; nobody comes in then."""

    def may(self, action: Action) -> bool:
        """Whether they may do this."""
        return may(self.role, action)

    def required(self, action: Action) -> None:
        """Raise `NotAllowed` unless they may do this."""
        required(self.role, action)


@cache
def has_accounts() -> bool:
    """Whether an identity provider, or a proxy that was told to, says who is here."""
    has_provider = st.secrets.load_if_toml_exists() and "auth" in st.secrets
    return bool(has_provider or st.get_option("server.trustedUserHeaders"))


def signs_in_here() -> bool:
    """Whether accounts sign in by a button here, rather than at a proxy."""
    return has_accounts() and not st.get_option("server.trustedUserHeaders")


def account() -> Account:
    """Return who is here; without accounts this machine's user, who may do all."""
    if not has_accounts():
        return Account("", "administrator")
    claims = said()
    name = str(claims.get("email") or claims.get("sub") or "")
    if not name or claims.get("is_logged_in") is False:
        return Account("", "nobody")
    try:
        return Account(name, _access().role_of(claims))
    except MedallocError as error:
        return Account(name, "nobody", error.said)


def said() -> dict[str, Any]:
    """Return what the identity provider, or the proxy, says of who is here."""
    return st.user.to_dict()


def _access() -> Access:
    path = workspace().objects.latest(FILE)
    try:
        return _read(path, path.stat().st_mtime_ns)
    except FileNotFoundError:
        return Access()


@cache
def _read(path: Path, _changed: int) -> Access:
    return read_access(path)

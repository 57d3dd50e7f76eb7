"""Who may do what, and by what somebody is known."""

from medalloc.safety.roles import Role, may, required

__all__ = ["Role", "may", "required"]

from typing import get_args

import pytest

from medalloc.errors import NotAllowed
from medalloc.safety.roles import ROLES, Action, may, required

ALLOWED = {
    #                  nobody, viewer, planner, administrator
    "see": (False, True, True, True),
    "export": (False, True, True, True),
    "see patients": (False, False, True, True),
    "export patients": (False, False, True, True),
    "change": (False, False, True, True),
    "manage": (False, False, False, True),
}


def test_who_may_do_what_is_this_table_and_whoever_may_not_is_told_who_may() -> None:
    assert set(ALLOWED) == set(get_args(Action))
    for action, allowed in ALLOWED.items():
        for role, is_allowed in zip(ROLES, allowed, strict=True):
            assert may(role, action) == is_allowed  # type: ignore[arg-type]
            if is_allowed:
                required(role, action)  # type: ignore[arg-type]
            else:
                with pytest.raises(NotAllowed, match=r"Sign in|planners|administrators"):
                    required(role, action)  # type: ignore[arg-type]

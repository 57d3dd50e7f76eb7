"""One of several views, all in sight: what stands below shows the one that is chosen, and no other is made."""

from collections.abc import Mapping
from typing import Literal, cast

import streamlit as st

from medalloc.ui import state


def one_of(
    label: str,
    titles: Mapping[str, str],
    place: str,
    *,
    label_visibility: Literal["visible", "collapsed"] = "collapsed",
    help: str | None = None,
) -> str:
    """Let the visitor choose a view, and return its name.

    Parameters
    ----------
    place : str
        Choice that it is kept as, such as ``at.look.plan_part``.
    label_visibility : str
        Whether the label is shown, or only read out.
    """
    return cast(
        str,
        st.segmented_control(
            label,
            tuple(titles),
            format_func=titles.__getitem__,
            required=True,
            label_visibility=label_visibility,
            help=help,
            **state.bound_to_one_of(place, tuple(titles)),
        ),
    )

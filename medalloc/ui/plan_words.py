"""What a plan places where, what keeps it from being more, and how good it is, in a few sentences."""

from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from medalloc.allocation.marginal import binding
from medalloc.allocation.plan import Plan
from medalloc.ui import words
from medalloc.ui.words import _

SAID = 3
"""Limits that are named at the top; all of them follow further down."""


def in_short(plan: Plan) -> None:
    """Say under the answer what goes where, what keeps it from being more, and how good the plan is."""
    st.markdown(" ".join([*_placed(plan), *(words.say(each) for each in binding(plan)[:SAID]), *_how_good(plan)]))


def _placed(plan: Plan) -> list[str]:
    """Return what is placed, where most of it goes, and what is taken from where it was."""
    names = plan.problem.resource_names
    comes, goes = np.maximum(0.0, plan.units), np.maximum(0.0, -plan.units)
    said = []
    if comes.any():
        every = comes.sum(axis=0)
        share = np.divide(comes, every, out=np.zeros_like(comes), where=every > 0).sum(axis=1)
        text = _("{units} go to {count} of {regions} regions, most to {region}.")
        said.append(
            text.format(
                units=_counted(names, every),
                count=words.number(int(comes.any(axis=1).sum())),
                regions=words.number(len(share)),
                region=words.escape(plan.problem.regions[int(share.argmax())]),
            )
        )
    if goes.any():
        count = words.number(int(goes.any(axis=1).sum()))
        said.append(
            _("{units} are moved away, from {count} regions.").format(
                units=_counted(names, goes.sum(axis=0)), count=count
            )
        )
    whole = [words.escape(name) for name, each in zip(names, plan.problem.whole, strict=True) if each]
    return said + ([_("Only whole units: {resources}.").format(resources=", ".join(whole))] if whole else [])


def _counted(names: Sequence[str], units: NDArray[np.float64]) -> str:
    named = zip(names, units.tolist(), strict=True)
    return ", ".join(f"{words.number(one, 0)} {words.escape(name)}" for name, one in named if one > 0)


def _how_good(plan: Plan) -> list[str]:
    """Return how far from the best possible a plan may be, if that is not proved to be nothing."""
    if plan.status != "best found":
        return []
    text = _("It is the best plan found; it falls short of the best possible one by at most {gap}.")
    return [text.format(gap=words.percent(plan.gap, 2))]

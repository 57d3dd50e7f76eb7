"""A plan in short: its answer in one sentence, its figures, the way to a talk and a report of it."""

from math import isfinite

import streamlit as st

from medalloc.allocation.explaining import telling
from medalloc.allocation.plan import Plan
from medalloc.allocation.scorecard import Aim
from medalloc.allocation.waiting.waits import wait_in_words
from medalloc.study.steps import measures
from medalloc.ui import state
from medalloc.ui.kit import layout, words
from medalloc.ui.kit.layout import Figure
from medalloc.ui.kit.words import _


def answer(plan: Plan) -> str:
    """Answer the screen's question in one sentence."""
    return words.say(telling.answer(plan))


def in_short(plan: Plan) -> None:
    """Say under the answer what goes where, what keeps it from being more, and how good the plan is."""
    st.markdown(" ".join(words.say(each) for each in telling.in_short(plan, state.counted_in())))


def figures(plan: Plan, base: Plan | None = None) -> list[Figure]:
    """Return how many a plan serves and how far it reaches its aims, with their change against a base."""
    served, demand = float(plan.served.sum()), float(plan.problem.demand.sum())
    counted = None
    if plan.problem.demand_of is not None:
        counted = _(
            "People of all resources together, each counted once for the one resource that they need, "
            "of {demand} expected in need."
        ).format(demand=words.number(demand, 0))
    now = state.keep(measures.plan_aims, plan, state.counted_in())
    before = [None] * len(now) if base is None else state.keep(measures.plan_aims, base, state.counted_in())
    return [
        Figure(
            words.in_unit(_("Served [{unit}]")),
            words.figure(served),
            _change(served, float(base.served.sum()) if base else None, 0),
            True,
            counted,
            _("{coverage} of {demand} in need").format(
                coverage=words.percent(plan.total_coverage, 1), demand=words.figure(demand)
            ),
        ),
        *(_of_aim(aim, was) for aim, was in zip(now, before, strict=True)),
    ]


def _of_aim(aim: Aim, before: Aim | None) -> Figure:
    """Return the figure of one aim, with its change against the same of a base."""
    was = None if before is None else before.value
    if aim.value is None:
        value, change = "–", None
    elif aim.unit == "hours":
        value = words.plainly(wait_in_words(aim.value)) if isfinite(aim.value) else _("no end")
        moved = None if was is None or not isfinite(was) or not isfinite(aim.value) else _change(aim.value, was, 1)
        change = words.counted("{change} hour", "{change} hours", moved).format(change=moved) if moved else None
    else:
        value = words.percent(aim.value, 1)
        moved = _change(100 * aim.value, None if was is None else 100 * was, 1)
        change = words.counted("{change} point", "{change} points", moved).format(change=moved) if moved else None
    below = words.say(aim.measure) if aim.value is not None else _("not known")
    return Figure(words.say(aim.name), value, change, aim.unit == "fraction", words.say(aim.meaning), below)


def _change(now: float, before: float | None, digits: int) -> str | None:
    moved = 0.0 if before is None else round(now - before, digits)
    return words.signed(moved, digits) if moved else None


def present() -> None:
    """Lead to the plan as a talk, from its first slide, and to its report."""
    with st.container(horizontal=True, vertical_alignment="center"):
        if st.button(_("Present this plan"), icon=":material/slideshow:", type="tertiary"):
            state.change(slide=0)
            st.switch_page(layout.PAGES / "present.py")
        layout.lead_to("report", _("Make a report of it"))

"""How long people wait under a plan: the answer in one sentence, what is lacking, every region."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem.resource import HOURS_A_YEAR, Resource
from medalloc.allocation.waiting.lacking import Lacking, units_lacking
from medalloc.allocation.waiting.of_plan import in_one_sentence, target_in_words, waits_of
from medalloc.allocation.waiting.shortest import shortest_waits
from medalloc.allocation.waiting.waits import Waits, wait_in_words
from medalloc.errors import InputError
from medalloc.study.parts import Limits
from medalloc.ui import state
from medalloc.ui.allocate import resources, waiting_list
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, layout, numbers, picking, printed, uploads, words
from medalloc.ui.kit.words import _
from medalloc.ui.ranges import out_of_range


def section(plan: Plan, limits: Limits) -> None:
    """Show how long people wait under a plan, and the arithmetic of waiting lists."""
    queues = {one.name: one for one in plan.problem.resources if one.length_of_stay is not None}
    with layout.failures_as_sentences():
        if queues:
            _queue(plan, limits, queues)
        else:
            _ask_stays(plan.problem.resources)
    waiting_list.calculator()


def _ask_stays(placed: Sequence[Resource]) -> None:
    """Ask for the length of stay of each resource, without which nothing can be said of waits."""
    st.caption(_("To see how long people wait, say how long a person keeps a unit busy, of what people queue for."))
    with st.container(horizontal=True):
        for place, each in enumerate(placed):
            st.number_input(
                _("Length of stay, {resource} [hours]").format(resource=words.resource(each.name)),
                value=None,
                step=1.0,
                key=f"stay_{place}",
                on_change=_take_stay,
                args=(tuple(placed), place),
                placeholder=_("nobody queues"),
                disabled=state.locked(),
            )
            uploads.tell(f"stay_{place}")


def _take_stay(placed: tuple[Resource, ...], place: int) -> None:
    hours = state.widget(f"stay_{place}")
    if hours is None:
        return
    with uploads.refusing(f"stay_{place}"):
        if (fault := out_of_range(hours, 0.0, None)) is not None:
            state.start_over(f"stay_{place}")
            raise InputError(fault)
    if hours > 0:
        resources.take((*placed[:place], replace(placed[place], length_of_stay=hours), *placed[place + 1 :]))


def _queue(plan: Plan, limits: Limits, queues: dict[str, Resource]) -> None:
    """Show one queue: the answer, the promise, what is lacking for it, and every region."""
    names = tuple(queues)
    # the answer stands above the control that it depends on
    choosing = state.bound_to_one_of(at.look.queue, names)
    regions = plan.problem.regions
    target, level, name = limits.target_wait, limits.service_level / 100, state.look().queue
    found = state.keep(waits_of, plan, target_wait=target)[name]
    lacking = state.keep(units_lacking, plan, target_wait=target, service_level=level)[name]
    shortest = state.keep(shortest_waits, plan)[name]
    st.markdown(f"**{words.say(in_one_sentence(name, regions, found))}**")
    _reserved(queues[name])
    _controls(names, choosing)
    st.markdown(f"- {words.say(lacking.said(regions))}\n- {words.say(shortest.said)}")
    _table(regions, found, lacking)
    layout.in_detail(_("How waits are worked out"), *_method())


def _controls(names: tuple[str, ...], choosing: dict[str, Any]) -> None:
    """Let the visitor say for what people queue, how long a wait may be, and for how many."""
    several = len(names) > 1
    columns = st.columns(3 if several else 2)
    if several:
        columns[0].selectbox(_("People queue for"), names, format_func=words.resource, **choosing)
    numbers.asked(
        _("Target wait [hours]"),
        at.study.limits.target_wait,
        place=columns[-2],
        low=0.0,
        value=None,
        step=1.0,
        format="%g",
        help=_("The longest acceptable wait; 0 means that nobody should wait at all."),
    )
    columns[-1].slider(
        _("Service level [%]"),
        50,
        99,
        help=_("Share of those who arrive that should be seen within the target wait, in every region."),
        **state.bound(at.study.limits.service_level),
    )


def _reserved(resource: Resource) -> None:
    """Warn when a person keeps a unit busy for longer than the plan reserves it for them."""
    stay, reserved = resource.length_of_stay or 0.0, resource.requirement * HOURS_A_YEAR
    if stay > reserved:
        st.warning(
            _(
                "A person keeps a unit busy for {stay} h, but the requirement of {requirement} per person is only "
                "{reserved} h of a year: even where everybody is served, the queue grows. Check both entries."
            ).format(
                stay=words.number(stay),
                requirement=words.escape(f"{resource.requirement:g}"),
                reserved=words.number(reserved),
            )
        )


def _table(regions: Sequence[str], found: Waits, lacking: Lacking) -> None:
    """Show every region, the longest wait first, and offer it for download."""
    frame = pd.DataFrame(
        {
            "region": list(regions),
            "load": found.load,
            "units": found.servers,
            "occupancy": found.occupancy,
            "wait": [words.plainly(wait_in_words(hours)) for hours in found.mean_wait.tolist()],
            # an infinite wait is told in the column before and is no number
            "wait_hours": np.where(found.is_endless, np.nan, found.mean_wait),
            "longer": found.share_longer,
            "lacking": lacking.lacking,
        }
    )
    frame = frame.iloc[np.argsort(-found.mean_wait, kind="stable")]
    frame = picking.of_picked(frame)
    number, text = st.column_config.NumberColumn, st.column_config.TextColumn
    printed.grid(
        frame.assign(occupancy=100 * frame["occupancy"], longer=100 * frame["longer"]),
        column_order=["region", "wait", "longer", "lacking", "units", "load", "occupancy"],
        column_config={
            "region": text(_("Region"), pinned=True),
            "wait": text(_("Mean wait"), alignment="right"),
            "longer": number(
                _("Longer than {target} [%]").format(
                    target=words.plainly(target_in_words(float(found.target_wait.max())))
                ),
                format="%.1f",
            ),
            "lacking": number(
                _("Further units needed [units]"),
                format="%,.0f",
                help=_("Further units that it takes for the chosen share of people to wait no longer than the target."),
            ),
            "units": number(
                _("There [units]"), format="%,.0f", help=_("Existing and placed; part of a unit serves nobody.")
            ),
            "load": number(
                _("Load [erlang]"),
                format="%,.1f",
                help=_("Units that the arriving work keeps busy all the time; fewer can never catch up with it."),
            ),
            "occupancy": number(_("Occupancy [%]"), format="%.1f", help=_("Share of their time that units are busy.")),
        },
        alt=_("Waits by region"),
    )
    downloads.offer(frame, "waits", key="waits")


def _method() -> tuple[str, ...]:
    return (
        _(
            "Every region is a queue of its own (M/M/c, Erlang C): everybody in need arrives, at random and evenly "
            "over a year of 365 days, waits until served in their own region, and keeps a unit busy for the length of "
            "stay on average. Peaks in a day or a season, and hospitals of one region that do not share their units, "
            "make real waits longer; transfers and people who give up make them shorter. So read waits as a comparison "
            "of regions rather than as a forecast."
        ),
        _(
            "A unit works around the clock. If a clinician works 1,800 of the 8,760 hours of a year, about five of "
            "them are one unit."
        ),
        _(
            "Placing units to make waits shortest leaves budget, caps, locks, floors and every other resource out of "
            "account: it says what these cost in waiting."
        ),
    )

"""What it costs a region, in units of the plan, that the need of a group is predicted too low."""

from collections.abc import Callable
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from medalloc.allocation.plan import Plan
from medalloc.need.groups.comparison import Groups
from medalloc.need.groups.grouping import group_labels
from medalloc.scenarios.underprediction import Underprediction, region_factors, underprediction
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import downloads, printed, words
from medalloc.ui.kit.words import _

EVERY = ""
"""Stands for all groups at once."""


def name_of(group: str) -> str:
    """Return what a group is called; rows without a value have no name of their own."""
    return group or _("no value")


Planned = Callable[[], Plan | None]
"""Gives the plan; worked out only where somebody looks at it."""


def cost(table: Table, probability: NDArray[np.float64], found: Groups, planned: Planned) -> None:
    """Show what it does to the plan that need is not predicted as it was observed."""
    plan = planned()
    if plan is None or table.column("region") is None:
        return
    st.markdown(f"**{_('What it costs a region')}**")
    known = [each for each in found.groups if not np.isnan(each.ratio)]
    options = (EVERY, *(each.group or " " for each in known))
    st.selectbox(
        _("Take need as observed, instead of as predicted, for"),
        options,
        format_func=lambda group: _("all groups") if group == EVERY else name_of(group.strip()),
        help=_("Demand is multiplied by observed over predicted need of the group, and the plan is made again."),
        **state.bound_to_one_of(at.look.group_corrected, options),
    )
    chosen = state.look().group_corrected
    ratio = {each.group: each.ratio if chosen == EVERY or chosen.strip() == each.group else 1.0 for each in known}
    found_cost = state.keep(_priced, plan, table, probability, found, ratio)
    st.markdown(_in_one_sentence(found_cost))
    taken = [each for each in known if chosen in (EVERY, each.group or " ")]
    if all(each.ratio_interval[0] <= 1 <= each.ratio_interval[1] for each in taken):
        st.caption(_("Chance alone may explain this: the intervals of observed over predicted need all hold 1."))
    _table(found_cost)


def _factors(
    table: Table, regions: tuple[str, ...], probability: NDArray[np.float64], found: Groups, ratio: dict[str, float]
) -> NDArray[np.float64]:
    codes, names = group_labels(table, found.column)
    return region_factors(table, regions, probability, codes, [ratio.get(name, np.nan) for name in names])


def _priced(
    plan: Plan,
    table: Table,
    probability: NDArray[np.float64],
    found: Groups,
    ratio: dict[str, float],
) -> Underprediction:
    asked = plan.problem
    return underprediction(asked, _factors(table, asked.regions, probability, found, ratio), predicted=plan)


def _in_one_sentence(cost: Underprediction) -> str:
    names, regions = cost.predicted.problem.resource_names, cost.predicted.problem.regions
    lost = cost.units_lost
    region, resource = np.unravel_index(int(np.argmax(lost)), lost.shape)
    most = float(lost[region, resource])
    if most <= 1e-6 * max(1.0, float(np.abs(cost.predicted.units).max())):
        return _("The plan would place the same units.")
    return _(
        "{region} loses most: it gets {now} {resource} and would get {then}, {lost} more, if need were predicted as it "
        "was observed."
    ).format(
        region=words.escape(regions[region]),
        resource=words.escape(words.resource(names[resource])),
        now=words.number(float(cost.predicted.units[region, resource])),
        then=words.number(float(cost.corrected.units[region, resource])),
        lost=words.number(most),
    )


def _table(cost: Underprediction) -> None:
    shown, number = cost.frame(), st.column_config.NumberColumn
    config: dict[str, Any] = {
        "region": st.column_config.TextColumn(_("Region"), pinned=True),
        "factor": number(_("Observed / predicted"), format="%.3f"),
        "demand": number(_("Demand, predicted [people]"), format="%,.0f"),
        "demand corrected": number(_("Demand, as observed [people]"), format="%,.0f"),
    }
    for name in cost.predicted.problem.resource_names:
        config[f"placed {name}"] = number(
            _("{resource}, placed [units]").format(resource=words.resource(name)), format="%,.1f"
        )
        config[f"lost {name}"] = number(
            _("{resource}, more if right [units]").format(resource=words.resource(name)), format="%+,.1f"
        )
    printed.grid(shown, column_config=config, alt=_("Units by region under both demands"))
    downloads.offer(shown, "underprediction", key="underprediction")

"""The policies side by side: what each would do under the same limits, in numbers and as small maps."""

from collections.abc import Callable, Mapping
from contextlib import nullcontext

import pandas as pd
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.allocation.policies.catalogue import CATALOGUE
from medalloc.allocation.policy import kind_of
from medalloc.allocation.program.needed import has_choices
from medalloc.geography.matching import Ground
from medalloc.ui.kit import maps, printed, small_maps, words
from medalloc.ui.kit.words import _

MANY = 1_000
"""Regions times resources from which rival plans are made on request only, where each is a search. [count]"""


def on_maps(made: Mapping[str, Plan], ground: Ground) -> None:
    """Show the coverage under every policy as small maps on one scale."""
    if not made:
        return
    shown = {words.plainly(kind_of(key).name): each.coverage for key, each in made.items()}
    picture = maps.Picture(_("Coverage"), ".0%", (0.0, 1.0))
    small_maps.draw(next(iter(made.values())).problem.regions, shown, picture, ground, key="policies_maps")


def section(plan: Plan, every: Callable[[], Mapping[str, Plan] | None], *, is_large: bool) -> Mapping[str, Plan]:
    """Show what the other policies would do, and return their plans; on request where making them takes long."""
    if is_large or (has_choices(plan.problem) and plan.units.size > MANY):
        takes = plan.seconds * len(CATALOGUE)
        text = _("Make the plans of the other policies too, which takes about {seconds} s")
        seconds = words.number(takes, 0)
        if not st.toggle(text.format(seconds=seconds), key="rival_policies"):
            return {}
    # of a large problem jobs find them, and say how far they are
    with nullcontext() if is_large else st.spinner(_("The other policies' plans are made …")):
        made = every() or {}
    if made:
        side_by_side(made)
    return made


def side_by_side(plans: Mapping[str, Plan]) -> None:
    """Show every policy under the same limits beside the others."""
    rows = pd.DataFrame(
        {
            "policy": [words.say(kind_of(key).name) for key in plans],
            "coverage": [100 * plan.total_coverage for plan in plans.values()],
            "lowest": [100 * plan.lowest_coverage for plan in plans.values()],
            "persons": [float(plan.served.sum()) for plan in plans.values()],
            "gini": [plan.gini for plan in plans.values()],
            "given_up": [100 * plan.price_of_fairness for plan in plans.values()],
        }
    )
    printed.grid(
        rows,
        column_config={
            "policy": st.column_config.TextColumn(_("Policy")),
            "persons": st.column_config.NumberColumn(words.in_unit(_("Served [{unit}]")), format="%,.0f"),
            "coverage": st.column_config.NumberColumn(_("Coverage [%]"), format="%.1f"),
            "lowest": st.column_config.NumberColumn(_("Lowest coverage [%]"), format="%.1f"),
            "gini": st.column_config.NumberColumn(_("Gini of coverage"), format="%.3f"),
            "given_up": st.column_config.NumberColumn(
                _("Given up [%]"), format="%.1f", help=_("Of the most people that could be served.")
            ),
        },
        alt=_("The policies side by side"),
    )

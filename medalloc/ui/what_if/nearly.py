"""Other plans that are nearly as good: what the numbers leave to judgement."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.scenarios import NearPlan
from medalloc.scenarios.near_optimal import MOST_WHOLE
from medalloc.ui.kit import downloads, printed, words
from medalloc.ui.kit.words import _


def section(best: Plan, found: Sequence[NearPlan]) -> None:
    """Show plans that serve within one percent of the best and place units as differently as was found."""
    st.subheader(_("Other plans nearly as good"), anchor=False)
    if not found:
        st.info(_("No other plan was found that serves within 1% of this one and places units elsewhere."))
        if int(best.problem.whole.sum()) * len(best.problem.regions) > MOST_WHOLE:
            st.caption(
                _(
                    "There are so many whole units that these are only rounded from parts here; “Place parts of units "
                    "too” on Allocate leaves more room for other plans."
                )
            )
        return
    st.markdown(
        _("Each serves within 1% of the best. Between them the numbers do not decide; what else matters to you may.")
    )
    number = st.column_config.NumberColumn
    shown = pd.DataFrame(
        {
            "plan": [words.number(place) for place in range(1, len(found) + 1)],
            "otherwise": [100 * each.otherwise for each in found],
            "fewer": [each.fewer_served for each in found],
            "lowest": [100 * each.plan.lowest_coverage for each in found],
        }
    )
    printed.grid(
        shown,
        column_config={
            "plan": st.column_config.TextColumn(_("Plan"), pinned=True),
            "otherwise": number(_("Units placed otherwise [%]"), format="%.0f"),
            "fewer": number(words.in_unit(_("Fewer served [{unit}]")), format="%,.0f"),
            "lowest": number(_("Lowest coverage [%]"), format="%.1f"),
        },
        alt=_("Plans nearly as good as the best"),
    )
    st.markdown(_("What each would change, units more or fewer than in the best plan:"))
    changes = frame(best, found)
    digits = 0 if best.problem.whole.all() else 1
    printed.grid(
        changes,
        column_config={
            "region": st.column_config.TextColumn(_("Region"), pinned=True),
            "resource": st.column_config.TextColumn(_("Resource")),
            "best": number(_("Best [units]"), format=f"%,.{digits}f"),
            **{
                f"plan {place}": number(_("Plan {number} [units]").format(number=place), format=f"%+,.{digits}f")
                for place in range(1, len(found) + 1)
            },
        },
        alt=_("Units that each plan places otherwise"),
    )
    downloads.offer(changes, "near_plans", key="near_plans")


def frame(best: Plan, found: Sequence[NearPlan]) -> pd.DataFrame:
    """Return a row for each region and resource that some plan changes, the largest change first."""
    problem = best.problem
    called = [words.resource(each) for each in problem.resource_names]
    names = [(region, resource) for region in problem.regions for resource in called]
    columns = {f"plan {place}": each.more.ravel() for place, each in enumerate(found, start=1)}
    shown = pd.DataFrame(names, columns=["region", "resource"]).assign(best=best.units.ravel(), **columns)
    most = np.max([np.abs(each.more.ravel()) for each in found], axis=0)
    order = np.argsort(-most, kind="stable")
    return pd.DataFrame(shown.iloc[order[most[order] > 0]])

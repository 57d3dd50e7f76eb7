"""What one more unit of each limit would bring to a plan: prices, and on request the exact numbers."""

from collections.abc import Callable

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.explaining.marginal import Marginal, binding
from medalloc.allocation.plan import Plan
from medalloc.ui.kit import printed, words
from medalloc.ui.kit.words import _


def prices(plan: Plan) -> None:
    """Show what one more unit of each limit would bring, and what that number is."""
    rough, weighted = plan.shadow_price_kind == "relaxed", plan.problem.weighs_persons
    gain = words.in_unit(
        _("One more unit, at best [{unit}]") if rough else _("One more unit serves [{unit}]"), weighted=weighted
    )
    names = [words.resource(each) for each in plan.problem.resource_names]
    rows = pd.DataFrame(
        {
            "limit": names,
            "stock": plan.problem.stock,
            "placed": plan.used,
            "left": plan.left,
            "gain": plan.shadow_price,
        }
    )
    printed.grid(
        rows,
        column_config={
            "limit": st.column_config.TextColumn(_("Resource")),
            "stock": st.column_config.NumberColumn(_("Stock [units]"), format="%,.0f"),
            "placed": st.column_config.NumberColumn(_("Placed [units]"), format="%,.0f"),
            "left": st.column_config.NumberColumn(_("Unallocated [units]"), format="%,.0f"),
            "gain": st.column_config.NumberColumn(gain, format="%,.2f"),
        },
        alt=_("Stocks and the marginal value of one more unit"),
    )
    if rough:
        st.caption(
            _(
                "This is what one more unit is worth where the most are to be served and parts of units can be placed: "
                "a guide, and not what this plan would gain. The exact numbers are worked out below on request."
            )
        )
    if plan.budget_price is not None and plan.problem.budget is not None:
        said = _("Spent: {spent} of {budget}. One thousand more money serves {gain} more {unit}.")
        if rough:
            said = _("Spent: {spent} of {budget}. One thousand more money would serve at best {gain} more {unit}.")
        st.markdown(
            words.in_unit(said, weighted=weighted).format(
                spent=words.number(plan.spent, 0),
                budget=words.number(plan.problem.budget, 0),
                gain=words.number(1000 * plan.budget_price, 2),
            )
        )


def margin(plan: Plan, exact: Callable[[], Marginal | None]) -> None:
    """Show which limits bind, and on request what exactly one unit more or less would change, once that is known."""
    st.markdown("\n".join(f"- {words.say(each)}" for each in binding(plan)))
    if not st.toggle(_("Work out exactly what one unit more and one unit less would change"), key="exact_margin"):
        return
    with st.spinner(_("Every limit is changed and the plan made again …")):
        found = exact()
    if found is None:
        return
    titles = {
        "dual": _("In the proof, at best [{unit}]"),
        "more": _("One more, solved again [{unit}]"),
        "less": _("One less, solved again [{unit}]"),
    }
    by_value = plan.problem.weighs_persons
    columns = {"dual": found.dual, "more": found.one_more, "less": found.one_less}
    printed.grid(
        # what only rounding makes is nothing, and nothing has no sign
        pd.DataFrame(
            {
                "limit": [words.resource(each) for each in found.limits],
                **{name: np.round(each, 7) + 0.0 for name, each in columns.items()},
            }
        ),
        column_config={
            "limit": st.column_config.TextColumn(_("Limit")),
            **{
                name: st.column_config.NumberColumn(words.in_unit(title, weighted=by_value), format="%,.4g")
                for name, title in titles.items()
            },
        },
        alt=_("The value of one unit, three ways"),
    )
    printed.grid(
        pd.DataFrame(found.next_unit, columns=list(plan.problem.resource_names)).assign(region=plan.problem.regions),
        column_order=["region", *plan.problem.resource_names],
        column_config={
            **{name: st.column_config.NumberColumn(words.resource(name)) for name in plan.problem.resource_names},
            "region": st.column_config.TextColumn(
                _("People the next unit would serve in"), pinned=True, width="medium"
            ),
        },
        alt=_("What the next unit would serve in every region"),
    )

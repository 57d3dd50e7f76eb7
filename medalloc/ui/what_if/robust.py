"""How the kept scenarios fare in the same sampled futures."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from medalloc.scenarios.regret import Fared
from medalloc.ui.kit import downloads, printed, words
from medalloc.ui.kit.words import _


def section(found: Sequence[Fared] | None) -> None:
    """Show the regret of the base and every scenario, and in how many futures each is near the best of them.

    Parameters
    ----------
    found : sequence of Fared, optional
        The base first; None where there is no scenario, or no future yet.
    """
    st.subheader(_("Scenarios if demand differs"), anchor=False)
    if found is None:
        st.caption(_("Keep scenarios under “Change”, to see which of them does best in most futures."))
        return
    shown = pd.DataFrame(
        {
            "scenario": [each.name or _("Base") for each in found],
            "near": [100 * each.near for each in found],
            "served": [each.served for each in found],
            "mean": [each.mean_regret for each in found],
            "largest": [each.largest_regret for each in found],
        }
    )
    told = [each for each in found if each.why_not is None]
    best = max(told, key=lambda each: (each.near, each.served), default=None)
    if best is not None:
        said = _("Most often near the best of them is {name}: in {share} of the sampled futures within 5%.")
        name = words.escape(best.name) if best.name else _("the base")
        st.markdown(f"**{said.format(name=name, share=words.percent(best.near))}**")
    number = st.column_config.NumberColumn
    printed.grid(
        shown,
        column_config={
            "scenario": st.column_config.TextColumn(_("Scenario"), pinned=True),
            "near": st.column_config.ProgressColumn(
                _("Within 5% of the best [%]"), min_value=0.0, max_value=100.0, format="%.0f"
            ),
            "served": number(words.in_unit(_("Served on average [{unit}]")), format="%,.0f"),
            "mean": number(words.in_unit(_("Regret on average [{unit}]")), format="%,.0f"),
            "largest": number(words.in_unit(_("Largest regret [{unit}]")), format="%,.0f"),
        },
        alt=_("How every scenario fares in the sampled futures"),
    )
    st.caption(
        _(
            "Each plan stays as it was made, with its own stock and limits, and the same demand comes for all. Regret "
            "is how many fewer it serves than the best of these plans in the same future."
        )
    )
    for each in found:
        if each.why_not is not None:
            st.caption(f"{words.escape(each.name) or _('Base')}: {words.say(each.why_not)}")
    downloads.offer(shown, "scenario_regrets", key="scenario_regrets")

"""What a region's or a resource's units are worth: the plan without them."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.scenarios.without import Replacement, tried
from medalloc.ui.kit import downloads, layout, printed, words
from medalloc.ui.kit.words import _


def section(base: Plan, found: Sequence[Replacement]) -> None:
    """Say whose units are hardest to replace, and show it of every resource and region.

    Parameters
    ----------
    base : Plan
        The plan that they are left out of.
    found : sequence of Replacement
        Resources first, then regions, the dearest first.
    """
    st.subheader(_("Without one resource or region"), anchor=False)
    st.markdown(
        _(
            "If a region got nothing, the others would get its units, and no floor would hold for it. What is then "
            "lost in all is what these units are worth there beyond their next best use."
        )
    )
    regions = [each for each in found if each.region is not None and each.lost is not None]
    if regions and (most := regions[0].lost or 0.0) > 0:
        said = _("Hardest to replace is {region}: without its units {lost} fewer are served in all.")
        told = said.format(region=words.escape(regions[0].region or ""), lost=words.number(most, 0))
        st.markdown(f"**{told}**")
    shown = frame(base, found)
    number = st.column_config.NumberColumn
    placed = {
        f"placed {one.name}": number(
            _("Placed {resource} [units]").format(resource=one.name), format=f"%,.{0 if one.whole else 1}f"
        )
        for one in base.problem.resources
    }
    printed.grid(
        shown,
        column_config={
            "without": st.column_config.TextColumn(_("Without"), pinned=True),
            **placed,
            "there": number(words.in_unit(_("Fewer served there [{unit}]")), format="%,.0f"),
            "lost": number(words.in_unit(_("Fewer served in all [{unit}]")), format="%,.0f"),
        },
        alt=_("What is lost without each resource and region"),
    )
    if shown["lost"].isna().any():
        st.caption(_("Where there is no number, floors or locks could then not be kept."))
    if len(regions) >= (most_tried := tried(base)):
        st.caption(_("Tried are the regions that get the largest shares, {most} at most.").format(most=most_tried))
    downloads.offer(shown, "without", key="without")
    layout.glossary("floor")


def frame(base: Plan, found: Sequence[Replacement]) -> pd.DataFrame:
    """Return a row for each resource and region."""
    return pd.DataFrame(
        {
            "without": [each.region or words.resource(each.resource or "") for each in found],
            **{
                f"placed {name}": [each.units[place] for each in found]
                for place, name in enumerate(base.problem.resource_names)
            },
            "there": [np.nan if each.lost is None else each.there for each in found],
            "lost": [np.nan if each.lost is None else each.lost for each in found],
        }
    )

"""Part of the Demand screen: where need differs from what the patients' features say."""

import altair as alt
import numpy as np
import pandas as pd
import streamlit as st

from medalloc.demand import Demand, RegionalCalibration
from medalloc.demand.observed import BEYOND_CHANCE
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import palette, pictures, words
from medalloc.ui.kit.maps import Drawing
from medalloc.ui.kit.words import _


def choice() -> None:
    """Let the visitor choose whether regions may differ beyond features."""
    st.toggle(
        _("Let each region's own patients count"),
        help=_(
            "The models know what each patient is like, not where. With this, need that was observed in a region moves "
            "its probabilities, the more patients it has the further, and intervals hold how uncertain that is "
            "(random intercept by empirical Bayes). Without it demand is the plain sum of the models' probabilities."
        ),
        **state.bound(at.study.demand.know_regions),
    )


def observed_over_predicted(expected: Demand, fit: RegionalCalibration) -> None:
    """Draw observed over predicted need of every region with its interval and z, and say how regions differ."""
    if not np.isfinite(fit.ratio).any():
        return
    pictures.altair(
        _chart(expected, fit), alt=_("Observed over predicted need of every region, with its interval and its z")
    )
    if expected.effects is not None:
        st.caption(
            _(
                "Beyond their patients' features, regions differ by a standard deviation of {spread} in the log-odds "
                "of need. The demand above takes that into account."
            ).format(spread=words.number(expected.effects.spread, 2))
        )


def _chart(expected: Demand, fit: RegionalCalibration) -> Drawing:
    shade = palette.shade()
    shown = pd.DataFrame(
        {"region": expected.regions, "ratio": fit.ratio, "low": fit.low, "high": fit.high, "z": fit.z}
    ).dropna()
    shown["beyond"] = shown["z"].abs() > BEYOND_CHANCE
    order = shown.sort_values("ratio", ascending=False)["region"].tolist()
    title = _("Observed over predicted; 1 is perfect")
    tips = [alt.Tooltip("region:N", title=_("Region"))]
    tips += [
        alt.Tooltip(f"{name}:Q", title=label, format=form)
        for name, label, form in (
            ("ratio", _("Observed over predicted"), ".2f"),
            ("low", _("low end"), ".2f"),
            ("high", _("high end"), ".2f"),
            ("z", _("z"), "+.1f"),
        )
    ]
    usual, unusual = palette.QUIET[shade], palette.ACCENT[shade]
    colour = alt.condition(alt.datum.beyond, alt.value(unusual), alt.value(usual))
    base = alt.Chart(shown).encode(
        y=alt.Y("region:N", sort=order, title=None, axis=alt.Axis(labelLimit=220)), color=colour, tooltip=tips
    )
    lines = base.mark_rule(strokeWidth=2.5).encode(
        x=alt.X("low:Q", title=title, scale=alt.Scale(zero=False)), x2="high:Q"
    )
    points = base.mark_point(filled=True, size=90, opacity=1).encode(x="ratio:Q")
    one = alt.Chart(pd.DataFrame({"x": [1.0]})).mark_rule(strokeDash=[4, 4], color=usual).encode(x="x:Q")
    said = base.mark_text(align="left", dx=8).encode(x="high:Q", text=alt.Text("z:Q", format="+.1f"))
    return alt.layer(one, lines, points, said).properties(height=alt.Step(26))

"""What comes next in one sentence, in figures, and why it is to be believed."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import streamlit as st

from medalloc.demand.forecasting.calendar import periods
from medalloc.demand.forecasting.expecting import Expected
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.forecasting.quantiles import TOLD
from medalloc.geography.matching import Ground
from medalloc.tables.order import highest_first
from medalloc.ui.kit import layout, words
from medalloc.ui.kit.words import _


@dataclass(frozen=True)
class Coming:
    """What comes next, and what a reader must know of it."""

    found: Outlook
    """The forecast."""

    expected: Expected
    """What it expects in the chosen periods, with what was set by hand."""

    counted: str
    """What is counted, in the plural."""

    by_hand: Mapping[str, Mapping[str, Any]]
    """What was set by hand for these periods, by region."""

    ground: Ground
    """Where the regions are."""


def when(of: Coming) -> str:
    """Say which periods are meant."""
    found, expected = of.found, of.expected
    if len(expected.dates) == 1:
        return _("{period} from {date}").format(period=one_period(found), date=expected.dates[0].date().isoformat())
    return _("Next {count} {periods}").format(
        count=words.number(len(expected.dates)), periods=words.plainly(periods(found.panel.calendar.every))
    )


def one_period(found: Outlook) -> str:
    """Return what one period is called."""
    return {"day": _("Day"), "week": _("Week"), "month": _("Month"), "quarter": _("Quarter")}[
        found.panel.calendar.every
    ]


def in_one_sentence(of: Coming) -> str:
    """Answer the screen's question with the current numbers."""
    expected = of.expected
    most = int(highest_first(expected.regions, expected.mean)[0])
    several, known = len(expected.regions) > 1, expected.is_interval_known
    if several and known:
        said = _("{when}: {total} {counted} in all, {low} to {high} with {chance} chance; most in {region}, {most}.")
    elif known:
        said = _("{when}: {total} {counted}, {low} to {high} with {chance} chance.")
    elif several:
        said = _(
            "{when}: {total} {counted} in all, most in {region}, {most}; too few past dates to say how sure that is."
        )
    else:
        said = _("{when}: {total} {counted}; too few past dates to say how sure that is.")
    return said.format(
        when=when(of),
        total=words.number(expected.total, 0),
        counted=words.escape(of.counted),
        low=words.number(expected.total_low, 0),
        high=words.number(expected.total_high, 0),
        chance=words.percent(expected.level),
        region=words.escape(expected.regions[most]),
        most=words.number(float(expected.mean[most]), 0),
    )


def few_dates(expected: Expected) -> None:
    """Say that intervals are not to be relied on, where there are too few past dates for them."""
    if not expected.is_interval_known:
        st.warning(
            words.counted(
                "Forecasts could be tried on {count} past date only: do not rely on any interval on this screen.",
                "Forecasts could be tried on {count} past dates only: do not rely on any interval on this screen.",
                expected.tried,
            ).format(count=words.number(expected.tried))
        )


def figures(of: Coming) -> None:
    """Show what comes, how that differs from what was, and how far to trust it."""
    found, expected = of.found, of.expected
    score = found.compared[found.verdict.chosen].overall
    told = found.coverage.counts.get(TOLD)
    before, whole = before_now(found, len(expected.dates))
    change = None if not whole or before <= 0 else expected.total / before - 1
    layout.figures(
        [
            layout.Figure(
                _("In all [{counted}]").format(counted=of.counted),
                words.number(expected.total, 0),
                help=_("Sum over all regions and the chosen periods, as expected on average."),
            ),
            layout.Figure(
                _("Change"),
                "–" if change is None else ("+" if change > 0 else "") + words.percent(change),
                help=_("Compared with as many periods before ({count}): {before}.").format(
                    count=words.number(len(expected.dates)), before=words.number(before, 0)
                )
                if whole
                else _("The periods before were not counted in every region."),
            ),
            layout.Figure(
                _("Past error"),
                "–" if not np.isfinite(score.wape) else words.percent(score.wape),
                help=_("Sum of errors over the sum of counts (WAPE), over all horizons, region by region."),
            ),
            layout.Figure(
                _("Intervals held"),
                "–" if told is None else words.percent(told),
                help=" ".join(words.say(each) for each in found.coverage.said) or None,
            ),
        ]
    )


def before_now(found: Outlook, count: int) -> tuple[float, bool]:
    """Return how much was counted in the last periods, gaps filled, and whether something was counted everywhere."""
    values = found.panel.values[:, -count:]
    return float(found.panel.filled[:, -count:].sum()), bool(np.isfinite(values).any(axis=1).all())


def in_brief(of: Coming) -> None:
    """Say under the answer what intervals held, which forecaster is used, and what was set by hand."""
    expected = of.expected
    said = [words.say(each) for each in (*of.found.coverage.said, *of.found.verdict.said[:1])]
    named = [each for each, reason in zip(expected.regions, expected.reasons, strict=True) if reason]
    if named:
        said.append(
            _("Set by hand, not forecast: {regions}; the reasons stand in the table.").format(
                regions=words.escape(", ".join(named))
            )
        )
    st.caption(" ".join(said))


def verdict(of: Coming) -> None:
    """Say which forecaster is used and why, and what was left out."""
    found = of.found
    said = (*found.verdict.said, *(each for each in found.notes if each not in found.panel.notes))
    st.markdown("\n".join(f"- {words.say(each)}" for each in said))

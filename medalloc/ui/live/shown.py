"""What is known now: the answer in a sentence, figures, regions with their age, and what has changed."""

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.live.alarms import GROWTH, WITHIN, Alarms
from medalloc.live.message import moment
from medalloc.live.watch import Told
from medalloc.ui import state
from medalloc.ui.kit import layout, printed, telling, words
from medalloc.ui.kit.words import _

NAMED = 6
"""Regions that are named. [count]"""


def level_names() -> Mapping[str, str]:
    """Return what levels are called."""
    return {"unknown": "–", "usual": _("usual"), "raised": _("raised"), "high": _("high")}


def day_of(found: Told) -> str:
    """Return the day that the newest numbers are of."""
    return moment(found.state.at).date().isoformat() if found.state.at else ""


def answer(found: Told) -> str:
    """Return in a sentence what has to be done."""
    replan = found.replan
    more = float(replan.served_after.sum() - replan.served_now.sum())
    if not replan.moves:
        return _("As of {day}, no move is worth it.").format(day=day_of(found))
    return words.counted(
        "As of {day}, moves to {regions} would serve {more} more person.",
        "As of {day}, moves to {regions} would serve {more} more people.",
        words.number(more, 0),
    ).format(day=day_of(found), regions=words.regions(len(replan.moves)), more=words.number(more, 0))


def figures(found: Told) -> None:
    """Show who is served now and after the moves, alarms, and who is silent."""
    replan, regions = found.replan, len(found.levels)
    now, after = float(replan.served_now.sum()), float(replan.served_after.sum())
    of = float(replan.problem.demand.sum()) or 1.0
    layout.figures(
        [
            layout.Figure(_("Served now [people]"), words.figure(now), below=words.percent(now / of)),
            layout.Figure(_("After the moves [people]"), words.figure(after), below=words.percent(after / of)),
            layout.Figure(_("Regions in alarm"), str(len(found.alarms)), below=_named(found.alarms)),
            layout.Figure(
                _("Regions heard from"),
                f"{regions - len(found.silent)} / {regions}",
                below=_named(found.silent, _("not: {names}")),
            ),
        ]
    )


def _named(regions: tuple[str, ...], said: str = "{names}") -> str:
    names = ", ".join(words.escape(each) for each in regions[:2]) + (", …" if len(regions) > 2 else "")
    return said.format(names=names) if regions else "–"


def numbers(found: Told) -> dict[str, float]:
    """Return the newest number of every region that was heard from, as it may be told; NaN where it is not."""
    return telling.newest({name: each.value for name, each in found.state.numbers.items()}, f"heard {found.state.at}")


def _forecast(found: Told) -> dict[str, float] | None:
    """Return the demand that is forecast by now, as it may be told; None where nothing is forecast."""
    if found.watch.forecasting is None:
        return None
    problem = found.replan.problem
    return telling.newest(
        dict(zip(problem.regions, problem.demand.tolist(), strict=True)), f"forecast {found.state.at}"
    )


def regions(found: Told, now: str) -> None:
    """Show every region with its number, its age and its level, those in alarm first."""
    names, rank = level_names(), {"high": 0, "raised": 1, "usual": 2, "unknown": 3}
    told, demand = numbers(found), _forecast(found)
    rows: list[dict[str, Any]] = []
    for name, level in zip(found.replan.problem.regions, found.levels, strict=True):
        known = found.state.numbers.get(name)
        days = math.nan if known is None else (moment(now) - moment(known.at)).total_seconds() / 86400
        rows.append(
            {
                "alarm": _("alarm") if name in found.alarms else "",
                "region": name,
                "number": told.get(name, math.nan),
                **({} if demand is None else {"forecast": demand[name]}),
                "level": names[level],
                "days": max(0.0, days),
                "source": _("not heard from") if name in found.silent else "" if known is None else known.source,
                "order": f"{name not in found.alarms:d}{rank[level]}{name}",
            }
        )
    shown = pd.DataFrame(rows).sort_values("order").drop(columns="order")
    printed.grid(
        shown,
        column_config={
            "region": st.column_config.TextColumn(_("Region"), pinned=True, width="medium"),
            "alarm": st.column_config.TextColumn(_("Alarm")),
            "number": st.column_config.NumberColumn(_("Newest number"), format="localized"),
            "forecast": st.column_config.NumberColumn(_("Forecast demand"), format="%.0f"),
            "level": st.column_config.TextColumn(_("Level")),
            "days": st.column_config.NumberColumn(_("Age [days]"), format="%.1f"),
            "source": st.column_config.TextColumn(_("Source")),
        },
        column_order=["region", "number", *(["forecast"] if demand else []), "level", "alarm", "days", "source"],
        alt=_("Newest number, level and age of every region"),
    )
    telling.said(sum(math.isnan(each) for each in told.values()))
    st.caption(words.say(found.watch.rule.said))
    _quality(found.watch.alarms)


def _quality(alarms: Alarms | None) -> None:
    """Say how good the alarms were on history that they were not learnt from; never only that there is one."""
    if alarms is None:
        st.caption(_("There are no alarms: without a history of counts, how often they would be false is not known."))
        return
    if not math.isfinite(alarms.threshold) or math.isnan(alarms.sensitivity):
        st.caption(_("There are no alarms: the history is too short to say how often they would be false."))
        return
    st.caption(
        words.counted(
            "Alarms are set to begin falsely at most once a month. In the last {periods} period before, which they "
            "were not learned from, {false} began a month; of outbreaks in which counts grow {growth}-fold, they "
            "noticed {share} within {within} periods, after {delay} on average.",
            "Alarms are set to begin falsely at most once a month. In the last {periods} periods before, which they "
            "were not learned from, {false} began a month; of outbreaks in which counts grow {growth}-fold, they "
            "noticed {share} within {within} periods, after {delay} on average.",
            alarms.held_back,
        ).format(
            periods=alarms.held_back,
            false=words.number(alarms.false_a_month, 1),
            growth=words.number(GROWTH),
            share=words.percent(alarms.sensitivity),
            within=WITHIN,
            delay=words.number(1 + alarms.delay, 1) if alarms.delay == alarms.delay else "–",
        )
    )


def changed(found: Told) -> None:
    """Say what has changed since the visitor last said to have looked."""
    stood = standing(found)
    before = state.look().live_looked
    if before.get("at"):
        was = before["stood"]
        lines = [
            f"**{words.escape(name)}**: {_stands(was.get(name))} → {_stands(stood.get(name))}"
            for name in dict.fromkeys([*was, *stood])
            if was.get(name) != stood.get(name)
        ]
        said = "; ".join(lines[:NAMED]) + ("; …" if len(lines) > NAMED else "") if lines else _("nothing new")
        st.markdown(_("Since you last looked, at {day}: {changes}").format(day=before["at"], changes=said))
    st.button(
        _("I have looked"),
        key="live_looked",
        icon=":material/visibility:",
        on_click=state.change,
        kwargs={"live_looked": {"at": day_of(found), "stood": stood}},
    )


def standing(found: Told) -> dict[str, list[str]]:
    """Return what is unusual, by region: its level and whether it is in alarm."""
    stood = {}
    for name, level in zip(found.replan.problem.regions, found.levels, strict=True):
        alarm = ["alarm"] if name in found.alarms else []
        if alarm or level in ("raised", "high"):
            stood[name] = [level, *alarm]
    return stood


def _stands(stood: list[str] | None) -> str:
    said = {**level_names(), "alarm": _("alarm")}
    return ", ".join(said[each] for each in stood or ["usual"])


def method(found: Told) -> None:
    """Say how demand and moves are found."""
    forecasting = found.watch.forecasting
    layout.in_detail(
        _("How this is worked out"),
        _("What was counted last is taken for each period that the plan is for.")
        if forecasting is None
        else words.say(forecasting.said),
        _(
            "The moves are those with which the most are served, as the plan's own policy counts, among all that move "
            "no more than allowed; what serves too few more is left out. Units that stood there before the plan "
            "stay. What was accepted, is under way or done counts as there."
        ),
        _("Units from stock are placed, not moved: only those that leave another region are limited."),
    )

"""A plan that is watched: from what was heard to levels, alarms and the moves that are proposed."""

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.solving import solve
from medalloc.demand.forecasting.panel import Panel
from medalloc.errors import InputError
from medalloc.live.alarms import Alarms, alarmed, calibrated
from medalloc.live.board import Entry, closed, committed
from medalloc.live.heard import Number, State, not_heard_from, with_demand
from medalloc.live.levels import Level, LevelRule, usual_before
from medalloc.live.message import Message
from medalloc.live.move import MoveLimits
from medalloc.live.moving import Replan, placed_with, replanned
from medalloc.sentences import sentence
from medalloc.study.parts import Live

RECENT = 4 * 8
"""Periods that the running mean of surprises still remembers. [periods]"""

DAYS = {"day": 1.0, "week": 7.0, "month": 30.44, "quarter": 91.31}
"""Length of a period. [days]"""


@dataclass(frozen=True, eq=False)
class Watch:
    """What is watched, and by which rules."""

    problem: Problem
    """Of the plan in force."""

    placed: Array
    """Units that it has placed, shape (n_regions, n_resources). [units]"""

    limits: MoveLimits
    """What may move."""

    rule: LevelRule
    """What counts as raised and high."""

    periods: float = 1.0
    """Periods of the feed that the plan is for. [periods]"""

    days: float = 7.0
    """Length of such a period. [days]"""

    year: int = 52
    """Periods of a year. [periods]"""

    history: Array | None = None
    """What was counted until now, shape (n_regions, n_periods); None where no history is known. [count/period]"""

    alarms: Alarms | None = None
    """Learnt from the history; None without one."""


@dataclass(frozen=True, eq=False)
class Told:
    """What follows from what was heard."""

    watch: Watch
    """With what was heard as the end of its history."""

    state: State
    replan: Replan
    levels: tuple[Level, ...]
    alarms: tuple[str, ...]
    """Regions in alarm."""

    silent: tuple[str, ...]
    """Regions not heard from."""


def watch_of(chosen: Live, problem: Problem, placed: Array, panel: Panel | None = None, periods: float = 1.0) -> Watch:
    """Return what is watched: a plan, the choices of a study and, if there is one, the history of counts."""
    limits = MoveLimits(chosen.move_share / 100, chosen.move_units, least=chosen.move_least, price=chosen.move_price)
    made = Watch(problem, placed, limits, LevelRule(chosen.raised_from, chosen.high_from), periods)
    if panel is None:
        return made
    days, history = DAYS[panel.calendar.every], ordered(panel, problem.regions)
    return replace(made, days=days, year=max(8, round(365 / days)), history=history, alarms=calibrated(history, days))


def begun_at(panel: Panel, problem: Problem, start: int, periods: float) -> tuple[Problem, Array]:
    """Return a problem as it was when period `start` of the counts had not come yet, and its plan's units.

    Raises
    ------
    InputError
        If the counts are of other regions.
    """
    before = ordered(replace(panel, values=panel.until(start).filled), problem.regions)
    numbers = dict(zip(problem.regions, (Number(float(each), "", "") for each in before[:, -1]), strict=True))
    then = with_demand(problem, State(numbers=numbers), periods)
    return then, solve(then).units


def ordered(panel: Panel, regions: tuple[str, ...]) -> Array:
    """Return counts in the order of the plan's regions."""
    if missing := sorted(set(regions) ^ set(panel.regions)):
        raise InputError(
            sentence(
                "The counts and the plan are of different regions; these are in one only: {names}.",
                names=", ".join(missing[:6]),
            )
        )
    row = {name: place for place, name in enumerate(panel.regions)}
    return np.asarray(panel.values[[row[name] for name in regions]])


def frame(panel: Panel, period: int, source: str) -> Message:
    """Return what a feed would have said when this period had been counted."""
    counted = {
        name: float(count) for name, count in zip(panel.regions, panel.values[:, period], strict=True) if count >= 0
    }
    at = panel.calendar.date(period).isoformat() + "+00:00"
    return Message(at, source, counted, f"{source}:{period}")


def told(watch: Watch, state: State, board: tuple[Entry, ...] = ()) -> Told:
    """Return what follows from what was heard; units on their way count as there."""
    regions = watch.problem.regions
    now = np.array([state.numbers[name].value if name in state.numbers else np.nan for name in regions])
    fresh = np.array([name in state.numbers and not state.numbers[name].missed for name in regions])
    recent = None if watch.history is None else np.column_stack([watch.history, np.where(fresh, now, np.nan)])
    usual = watch.problem.demand / watch.periods if recent is None else usual_before(recent[:, :-1], watch.year)
    on = np.zeros(len(regions), bool) if recent is None or watch.alarms is None else _alarmed(watch.alarms, recent)
    until = (np.datetime64(state.at[:10]) + int(np.ceil(watch.days * watch.periods))).astype(str) if state.at else ""
    found = replanned(
        with_demand(watch.problem, state, watch.periods),
        placed_with(watch.problem, watch.placed, committed(board)),
        watch.limits,
        turn=state.at[:10] or str(state.turn),
        until=until,
        closed=closed(board, state.at[:10]),
    )
    grown = watch if recent is None else replace(watch, history=recent[:, -max(watch.year + 8, RECENT) :])
    named = tuple(name for name, is_on in zip(regions, on.tolist(), strict=True) if is_on)
    return Told(grown, state, found, watch.rule.levels(now, usual), named, not_heard_from(state, regions))


def _alarmed(alarms: Alarms, recent: Array) -> Any:
    return alarmed(alarms, recent[:, -RECENT:])


def told_json(found: Told) -> dict[str, Any]:
    """Return what was told as plain values, one line for a program."""
    replan, state = found.replan, found.state
    return {
        "turn": state.turn,
        "at": state.at,
        "trouble": str(state.trouble_said or ""),
        "heard": len(state.numbers),
        "not_heard_from": list(found.silent),
        "levels": {
            name: level
            for name, level in zip(replan.problem.regions, found.levels, strict=True)
            if level in ("raised", "high")
        },
        "alarms": list(found.alarms),
        "served_now": float(replan.served_now.sum()),
        "served_after": float(replan.served_after.sum()),
        "moves": [
            {
                "id": each.id,
                "to": each.to,
                "parts": [{"from": one.origin, "resource": one.resource, "units": one.units} for one in each.parts],
                "serves": each.serves,
                "loses": each.loses,
                "until": each.until,
            }
            for each in replan.moves
        ],
        "notes": [str(each) for each in replan.said],
    }

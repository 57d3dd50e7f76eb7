"""A plan that is watched: from what was heard to levels, alarms and the moves that are proposed."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from medalloc.allocation.problem import Array, Problem
from medalloc.allocation.program.going_on import Programs, going_on
from medalloc.allocation.solving import solve
from medalloc.demand.forecasting.panel import Panel
from medalloc.live.alarms import Alarms, alarmed, calibrated
from medalloc.live.board import Entry, closed, committed
from medalloc.live.drift import Fit, Shifted, fit_of, ordinary_shift, shifted
from medalloc.live.forecasting import Forecasting
from medalloc.live.heard import State, demand_heard, not_heard_from
from medalloc.live.levels import Level, LevelRule, usual_before
from medalloc.live.message import Message
from medalloc.live.move import MoveLimits
from medalloc.live.moving import Replan, placed_with, replanned
from medalloc.live.past import RECENT, Past, order_of, past_of
from medalloc.live.telling_drift import drift_json
from medalloc.study.parts import Live


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

    past: Past | None = None
    """What was counted until now; None where no history is known."""

    alarms: Alarms | None = None
    """Learnt from the history; None without one."""

    forecasting: Forecasting | None = None
    """Who forecasts from what comes in; None where the newest count itself is the demand of a period."""

    ordinary: float = float("nan")
    """How much counts shift ordinarily from year to year; NaN where the history is too short to know. [1]"""

    programs: Programs = field(default_factory=Programs)
    """What a plan was found with last, from which the next one goes on; the only part that changes in place."""

    @property
    def days(self) -> float:
        """Length of a period; without a history, of a week. [days]."""
        return 7.0 if self.past is None else self.past.days


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

    @property
    def shift(self) -> Shifted | None:
        """Whether counts have shifted against those of a year before; None where that is not known."""
        if (past := self.watch.past) is None:
            return None
        return shifted(past.values, past.calendar.every, past.year, self.watch.ordinary)

    @property
    def fit(self) -> Fit | None:
        """How counts compare with what was forecast for them; None where nothing was."""
        return None if self.watch.forecasting is None else fit_of(self.watch.forecasting.judged)


def watch_of(
    chosen: Live,
    problem: Problem,
    placed: Array,
    panel: Panel | None = None,
    *,
    periods: float = 1.0,
    forecasting: Forecasting | None = None,
) -> Watch:
    """Return what is watched.

    Parameters
    ----------
    placed : array of shape (n_regions, n_resources)
        Its units. [units]
    panel : Panel, optional
        The history of counts, if there is one.
    periods : float
        Periods of counts that the plan is for. [periods]
    forecasting : Forecasting, optional
        Who forecasts from the same counts.
    """
    limits = MoveLimits(chosen.move_share / 100, chosen.move_units, least=chosen.move_least, price=chosen.move_price)
    rule = LevelRule(chosen.raised_from, chosen.high_from)
    if panel is None:
        return Watch(problem, placed, limits, rule, periods)
    past = past_of(panel, problem.regions)
    alarms = calibrated(past.values, past.days)
    ordinary = ordinary_shift(past.values, past.calendar.every, past.year)
    return Watch(problem, placed, limits, rule, periods, past, alarms, forecasting, ordinary)


def begun_at(panel: Panel, problem: Problem, periods: float, forecasting: Forecasting | None) -> tuple[Problem, Array]:
    """Return a problem as it was when nothing had been counted but what a panel holds, and its plan's units.

    Raises
    ------
    InputError
        If the counts are of other regions.
    """
    if forecasting is None:
        demand = panel.filled[order_of(panel.regions, problem.regions), -1] * periods
    else:
        demand = forecasting.expected(np.arange(len(problem.regions)), panel.length - 1)
    then = problem.with_demand(demand)
    return then, solve(then).units


def frame(panel: Panel, period: int, source: str) -> Message:
    """Return what a feed would have said when this period had been counted."""
    counted = {
        name: float(count) for name, count in zip(panel.regions, panel.values[:, period], strict=True) if count >= 0
    }
    at = panel.calendar.date(period).isoformat() + "+00:00"
    return Message(at, source, counted, f"{source}:{period}")


def listened(watch: Watch, state: State) -> Watch:
    """Return a watch that knows what was heard; only the regions that told something new are forecast again."""
    if (past := watch.past) is None:
        return watch
    forecasting = watch.forecasting
    for rows, counts, period in past.news(state.numbers, watch.problem.regions):
        past = past.with_counts(rows, counts, period)
        forecasting = None if forecasting is None else forecasting.heard(rows, counts, period)
    return replace(watch, past=past, forecasting=forecasting)


def listened_to_all(watch: Watch, states: Iterable[State]) -> Watch:
    """Return a watch that knows what was heard at several times, one after the other."""
    for state in states:
        watch = listened(watch, state)
    return watch


def told(watch: Watch, state: State, board: tuple[Entry, ...] = ()) -> Told:
    """Return what follows from what was heard; units on their way count as there."""
    regions, watch = watch.problem.regions, listened(watch, state)
    now = np.array([state.numbers[name].value if name in state.numbers else np.nan for name in regions])
    past, alarms = watch.past, watch.alarms
    usual = watch.problem.demand / watch.periods if past is None else usual_before(past.before, past.year)
    on = np.zeros(len(regions), bool)
    if past is not None and alarms is not None:
        on = alarmed(alarms, past.values[:, -RECENT:])
    until = (np.datetime64(state.at[:10]) + int(np.ceil(watch.days * watch.periods))).astype(str) if state.at else ""
    with going_on(watch.programs):
        found = replanned(
            watch.problem.with_demand(_demand(watch, state)),
            placed_with(watch.problem, watch.placed, committed(board)),
            watch.limits,
            turn=state.at[:10] or str(state.turn),
            until=until,
            closed=closed(board, state.at[:10]),
        )
    named = tuple(name for name, is_on in zip(regions, on.tolist(), strict=True) if is_on)
    return Told(watch, state, found, watch.rule.levels(now, usual), named, not_heard_from(state, regions))


def _demand(watch: Watch, state: State) -> Array:
    """Return the demand by now, shape (n_regions,): forecast, or as it was heard; the plan's own where neither is."""
    if watch.forecasting is None:
        return demand_heard(watch.problem, state, watch.periods)
    again = watch.forecasting.demand
    return np.where(np.isfinite(again), again, watch.problem.demand)


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
        "forecast": None
        if found.watch.forecasting is None
        else {
            "by": found.watch.forecasting.model,
            "periods": found.watch.periods,
            "demand": dict(zip(replan.problem.regions, replan.problem.demand.tolist(), strict=True)),
        },
        "drift": drift_json(found.shift, found.fit),
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

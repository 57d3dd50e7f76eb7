"""What is watched on the Live screen: counts played again, or a folder."""

from dataclasses import dataclass

import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.forecasting.panel import Panel
from medalloc.live.board import Entry
from medalloc.live.forecasting import Ahead, Forecasting, forecasting_of
from medalloc.live.watch import Told, listened_to_all, told, watch_of
from medalloc.study.parts import Limits, Live
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit.words import _
from medalloc.ui.live import source


@dataclass(frozen=True, eq=False)
class Watching:
    """Where numbers come from, and the plan that they are held against."""

    chosen: Live
    """What was chosen here."""

    limits: Limits
    """What there is to place, and what "best" means."""

    panel: Panel | None
    """Counts over time, where there are any."""

    plan: Plan | None
    """The plan in force."""

    problem: Problem | None
    """What it answers."""

    is_counted: bool
    """Whether demand comes from counts over time."""

    ahead: Ahead | None
    """Which periods of counts the plan is for; None where it is from no counts."""

    outlook: Outlook | None
    """The forecast of the study, where one was made."""

    called: str
    """What the file of counts is called."""

    @property
    def from_folder(self) -> bool:
        """Whether a folder is watched."""
        return self.chosen.live_from == "folder"

    @property
    def folder(self) -> str | None:
        """Return the folder that is watched; None where none may be."""
        allowed = source.folders()
        return self.chosen.live_folder if self.chosen.live_folder in allowed else next(iter(allowed), None)

    @property
    def board(self) -> str:
        """Return the name of the file of moves."""
        return f"moves-{self.folder if self.from_folder else state.look().live_round}.jsonl"

    def now(self) -> int:
        """Return the number that changes when something new has come."""
        if self.from_folder and self.plan is not None:
            return source.of_folder(self.folder, self.plan.problem.regions)[1].turn if self.folder else 0
        return source.position(self.panel, self.chosen.live_speed) if self.panel is not None else 0

    @property
    def periods(self) -> float:
        """Return how many periods of counts the plan is for; 1 where it is from no counts. [periods]."""
        return 1.0 if self.ahead is None else self.ahead.periods

    def found(self, board: tuple[Entry, ...]) -> Told | None:
        """Return what follows from what was heard; None while there is nothing to watch."""
        if self.from_folder:
            return self._found_in_folder(self.plan, board)
        return None if self.panel is None else self.replayed(self.panel, self.now(), board)

    def replayed(self, panel: Panel, played: int, board: tuple[Entry, ...] = ()) -> Told | None:
        """Return what follows once so many periods were played; None while nobody has said what is placed."""
        before = state.keep(source.before, panel)
        problem = state.keep(source.asked, before, self.problem, self.limits)
        if problem is None:
            return None
        forecasting = self._forecasting(before, problem)
        begun = state.keep(source.begun, before, problem, self.periods, forecasting)
        watch = state.keep(source.watch_before, before, self.chosen, begun, self.periods, forecasting)
        watch = state.keep(source.watch_until, watch, panel, max(0, played - 1))
        return state.keep(told, watch, state.keep(source.of_replay, panel, self.called, played), board)

    def _found_in_folder(self, plan: Plan | None, board: tuple[Entry, ...]) -> Told | None:
        if plan is None or self.folder is None:
            return None
        history = self.panel if self.is_counted else None
        forecasting = None if history is None else self._forecasting(history, plan.problem)
        watch = state.keep(
            watch_of, self.chosen, plan.problem, plan.units, history, periods=self.periods, forecasting=forecasting
        )
        earlier, heard = source.of_folder(self.folder, plan.problem.regions)
        watch = state.keep(listened_to_all, watch, earlier)
        return state.keep(told, watch, heard, board) if heard.turn else None

    def _forecasting(self, panel: Panel, problem: Problem) -> Forecasting | None:
        """Return who forecasts from what comes in; None where the plan is from no counts."""
        if self.ahead is None:
            return None
        return state.keep(forecasting_of, panel, problem.regions, self.ahead, self.outlook)

    def choose(self) -> None:
        """Offer what can be watched here."""
        left, right = st.columns([3, 2], vertical_alignment="bottom")
        names = {"replay": _("Counts in use, played again"), "folder": _("A watched folder")}
        left.segmented_control(
            _("Where numbers come from"),
            list(names),
            format_func=names.__getitem__,
            required=True,
            **state.bound(at.study.live.live_from),
        )
        allowed = source.folders()
        if not self.from_folder:
            right.slider(_("Periods a second"), 1, 8, **state.bound(at.study.live.live_speed))
        elif allowed:
            right.selectbox(_("Folder"), allowed, **state.bound_to_one_of(at.study.live.live_folder, allowed))
        else:
            st.info(_("No folder may be watched here: the server's owner allows one by MEDALLOC_FEEDS."))

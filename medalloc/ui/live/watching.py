"""What is watched on the Live screen: counts played again, or a folder."""

from dataclasses import dataclass

import streamlit as st

from medalloc.allocation.plan import Plan
from medalloc.allocation.problem import Problem
from medalloc.demand.forecasting.panel import Panel
from medalloc.live.board import Entry
from medalloc.live.watch import Told, told, watch_of
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

    periods: float
    """Periods of counts that the plan is for. [periods]"""

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
            return source.of_folder(self.folder, self.plan.problem.regions).turn if self.folder else 0
        return source.position(self.panel, self.chosen.live_speed) if self.panel is not None else 0

    def found(self, board: tuple[Entry, ...]) -> Told | None:
        """Return what follows from what was heard; None while there is nothing to watch."""
        if self.from_folder:
            if self.plan is None or self.folder is None:
                return None
            history = self.panel if self.is_counted else None
            watch = state.keep(watch_of, self.chosen, self.plan.problem, self.plan.units, history, self.periods)
            heard = source.of_folder(self.folder, self.plan.problem.regions)
            return state.keep(told, watch, heard, board) if heard.turn else None
        return None if self.panel is None else self.replayed(self.panel, self.now(), board)

    def replayed(self, panel: Panel, played: int, board: tuple[Entry, ...] = ()) -> Told | None:
        """Return what follows once so many periods were played; None while nobody has said what is placed."""
        begun = state.keep(source.begun, panel, self.problem, self.limits, self.periods)
        if begun is None:
            return None
        watch = state.keep(source.watch_before, panel, self.chosen, begun, self.periods)
        watch = state.keep(source.watch_until, watch, panel, max(0, played - 1))
        return state.keep(told, watch, state.keep(source.of_replay, panel, self.called, played), board)

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

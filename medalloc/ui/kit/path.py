"""Where the visitor stands: which step is ready, stale or missing."""

from dataclasses import dataclass
from typing import Any, Literal

from medalloc.errors import InfeasibleError, MedallocError
from medalloc.study.step import Long
from medalloc.study.steps import demands, needs, plans, tables
from medalloc.ui import state
from medalloc.ui.kit.words import _

Standing = Literal["ready", "working", "stale", "missing", "not needed", "fault"]


@dataclass(frozen=True)
class Step:
    """One step of the path."""

    page: str
    """File of its screen, without ending."""

    standing: Standing
    """How it stands."""


def steps() -> list[Step]:
    """Return every step with its standing, in the order of the path."""
    try:
        table = state.ask(tables.table)
    except MedallocError:
        return [Step("data", "fault"), *(Step(page, "missing") for page in ("prepare", "need", "demand", "allocate"))]
    if state.ask(tables.is_from_counts):
        skipped: list[Step] = [Step(page, "not needed") for page in ("prepare", "need")]
        return [
            Step("data", "not needed" if table is None else "ready"),
            *skipped,
            Step("demand", _forecast()),
            Step("allocate", _allocation(demands.outlook)),
        ]
    if table is None:
        return [Step(page, "missing") for page in ("data", "prepare", "need", "demand", "allocate")]
    if table.kind == "regions":
        skipped = [Step(page, "not needed") for page in ("prepare", "need", "demand")]
        return [Step("data", "ready"), *skipped, Step("allocate", _allocation())]
    need, at_hand = _standing(needs.training), state.ask(demands.patients_demand) is not None
    return [
        Step("data", "ready"),
        Step("prepare", "ready" if table.column("need") else "missing"),
        Step("need", need),
        Step("demand", _after(needs.training) if at_hand else _before(need)),
        Step("allocate", _allocation(needs.training) if at_hand else _before(need)),
    ]


def _standing(step: Long[Any]) -> Standing:
    known: dict[str, Standing] = {"failed": "fault", "older": "stale", "ready": "ready", "working": "working"}
    return known.get(state.answers().standing(step), "missing")


def _after(step: Long[Any]) -> Standing:
    """Return how an answer stands that follows from a long step."""
    return "stale" if state.answers().is_older(step) else "ready"


def _before(need: Standing) -> Standing:
    return need if need in ("stale", "missing") else "missing"


def _forecast() -> Standing:
    try:
        state.ask(demands.expected_counts)
    except MedallocError:
        return "fault"
    return _standing(demands.outlook)


def _allocation(after: Long[Any] | None = None) -> Standing:
    try:
        if state.ask(plans.plan) is None:
            return "missing"
        return "ready" if after is None else _after(after)
    except InfeasibleError:
        return "fault"
    except MedallocError:
        return "missing"


def standing_names() -> dict[Standing, tuple[str, str]]:
    """Return symbol and word of every standing; never colour alone."""
    return {
        "ready": (":material/check_circle:", _("ready")),
        "working": (":material/hourglass_top:", _("working")),
        "stale": (":material/update:", _("stale")),
        "missing": (":material/radio_button_unchecked:", _("missing")),
        "not needed": (":material/do_not_disturb_on:", _("not needed")),
        "fault": (":material/error:", _("needs repair")),
    }

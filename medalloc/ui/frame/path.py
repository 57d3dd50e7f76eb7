"""Where the visitor stands: which step is ready, stale or missing."""

from dataclasses import dataclass
from typing import Literal

from medalloc.errors import InfeasibleError, MedallocError
from medalloc.ui import chain
from medalloc.ui.kit import runs
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
        table = chain.table()
    except MedallocError:
        return [Step("data", "fault"), *(Step(page, "missing") for page in ("prepare", "need", "demand", "allocate"))]
    if chain.is_from_counts():
        skipped: list[Step] = [Step(page, "not needed") for page in ("prepare", "need")]
        return [
            Step("data", "not needed" if table is None else "ready"),
            *skipped,
            Step("demand", _forecast()),
            Step("allocate", _allocation()),
        ]
    if table is None:
        return [Step(page, "missing") for page in ("data", "prepare", "need", "demand", "allocate")]
    if table.kind == "regions":
        skipped = [Step(page, "not needed") for page in ("prepare", "need", "demand")]
        return [Step("data", "ready"), *skipped, Step("allocate", _allocation())]
    need = _need()
    after: Standing = need if need in ("stale", "missing") else "missing"
    regional = need == "ready" and table.column("region") is not None
    return [
        Step("data", "ready"),
        Step("prepare", "ready" if table.column("need") else "missing"),
        Step("need", need),
        Step("demand", "ready" if regional else after),
        Step("allocate", _allocation() if regional else after),
    ]


def _need() -> Standing:
    status = chain.run_status()
    if status is None or status.state in ("cancelled", "lost"):
        return "missing"
    if status.state == "failed":
        return "fault"
    if chain.is_stale():
        return "stale"
    return "ready" if status.ended else "working"


def _forecast() -> Standing:
    status = runs.status("forecast_run")
    if status is None or status.state in ("cancelled", "lost"):
        return "missing"
    if status.state == "failed":
        return "fault"
    try:
        fresh = chain.expected_counts() is not None
    except MedallocError:
        return "fault"
    return "working" if not status.ended else "ready" if fresh else "stale"


def _allocation() -> Standing:
    try:
        return "ready" if chain.plan() is not None else "missing"
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

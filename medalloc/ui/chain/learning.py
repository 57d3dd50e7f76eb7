"""Training as a run, and what came of it."""

import hashlib
import json
from pathlib import Path
from typing import Any

from medalloc.jobs.losses import Losses, losses
from medalloc.jobs.run import Status
from medalloc.need.comparing.comparison import compare
from medalloc.need.judging.assessment import Assessment
from medalloc.need.judging.storage import MODEL, load_assessment
from medalloc.need.keeping.model_file import KeptModel, load_model
from medalloc.need.models.catalogue import NETWORKS
from medalloc.need.models.options import MODEL_KINDS
from medalloc.networks.backend import available
from medalloc.tables.storage import save_table
from medalloc.ui import state
from medalloc.ui.chain.tables import recipe, table
from medalloc.ui.kit import runs

BASELINE = "logistic"


def fingerprint() -> str:
    """Return what a training run would be given, as a hash; a run of another hash is stale."""
    choices = state.get()
    given: dict[str, Any] = {
        name: getattr(choices, name)
        for name in ("file", "encoding", "delimiter", "sheet", "roles", "repairs", "models", "seed", "calibration")
    }
    given["options"] = options_of_models()
    return hashlib.sha256(json.dumps([given, recipe().to_json()], sort_keys=True).encode()).hexdigest()


def options_of_models() -> dict[str, dict[str, float | str]]:
    """Return the options of the chosen models that differ from the usual ones, by kind of model."""
    chosen = state.get().model_options
    return {kind: dict(chosen[kind]) for kind in models() if chosen.get(kind)}


def models() -> list[str]:
    """Return the kinds of model that are trained: those chosen, and the baseline, which is always there."""
    return list(dict.fromkeys([*state.get().models, BASELINE]))


def train() -> None:
    """Put a training run in line for the current choices."""
    learned_from = table()
    if learned_from is None:
        return
    choices = state.get()
    arguments = {
        "recipe": recipe().to_json(),
        "models": models(),
        "seed": choices.seed,
        "options": options_of_models(),
        "calibration": choices.calibration,
    }
    run = state.jobs().submit("assess", arguments, lambda folder: save_table(learned_from, folder / "table"))
    state.change(run=run, run_of=fingerprint())


def compare_all() -> None:
    """Put a training run of every model in line that this machine can train; its verdict decides which is looked at."""
    possible = tuple(kind for kind in MODEL_KINDS if kind not in NETWORKS or available())
    state.change(models=possible, model=None)
    train()


def run_status() -> Status | None:
    """Return how far the training run is; None before the first one."""
    return runs.status("run")


def network_losses() -> Losses:
    """Return how the loss of networks goes down in the training run, by kind of model; empty where there are none."""
    run = state.get().run
    return {} if run is None else losses(state.jobs().run(run).folder)


def assessments() -> dict[str, Assessment]:
    """Return what the finished run found, by model; empty before that."""
    run, status = state.get().run, run_status()
    if run is None or status is None or status.state != "done":
        return {}
    return state.remember("assessments", run, lambda: _load(state.jobs().run(run).folder))


def _load(folder: Path) -> dict[str, Assessment]:
    return {each.name: load_assessment(each) for each in sorted((folder / "models").iterdir())}


def assessment() -> Assessment | None:
    """Return the assessment whose probabilities make the demand: the chosen model's, or the verdict's."""
    every = assessments()
    if not every:
        return None
    chosen = state.get().model
    return every.get(chosen or "") or every[compare(every).chosen]


def trained(kind: str) -> KeptModel | None:
    """Return the model that a finished training kept, or None when there is none of this kind."""
    run = state.get().run
    if run is None or kind not in assessments():
        return None
    place = state.jobs().run(run).folder / "models" / kind / MODEL
    return state.remember("trained", (run, kind), lambda: load_model(place)) if place.is_file() else None


def is_stale() -> bool:
    """Whether the finished or running training was given other choices than the current ones."""
    return state.get().run is not None and state.get().run_of != fingerprint()

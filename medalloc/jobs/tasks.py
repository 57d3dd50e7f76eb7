"""What a worker can do: each task reads its run's folder and writes its results there."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from medalloc.allocation.problem import Problem
from medalloc.allocation.uncertainty import Futures, futures_json
from medalloc.lessons.library_race import library_race, runs_to_json
from medalloc.need.assessment import assess
from medalloc.need.choice import ModelChoice
from medalloc.need.storage import save
from medalloc.preparation.recipe import Recipe
from medalloc.sentences import Sentence, sentence
from medalloc.tables.storage import load_table

Progress = Callable[[float, Sentence], None]


def assess_models(folder: Path, arguments: Mapping[str, Any], progress: Progress) -> None:
    """Assess several models on one table.

    Parameters
    ----------
    folder : Path
        Holds the table in ``table``; each model's assessment is written to ``models/KIND``.
    arguments : mapping
        ``recipe`` as JSON, ``models`` as kinds, ``seed``.
    progress : callable
        Told the fraction done and what is being done.
    """
    table, recipe = load_table(folder / "table"), Recipe.from_json(arguments["recipe"])
    kinds: list[str] = arguments["models"]
    for place, kind in enumerate(kinds):

        def part(fraction: float, stage: Sentence, place: int = place) -> None:
            told = sentence("Model {number} of {count}: {stage}", number=place + 1, count=len(kinds), stage=stage)
            progress((place + fraction) / len(kinds), told)

        found = assess(table, recipe, ModelChoice(kind, seed=arguments["seed"]), cross_validate=True, progress=part)
        save(found, folder / "models" / kind)


def compare_futures(folder: Path, arguments: Mapping[str, Any], progress: Progress) -> None:
    """Hold a problem's plan and its rivals against the same futures.

    Parameters
    ----------
    folder : Path
        Holds the futures in ``demand.npy``, one row a future; the answer is written to ``answer.json``.
    arguments : mapping
        ``problem`` as JSON.
    progress : callable
        Told the fraction done and what is being done.
    """
    problem = Problem.from_json(arguments["problem"])
    futures = Futures(problem.regions, np.load(folder / "demand.npy", allow_pickle=False))
    found = futures_json(problem, futures, progress=progress)
    (folder / "answer.json").write_text(json.dumps(found, allow_nan=False), encoding="utf-8")


def run_race(folder: Path, arguments: Mapping[str, Any], progress: Progress) -> None:
    """Let a library's optimisers race on one network.

    Parameters
    ----------
    folder : Path
        Holds standardised rows in ``inputs.npy`` and 0 or 1 for each in ``need.npy``; the runs are written to
        ``answer.json``.
    arguments : mapping
        ``rates`` by optimiser, ``batch``, ``passes``, ``seeds``.
    progress : callable
        Told the fraction done and what is being done.
    """
    inputs, need = (np.load(folder / f"{name}.npy", allow_pickle=False) for name in ("inputs", "need"))
    made = library_race(inputs, need, progress=progress, **arguments)
    (folder / "answer.json").write_text(json.dumps(runs_to_json(made), allow_nan=False), encoding="utf-8")


TASKS: dict[str, Callable[[Path, Mapping[str, Any], Progress], None]] = {
    "assess": assess_models,
    "futures": compare_futures,
    "race": run_race,
}

"""What a worker can do: each task reads its run's folder and writes its results there."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from medalloc.allocation.problem import Problem
from medalloc.allocation.uncertainty import Futures, futures_json
from medalloc.demand.forecasting.outlook import outlook
from medalloc.demand.forecasting.progress import Counter
from medalloc.demand.forecasting.question import Question
from medalloc.demand.forecasting.reading import read_panel
from medalloc.demand.forecasting.storage import save_outlook
from medalloc.errors import InputError
from medalloc.jobs.losses import LossLog
from medalloc.lessons.library_race import library_race, runs_to_json
from medalloc.need.comparison.search import search
from medalloc.need.evaluation.assessment import assess
from medalloc.need.evaluation.storage import MODEL, save
from medalloc.need.measures.calibration import AUTOMATIC
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.model_file import save_model
from medalloc.need.training.training import TrainedModel
from medalloc.networks.listening import listening
from medalloc.preparation.recipe import Recipe
from medalloc.sentences import Sentence, sentence
from medalloc.tables.storage import load_table

Progress = Callable[[float, Sentence], None]

REFUSED, SEARCHED = "refused.json", "search.json"


def assess_models(folder: Path, arguments: Mapping[str, Any], progress: Progress) -> None:
    """Assess several models on one table.

    Parameters
    ----------
    folder : Path
        Holds the table in ``table``; each model's assessment is written to ``models/KIND``, the losses of networks to
        ``loss.json`` while they are trained, and why others could not be trained to ``refused.json``.
    arguments : mapping
        ``recipe`` as JSON, ``models`` as kinds, ``seed``; ``options`` by kind and ``calibration`` may be left out.
    progress : callable
        Told the fraction done and what is being done.

    Raises
    ------
    InputError
        If none of the models can be trained.
    """
    table, recipe = load_table(folder / "table"), Recipe.from_json(arguments["recipe"])
    kinds: list[str] = arguments["models"]
    options, calibration = arguments.get("options", {}), arguments.get("calibration", AUTOMATIC)
    refused: dict[str, InputError] = {}
    log = LossLog(folder)
    for place, kind in enumerate(kinds):

        def part(fraction: float, stage: Sentence, place: int = place) -> None:
            told = sentence("Model {number} of {count}: {stage}", number=place + 1, count=len(kinds), stage=stage)
            progress((place + fraction) / len(kinds), told)

        def keep(trained: TrainedModel, kind: str = kind) -> None:
            save_model(trained, folder / "models" / kind / MODEL, table)

        log.kind = kind
        try:
            choice = ModelChoice(kind, seed=arguments["seed"], options=options.get(kind, {}), calibration=calibration)
            with listening(log):
                found = assess(table, recipe, choice, cross_validate=True, progress=part, keep=keep)
            log.write()
            save(found, folder / "models" / kind)
        except InputError as error:
            # one model that cannot learn from this table must not take the others with it
            refused[kind] = error
    if len(refused) == len(kinds):
        raise next(iter(refused.values()))
    said = {kind: error.said.to_json() for kind, error in refused.items()}
    (folder / REFUSED).write_text(json.dumps(said), encoding="utf-8")


def search_options(folder: Path, arguments: Mapping[str, Any], progress: Progress) -> None:
    """Look for better options of one model.

    Parameters
    ----------
    folder : Path
        Holds the table in ``table``; the result is written to ``search.json``.
    arguments : mapping
        ``recipe`` as JSON, ``model`` as kind, ``seed``, ``seconds``.
    progress : callable
        Told the fraction done and what is being done.
    """
    table, recipe = load_table(folder / "table"), Recipe.from_json(arguments["recipe"])
    choice = ModelChoice(arguments["model"], seed=arguments["seed"])
    found = search(table, recipe, choice, seconds=arguments["seconds"], progress=progress)
    (folder / SEARCHED).write_text(json.dumps(found.to_json(), allow_nan=False), encoding="utf-8")


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


def forecast_counts(folder: Path, arguments: Mapping[str, Any], progress: Progress) -> None:
    """Compare forecasters on a table of counts and let the chosen one say what comes next.

    Parameters
    ----------
    folder : Path
        Holds the table in ``table``; the forecast is written there, see `save_outlook`.
    arguments : mapping
        A `Question` as JSON.
    progress : callable
        Told the fraction done and what is being done.
    """
    panel = read_panel(load_table(folder / "table")).panel
    question = Question.from_json(arguments)
    save_outlook(outlook(panel, question, told=Counter(panel, question, progress).told), folder)


TASKS: dict[str, Callable[[Path, Mapping[str, Any], Progress], None]] = {
    "assess": assess_models,
    "search": search_options,
    "forecast": forecast_counts,
    "futures": compare_futures,
    "race": run_race,
}

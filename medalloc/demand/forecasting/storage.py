"""A forecast with everything that speaks for it, as two files: words as JSON, numbers as arrays; nothing unpickled."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from medalloc.demand.forecasting.calendar import Calendar
from medalloc.demand.forecasting.forecast import Forecast
from medalloc.demand.forecasting.origins import Origins
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.forecasting.panel import Covariate, Panel
from medalloc.demand.forecasting.quantiles import Spread
from medalloc.demand.forecasting.question import Question
from medalloc.demand.forecasting.scoring import Score, Scores
from medalloc.demand.forecasting.trial import Trial
from medalloc.demand.forecasting.verdict import Verdict
from medalloc.sentences import Sentence

Arrays = dict[str, NDArray[Any]]

WORDS, NUMBERS = "outlook.json", "outlook.npz"

MEASURES = ("mase", "wape", "mae", "wis")


def save_outlook(found: Outlook, folder: Path) -> None:
    """Write a forecast into a folder, from which `load_outlook` reads it.

    Parameters
    ----------
    found : Outlook
        What was forecast.
    folder : Path
        Where two files are written.
    """
    arrays: Arrays = {}
    words = {
        "panel": _panel_out(found.panel, arrays),
        "question": found.question.to_json(),
        "origins": {
            "compared": list(found.origins.compared),
            "kept": list(found.origins.kept),
            "step": found.origins.step,
            "note": None if found.origins.note is None else found.origins.note.to_json(),
        },
        "compared": {each: _scores_out(scores, f"compared {each}", arrays) for each, scores in found.compared.items()},
        "kept": {each: _scores_out(scores, f"kept {each}", arrays) for each, scores in found.kept.items()},
        "trials": {
            each: [_trial_out(one, f"trial {each} {place}", arrays) for place, one in enumerate(trials)]
            for each, trials in found.trials.items()
        },
        "verdict": {
            "chosen": found.verdict.chosen,
            "better_naive": found.verdict.better_naive,
            "said": [each.to_json() for each in found.verdict.said],
        },
        "coverage": [[chance, share] for chance, share in found.coverage.items()],
        "forecast": _forecast_out(found.forecast, arrays),
        "notes": [each.to_json() for each in found.notes],
    }
    np.savez_compressed(folder / NUMBERS, allow_pickle=False, **arrays)
    (folder / WORDS).write_text(json.dumps(words, allow_nan=False), encoding="utf-8")


def load_outlook(folder: Path) -> Outlook:
    """Return the forecast that `save_outlook` wrote.

    Parameters
    ----------
    folder : Path
        Where its two files are.
    """
    words = json.loads((folder / WORDS).read_text(encoding="utf-8"))
    with np.load(folder / NUMBERS, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files}
    origins, verdict = words["origins"], words["verdict"]
    note = origins["note"]
    return Outlook(
        panel=_panel_in(words["panel"], arrays),
        question=Question.from_json(words["question"]),
        origins=Origins(
            tuple(origins["compared"]),
            tuple(origins["kept"]),
            origins["step"],
            None if note is None else Sentence.from_json(note),
        ),
        compared={each: _scores_in(each, read, f"compared {each}", arrays) for each, read in words["compared"].items()},
        trials={
            each: tuple(_trial_in(each, one, f"trial {each} {place}", arrays) for place, one in enumerate(read))
            for each, read in words["trials"].items()
        },
        verdict=Verdict(verdict["chosen"], verdict["better_naive"], _sentences(verdict["said"])),
        kept={each: _scores_in(each, read, f"kept {each}", arrays) for each, read in words["kept"].items()},
        coverage=dict(words["coverage"]),
        forecast=_forecast_in(words["forecast"], arrays),
        notes=_sentences(words["notes"]),
    )


def _sentences(read: list[dict[str, Any]]) -> tuple[Sentence, ...]:
    return tuple(Sentence.from_json(each) for each in read)


def _panel_out(panel: Panel, arrays: Arrays) -> dict[str, Any]:
    arrays["panel"] = panel.values
    for place, each in enumerate(panel.covariates):
        arrays[f"covariate {place}"] = each.values
    return {
        "regions": list(panel.regions),
        "every": panel.calendar.every,
        "start": panel.calendar.start.isoformat(),
        "covariates": list(panel.covariate_names()),
        "notes": [each.to_json() for each in panel.notes],
    }


def _panel_in(read: Mapping[str, Any], arrays: Arrays) -> Panel:
    known = tuple(Covariate(name, arrays[f"covariate {place}"]) for place, name in enumerate(read["covariates"]))
    calendar = Calendar(read["every"], pd.Timestamp(read["start"]))
    return Panel(tuple(read["regions"]), calendar, arrays["panel"], known, _sentences(read["notes"]))


def _scores_out(scores: Scores, name: str, arrays: Arrays) -> list[str]:
    """Put the numbers of scores into arrays, which hold NaN and infinity as JSON cannot; return the seasons."""
    arrays[f"{name} overall"] = _score_out(scores.overall)
    arrays[f"{name} by horizon"] = np.array([_score_out(each) for each in scores.by_horizon])
    arrays[f"{name} by season"] = np.array([_score_out(each) for each in scores.by_season.values()])
    arrays[f"{name} by region"], arrays[f"{name} by origin"] = scores.by_region, scores.by_origin
    return list(scores.by_season)


def _scores_in(model: str, seasons: list[str], name: str, arrays: Arrays) -> Scores:
    return Scores(
        model=model,
        overall=_score_in(model, arrays[f"{name} overall"]),
        by_horizon=tuple(_score_in(model, row) for row in arrays[f"{name} by horizon"]),
        by_region=arrays[f"{name} by region"],
        by_season={
            months: _score_in(model, row) for months, row in zip(seasons, arrays[f"{name} by season"], strict=True)
        },
        by_origin=arrays[f"{name} by origin"],
    )


def _score_out(score: Score) -> NDArray[np.float64]:
    return np.array([*(getattr(score, each) for each in MEASURES), *score.seeds])


def _score_in(model: str, row: NDArray[np.float64]) -> Score:
    mase, wape, mae, wis, *seeds = (float(each) for each in row)
    return Score(model, mase, wape, mae, wis, tuple(seeds))


def _trial_out(trial: Trial, name: str, arrays: Arrays) -> dict[str, Any]:
    arrays[f"{name} predicted"], arrays[f"{name} actual"] = trial.predicted, trial.actual
    return {"seed": trial.seed, "origins": list(trial.origins)}


def _trial_in(model: str, read: Mapping[str, Any], name: str, arrays: Arrays) -> Trial:
    return Trial(model, read["seed"], tuple(read["origins"]), arrays[f"{name} predicted"], arrays[f"{name} actual"])


def _forecast_out(forecast: Forecast, arrays: Arrays) -> dict[str, Any]:
    for each in ("point", "mean", "quantiles"):
        arrays[f"forecast {each}"] = getattr(forecast, each)
    for each in ("residuals", "width", "usual"):
        arrays[f"spread {each}"] = getattr(forecast.spread, each)
    return {
        "model": forecast.model,
        "regions": list(forecast.regions),
        "dates": [each.isoformat() for each in forecast.dates],
        "growth": forecast.spread.growth,
    }


def _forecast_in(read: Mapping[str, Any], arrays: Arrays) -> Forecast:
    spread = Spread(arrays["spread residuals"], arrays["spread width"], arrays["spread usual"], read["growth"])
    return Forecast(
        read["model"],
        tuple(read["regions"]),
        tuple(pd.Timestamp(each) for each in read["dates"]),
        arrays["forecast point"],
        arrays["forecast mean"],
        arrays["forecast quantiles"],
        spread,
    )

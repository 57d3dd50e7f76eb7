"""Keep a trained model in one file, and bring it back so that it predicts exactly the same."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np

from medalloc.errors import InputError, SourceError
from medalloc.need.calibration import Calibrator
from medalloc.need.choice import ModelChoice
from medalloc.need.evaluation import Scores
from medalloc.need.model_archive import pack, unpack
from medalloc.need.model_formats import read_model, write_model
from medalloc.need.profile import ColumnProfile, profile, profile_from_json, profile_json
from medalloc.need.splitting import patient_groups
from medalloc.need.storage import plain_scores, read_scores
from medalloc.need.target import read_need
from medalloc.need.training import FittedModel, Floats, TrainedModel, predict
from medalloc.preparation.encoding import encode
from medalloc.preparation.fitted_json import fitted_from_json, fitted_json
from medalloc.preparation.recipe import Recipe
from medalloc.sentences import Sentence, sentence
from medalloc.tables.table import Table

SUFFIX = ".medalloc"
ABOUT = "about.json"
LIBRARIES = ("numpy", "pandas", "scikit-learn", "lightgbm", "skops")


@dataclass(frozen=True)
class Training:
    """What a model learned from, and when."""

    table: str
    """Name of the file."""

    sha256: str
    """Hash of that file."""

    need: str
    """Column that said who was in need."""

    rows: int
    """Rows of the table. [count]"""

    train_rows: int
    """Rows the model learned from. [count]"""

    test_rows: int
    """Rows it was tested on. [count]"""

    train_need: float
    """Share of the training rows in need. [fraction]"""

    by_patient: bool
    """Whether patients repeat, so that each one's rows were kept on one side of the split."""

    date: str
    """Day and time of saving in UTC, as ISO 8601."""


@dataclass(frozen=True, eq=False)
class KeptModel:
    """A trained model without the table it learned from."""

    choice: ModelChoice
    """Which model, with its seed."""

    fitted: FittedModel
    """The model itself, with its recipe."""

    columns: tuple[ColumnProfile, ...]
    """What each column of the training rows held."""

    training: Training
    """What it learned from, and when."""

    scores: Scores
    """Scores on the test rows at threshold 0.5."""

    warnings: tuple[Sentence, ...]
    """What a reader should know before believing it."""

    libraries: Mapping[str, str]
    """Versions of the libraries it was trained with."""

    @property
    def recipe(self) -> Recipe:
        """How cells are prepared."""
        return self.fitted.prepared.recipe

    def probability(self, table: Table) -> Floats:
        """Predict for a table with the same features; NaN for rows the recipe leaves out, shape (rows,).

        Raises
        ------
        InputError
            If a feature is missing or holds something else than it did.
        """
        return predict(self.fitted, table)


def keep_model(trained: TrainedModel, table: Table) -> KeptModel:
    """Return a trained model with what must be known to use it without its table.

    Parameters
    ----------
    trained : TrainedModel
        As `training.train` returned it.
    table : Table
        The table it learned from.
    """
    learned_from = trained.split.train
    need = read_need(table).values[learned_from]
    training = Training(
        table=table.source.name,
        sha256=table.source.sha256,
        need=table.required("need"),
        rows=len(table.frame),
        train_rows=len(learned_from),
        test_rows=len(trained.split.test),
        train_need=float(np.mean(need)),
        by_patient=patient_groups(table) is not None,
        date=datetime.now(UTC).isoformat(timespec="seconds"),
    )
    columns = profile(table, encode(table.frame, trained.fitted.prepared.sources), learned_from)
    versions = {name: version(name) for name in LIBRARIES}
    return KeptModel(trained.choice, trained.fitted, columns, training, trained.scores(), trained.warnings, versions)


def save_model(trained: TrainedModel, path: Path | str, table: Table) -> None:
    """Write a trained model into one file, whose folder is made if it is not there.

    Parameters
    ----------
    trained : TrainedModel
        As `training.train` returned it.
    path : Path or str
        Where to; ends in ``.medalloc`` by custom.
    table : Table
        The table it learned from; its name, hash, ranges and categories are kept, its rows are not.

    Raises
    ------
    SourceError
        If the file cannot be written.
    """
    place = Path(path)
    content = model_bytes(keep_model(trained, table))
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    except OSError as error:
        raise SourceError(
            sentence("“{file}” cannot be written: {reason}.", file=place, reason=(error.strerror or str(error)).lower())
        ) from error


def load_model(path: Path | str) -> KeptModel:
    """Return the model that `save_model` wrote.

    Raises
    ------
    SourceError
        If the file cannot be opened.
    InputError
        If it is damaged, changed, too large, of another version, or holds anything but a model.
    """
    try:
        content = Path(path).read_bytes()
    except OSError as error:
        raise SourceError(
            sentence("“{file}” cannot be opened: {reason}.", file=path, reason=(error.strerror or str(error)).lower())
        ) from error
    return model_from_bytes(content)


def model_bytes(model: KeptModel) -> bytes:
    """Return a model as the bytes of its file."""
    form, members = write_model(model.fitted.model)
    about = {
        "choice": model.choice.to_json(),
        "format": form,
        "fitted": fitted_json(model.fitted.prepared),
        "calibrator": _calibrator_json(model.fitted.calibrator),
        "columns": profile_json(model.columns),
        "training": asdict(model.training),
        "scores": plain_scores(model.scores),
        "warnings": [each.to_json() for each in model.warnings],
        "libraries": dict(model.libraries),
    }
    text = json.dumps(about, ensure_ascii=False, indent=1, allow_nan=False)
    return pack({ABOUT: text.encode(), **members})


def model_from_bytes(content: bytes) -> KeptModel:
    """Return the model in the bytes of its file.

    Raises
    ------
    InputError
        If it is damaged, changed, too large, of another version, or holds anything but a model.
    """
    members = unpack(content)
    try:
        about = json.loads(members.get(ABOUT, b""))
        choice, prepared = ModelChoice.from_json(about["choice"]), fitted_from_json(about["fitted"])
        _require_same_library(about["format"], about["libraries"])
        fitted = FittedModel(
            prepared,
            read_model(about["format"], members, choice, len(prepared.columns)),
            _calibrator(about["calibrator"]),
        )
        columns = profile_from_json(about["columns"])
        if tuple(each.name for each in columns) != prepared.sources:
            raise ValueError("columns")
        return KeptModel(
            choice,
            fitted,
            columns,
            Training(**about["training"]),
            read_scores(about["scores"]),
            tuple(Sentence.from_json(each) for each in about["warnings"]),
            dict(about["libraries"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise InputError(
            sentence("The description of the model lacks or garbles: {name}.", name=str(error).strip("'\""))
        ) from error


def _require_same_library(form: str, libraries: Mapping[str, str]) -> None:
    """Refuse estimators of another scikit-learn: it promises nothing about what they would answer."""
    if form != "scikit-learn":
        return
    here, there = version("scikit-learn"), str(libraries["scikit-learn"])
    if here.split(".")[:2] != there.split(".")[:2]:
        raise InputError(
            sentence(
                "The model was trained with scikit-learn {there}, and here is {here}, which may answer differently; "
                "train it again, or install that version.",
                there=there,
                here=here,
            )
        )


def _calibrator_json(calibrator: Calibrator | None) -> dict[str, Any] | None:
    if calibrator is None:
        return None
    return {
        "slope": calibrator.slope,
        "intercept": calibrator.intercept,
        "scores": None if calibrator.scores is None else calibrator.scores.tolist(),
        "probabilities": None if calibrator.probabilities is None else calibrator.probabilities.tolist(),
    }


def _calibrator(data: Mapping[str, Any] | None) -> Calibrator | None:
    if data is None:
        return None
    curve = [
        None if data[name] is None else np.array(data[name], dtype=np.float64) for name in ("scores", "probabilities")
    ]
    if (curve[0] is None) != (curve[1] is None) or (
        curve[0] is not None and curve[1] is not None and curve[0].shape != curve[1].shape
    ):
        raise ValueError("calibrator")
    return Calibrator(float(data["slope"]), float(data["intercept"]), *curve)

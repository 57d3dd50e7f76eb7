"""Keep a trained model in one file, and bring it back so that it predicts exactly the same."""

import json
from dataclasses import dataclass
from pathlib import Path

from medalloc.errors import not_opened, refused
from medalloc.need.evaluation.amount_storage import read_amount_scores
from medalloc.need.evaluation.storage import plain, read_scores
from medalloc.need.models.amount_catalogue import AMOUNTS
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.kept_model import KeptModel, Training
from medalloc.need.persistence.made_with import (
    calibrator_from_json,
    require_same_library,
)
from medalloc.need.persistence.model_archive import pack, unpack
from medalloc.need.persistence.model_formats import model_members, read_model
from medalloc.need.persistence.profile import ColumnProfile
from medalloc.need.training.fitted import FittedModel
from medalloc.preparation.fitted_json import fitted_from_json, fitted_json
from medalloc.saved import from_plain, read_file, read_json, to_plain, write_file
from medalloc.sentences import Sentence, sentence

ABOUT = "about.json"


@dataclass(frozen=True)
class _Learned:
    columns: tuple[ColumnProfile, ...]
    training: Training


def write_model(model: KeptModel, path: Path | str) -> None:
    """Write a model into one file, whose folder is made if it is not there.

    Raises
    ------
    SourceError
        If the file cannot be written.
    """
    write_file(path, model_bytes(model))


def load_model(path: Path | str) -> KeptModel:
    """Return the model that `write_model` wrote.

    Raises
    ------
    SourceError
        If the file cannot be opened.
    InputError
        If it is damaged, changed, too large, of another version, or holds anything but a model.
    """
    try:
        content = read_file(path)
    except OSError as error:
        raise not_opened(path, error) from error
    return model_from_bytes(content)


def model_bytes(model: KeptModel) -> bytes:
    """Return a model as the bytes of its file."""
    form, members = model_members(model.fitted.model)
    about = {
        "choice": model.choice.to_json(),
        "format": form,
        "fitted": fitted_json(model.fitted.prepared),
        "calibrator": to_plain(model.fitted.calibrator),
        "columns": to_plain(model.columns),
        "training": to_plain(model.training),
        "scores": plain(model.scores),
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
        about = read_json(members.get(ABOUT, b""))
        choice, prepared = ModelChoice.from_json(about["choice"]), fitted_from_json(about["fitted"])
        require_same_library(about["format"], about["libraries"])
        fitted = FittedModel(
            prepared,
            read_model(about["format"], members, choice, len(prepared.columns)),
            calibrator_from_json(about["calibrator"]),
        )
        learned = from_plain(_Learned, {name: about[name] for name in ("columns", "training")}, sentence("model"))
        if tuple(each.name for each in learned.columns) != prepared.sources:
            raise ValueError("columns")
        return KeptModel(
            choice,
            fitted,
            learned.columns,
            learned.training,
            (read_amount_scores if choice.kind in AMOUNTS else read_scores)(about["scores"]),
            tuple(Sentence.from_json(each) for each in about["warnings"]),
            dict(about["libraries"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, ArithmeticError) as error:
        raise refused(
            "In the description of the model this is missing or damaged: {name}.", name=str(error).strip("'\"")
        ) from error

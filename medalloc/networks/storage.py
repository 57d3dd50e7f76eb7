"""Networks as files: a JSON description and plain arrays, nothing that could run."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np

from medalloc.errors import InputError, SourceError
from medalloc.networks.architecture import Architecture
from medalloc.networks.checks import one_of, require_entries
from medalloc.networks.machine import LOSSES, Weights, weight_shapes
from medalloc.networks.network import Epoch, Network
from medalloc.networks.training import Training
from medalloc.sentences import sentence

VERSION = 1
DESCRIPTION = "network.json"
WEIGHTS = "weights.npz"


def save(network: Network, folder: Path | str) -> None:
    """Write a network into a folder, which is made if it is not there."""
    place = Path(folder)
    place.mkdir(parents=True, exist_ok=True)
    arrays: dict[str, Any] = {f"w{number}": each for number, each in enumerate(network.weights)}
    np.savez_compressed(place / WEIGHTS, allow_pickle=False, **arrays)
    text = json.dumps(_to_json(network), ensure_ascii=False, indent=1, allow_nan=False)
    (place / DESCRIPTION).write_text(text, encoding="utf-8")


def load(folder: Path | str) -> Network:
    """Build the network that `save` wrote down.

    Raises
    ------
    SourceError
        If the folder does not hold one, or networks cannot be used on this machine.
    InputError
        If it was written by another version, or was changed by hand into something unusable.
    """
    place = Path(folder)
    try:
        data = json.loads((place / DESCRIPTION).read_text(encoding="utf-8"))
        with np.load(place / WEIGHTS, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (OSError, ValueError) as error:
        raise SourceError(
            sentence("There is no readable network in “{folder}”: {reason}.", folder=str(place), reason=str(error))
        ) from error
    read = require_entries(data, ("architecture", "training", "loss", "history"), VERSION)
    architecture, training = Architecture.from_json(read.get("architecture")), Training.from_json(read.get("training"))
    if faults := one_of("loss", read.get("loss"), LOSSES):
        raise InputError(*faults)
    try:
        history = tuple(Epoch(**each) for each in read.get("history", ()))
    except TypeError as error:
        raise InputError(
            sentence(
                "The history of the network in “{folder}” is garbled: {reason}.", folder=str(place), reason=str(error)
            )
        ) from error
    return Network(architecture, training, read["loss"], _checked(arrays, architecture), history)


def _to_json(network: Network) -> dict[str, Any]:
    return {
        "version": VERSION,
        "architecture": network.architecture.to_json(),
        "training": network.training.to_json(),
        "loss": network.loss,
        "history": [asdict(each) for each in network.history],
    }


def _checked(arrays: dict[str, Any], architecture: Architecture) -> Weights:
    shapes = weight_shapes(architecture)
    found = [arrays.get(f"w{number}", np.empty(0)) for number in range(len(shapes))]
    fits = len(arrays) == len(shapes) and all(one.shape == shape for one, shape in zip(found, shapes, strict=True))
    if not fits or not all(each.dtype.kind == "f" and np.isfinite(each).all() for each in found):
        raise InputError(
            sentence(
                "The weights do not fit the network they are stored with: it takes numbers in arrays of shapes "
                "{known}.",
                known=", ".join(map(str, shapes)),
            )
        )
    return tuple(each.astype(np.float32) for each in found)

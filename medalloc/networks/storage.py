"""Networks as files: a JSON description and plain arrays, nothing that could run."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Annotated, Any, ClassVar

import numpy as np

from medalloc.errors import refused
from medalloc.networks.architecture import NOUN, Architecture
from medalloc.networks.machine import LOSSES, Weights, weight_shapes
from medalloc.networks.network import Epoch, Network
from medalloc.networks.training import Training
from medalloc.saved import OneOf, from_plain, read_json, to_plain

LARGEST = 256_000_000
"""Of the weights when they are unpacked. [bytes]"""

DESCRIPTION = "network.json"
WEIGHTS = "weights.npz"


@dataclass(frozen=True)
class _Description:
    version: ClassVar[int] = 1

    architecture: Architecture
    training: Training
    loss: Annotated[str, OneOf(LOSSES)]
    history: tuple[Epoch, ...] = ()


def to_members(network: Network) -> dict[str, bytes]:
    """Return a network as named pieces of plain data: its description and its weights."""
    arrays: dict[str, Any] = {f"w{number}": each for number, each in enumerate(network.weights)}
    weights = BytesIO()
    np.savez_compressed(weights, allow_pickle=False, **arrays)
    described = _Description(network.architecture, network.training, network.loss, network.history)
    text = json.dumps(to_plain(described), ensure_ascii=False, indent=1, allow_nan=False)
    return {DESCRIPTION: text.encode(), WEIGHTS: weights.getvalue()}


def from_members(members: Mapping[str, bytes]) -> Network:
    """Build the network that `to_members` wrote down.

    Raises
    ------
    ValueError
        If a piece cannot be read.
    InputError
        If it was written by another version, or was changed by hand into something unusable.
    """
    data = read_json(members[DESCRIPTION])
    with np.load(BytesIO(members[WEIGHTS]), allow_pickle=False) as stored:
        if sum(each.file_size for each in stored.zip.infolist()) > LARGEST:
            raise ValueError(f"more than {LARGEST:,} bytes of weights")
        arrays = {name: stored[name] for name in stored.files}
    read = from_plain(_Description, data, NOUN)
    return Network(read.architecture, read.training, read.loss, _checked(arrays, read.architecture), read.history)


def _checked(arrays: dict[str, Any], architecture: Architecture) -> Weights:
    shapes = weight_shapes(architecture)
    found = [arrays.get(f"w{number}", np.empty(0)) for number in range(len(shapes))]
    fits = len(arrays) == len(shapes) and all(one.shape == shape for one, shape in zip(found, shapes, strict=True))
    if not fits or not all(each.dtype.kind == "f" and np.isfinite(each).all() for each in found):
        raise refused(
            "The weights do not fit the network they are stored with: it takes numbers in arrays of shapes {known}.",
            known=", ".join(map(str, shapes)),
        )
    return tuple(each.astype(np.float32) for each in found)

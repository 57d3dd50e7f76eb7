import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from medalloc.errors import InputError
from medalloc.networks.architecture import Architecture
from medalloc.networks.descent import train
from medalloc.networks.network import Network
from medalloc.networks.storage import DESCRIPTION, WEIGHTS, from_members, to_members
from medalloc.networks.training import Training


def save(network: Network, folder: Path) -> None:
    for name, content in to_members(network).items():
        (folder / name).write_bytes(content)


def load(folder: Path) -> Network:
    return from_members({name: (folder / name).read_bytes() for name in (DESCRIPTION, WEIGHTS)})


@pytest.fixture
def stored(vectors: Any, tmp_path: Path) -> Path:
    save(train(Architecture("mlp", (4,), hidden=(4,)), *vectors, Training(epochs=2), loss="logistic"), tmp_path)
    return tmp_path


@pytest.mark.parametrize("kind", ["cnn", "lstm"])
def test_a_network_comes_back_from_its_files_as_it_was(kind: str, windows: Any, tmp_path: Path) -> None:
    inputs, targets = windows
    made = train(Architecture(kind, (8, 2), outputs=2, hidden=(4,)), inputs, targets, Training(epochs=2))
    save(made, tmp_path)
    back = load(tmp_path)
    assert (back.architecture, back.training, back.history) == (made.architecture, made.training, made.history)
    np.testing.assert_allclose(back.outputs(inputs), made.outputs(inputs), atol=1e-6)


def test_objects_in_the_place_of_weights_are_never_unpickled(stored: Path) -> None:
    np.savez(stored / WEIGHTS, w0=np.array([{"a": 1}], dtype=object))
    with pytest.raises(ValueError, match="allow_pickle"):
        load(stored)


@pytest.mark.parametrize("array", [np.zeros((3, 3)), np.full((4, 4), np.nan), np.zeros((4, 4), dtype=int)])
def test_weights_of_another_network_are_refused(stored: Path, array: Any) -> None:
    with np.load(stored / WEIGHTS) as found:
        arrays = dict(found)
    np.savez(stored / WEIGHTS, **{**arrays, "w0": array})
    with pytest.raises(InputError, match="do not fit"):
        load(stored)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"version": 7}, "version 7"),
        ({"history": [{"pass": 1}]}, "history"),
        ({"loss": "hinge"}, "“loss” is 'hinge'"),
        ({"architecture": None}, "“architecture” is None; it must be an object"),
    ],
)
def test_a_description_changed_by_hand_is_refused(stored: Path, change: dict[str, Any], words: str) -> None:
    data = json.loads((stored / DESCRIPTION).read_text())
    (stored / DESCRIPTION).write_text(json.dumps({**data, **change}))
    with pytest.raises(InputError, match=words):
        load(stored)

"""Model files that were forged with care: their hashes fit, and what they say is impossible."""

import io
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.errors import MedallocError
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.kept_model import keep_model
from medalloc.need.persistence.model_archive import pack, unpack
from medalloc.need.persistence.model_file import model_bytes, model_from_bytes
from medalloc.need.training.training import train
from medalloc.preparation.recipe import recipe_named
from tests.unit.need.conftest import as_table, patients

DESCRIPTIONS = [("logistic", "about.json"), ("mlp", "about.json"), ("mlp", "network.json")]
FORGED = ("1e999", "-1e308", "1" + "0" * 400, "1" + "0" * 19, "-1", "0", "NaN", "null", '"x"', "[]", "{}", "true")
DEEP = "[" * 100_000 + "]" * 100_000


@cache
def members_of(kind: str) -> dict[str, bytes]:
    table = as_table(patients(300))
    options = {"epochs": 2} if kind == "mlp" else {}
    trained = train(table, recipe_named("default"), ModelChoice(kind, options=options))
    return dict(unpack(model_bytes(keep_model(trained, table))))


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the way to everything in plain data."""
    yield path
    entries = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, inner in entries:
        yield from places(inner, (*path, name))


def put(node: Any, path: tuple[Any, ...], value: str) -> Any:
    if not path:
        return value
    copy = dict(node) if isinstance(node, dict) else list(node)
    copy[path[0]] = put(node[path[0]], path[1:], value)
    return copy


@settings(max_examples=40)
@given(st.data())
def test_whatever_a_description_says_it_is_a_model_or_refused_in_a_sentence(data: st.DataObject) -> None:
    kind, name = data.draw(st.sampled_from(DESCRIPTIONS))
    described = json.loads(members_of(kind)[name])
    path = data.draw(st.sampled_from(list(places(described))))
    text = json.dumps(put(described, path, "FORGED")).replace('"FORGED"', data.draw(st.sampled_from([*FORGED, DEEP])))
    try:
        model = model_from_bytes(pack({**members_of(kind), name: text.encode()}))
        assert np.shape(model.probability(as_table(patients(40)))) == (40,)
    except MedallocError as error:
        assert str(error)


def test_weights_that_unpack_to_too_much_are_not_unpacked() -> None:
    content = io.BytesIO()
    np.savez_compressed(content, w0=np.zeros(300_000_000, dtype=np.uint8))
    with pytest.raises(MedallocError, match="more than 256,000,000 bytes"):
        model_from_bytes(pack({**members_of("mlp"), "weights.npz": content.getvalue()}))

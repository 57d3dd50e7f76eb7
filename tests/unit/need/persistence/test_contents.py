"""What the file of a model says about patients is what it says that it says."""

import io
import json
import zipfile
from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.contents import contents, rows_within
from medalloc.need.persistence.kept_model import keep_model
from medalloc.need.persistence.model_archive import unpack
from medalloc.need.persistence.model_file import model_bytes, model_from_bytes
from medalloc.need.training.training import train
from medalloc.preparation.encoding import encode
from medalloc.preparation.recipe import recipe_named
from tests.unit.need.conftest import as_table, patients

EXACT = "exact_rows"
NAMES = [f"Name-{each}" for each in range(300)]


def arrays(members: dict[str, bytes]) -> Iterator[NDArray[np.float64]]:
    """Yield every array of numbers in the file of a model."""
    for content in members.values():
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                yield from arrays({name: archive.read(name) for name in archive.namelist()})
        elif content.startswith(b"\x93NUMPY"):
            stored = np.load(io.BytesIO(content), allow_pickle=False)
            # the nodes of a tree are records, one number of each kind
            yield from [] if stored.dtype.names else [np.atleast_2d(stored).astype(float)]


@pytest.mark.parametrize(
    ("choice", "rows"),
    [
        (ModelChoice("logistic"), 0),
        (ModelChoice("linear-svm"), 0),
        (ModelChoice("forest", options={"trees": 20}), 0),
        (ModelChoice("mlp", options={"epochs": 2}), 0),
        (ModelChoice("boosting", options={"trees": 20}), 0),
        (ModelChoice("svm"), None),
        (ModelChoice("svm", options={EXACT: 100}), 300),
    ],
    ids=lambda each: f"{each.kind}{len(each.options)}" if isinstance(each, ModelChoice) else "",
)
def test_a_model_is_made_of_patients_exactly_where_it_says_so(choice: ModelChoice, rows: int | None) -> None:
    table = as_table(patients(900))
    kept = keep_model(train(table, recipe_named("default"), choice), table)
    members = dict(unpack(model_bytes(kept)))
    prepared = kept.fitted.prepared
    matrix = prepared.matrix(encode(table.frame, prepared.sources), np.arange(900)).astype(float)
    known = {tuple(np.round(row, 5)) for row in matrix}
    found = [row for each in arrays(members) for row in each if len(row) == matrix.shape[1]]
    patients_found = sum(tuple(np.round(row, 5)) in known for row in found)
    # read back, as somebody has it who was given the file
    model = model_from_bytes(model_bytes(kept)).fitted.model
    assert patients_found == rows_within(model)
    assert patients_found == rows or (rows is None and patients_found > 50)
    said = contents(model)
    assert said.values.get("rows", 0) == patients_found


@pytest.mark.parametrize("role", ["feature", None])
def test_no_name_of_a_patient_is_in_a_file_even_where_the_column_was_learned_from(role: str | None) -> None:
    table = as_table(patients(300).assign(person=NAMES, ward=["Ash"] * 296 + ["Bo", "Cy", "Cy", "Bo"]))
    table = table.with_roles({"person": role} if role else {"person": "ignored"})
    content = unpack(model_bytes(keep_model(train(table, recipe_named("default"), ModelChoice("logistic")), table)))
    text = json.dumps({name: each.decode("latin-1") for name, each in content.items()})
    assert "Name-" not in text
    assert "Ash" in text and "Cy" not in text

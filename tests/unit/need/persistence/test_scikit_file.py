import io
import json
import zipfile
from typing import Any

import numpy as np
import pytest
from sklearn.ensemble import RandomForestClassifier
from sklearn.gaussian_process import GaussianProcessClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import FunctionTransformer
from skops.io import dumps

from medalloc.errors import InputError
from medalloc.need.persistence.scikit_file import read_estimator, write_estimator

DRAW = np.random.default_rng(1)
MATRIX = DRAW.normal(size=(80, 3)).astype(np.float32)
NEED = (MATRIX[:, 0] > 0).astype(np.int64)


def rewritten(content: bytes, change: Any) -> bytes:
    """Return the archive with its description changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(out, "w") as made:
        for name in archive.namelist():
            read = archive.read(name)
            made.writestr(name, json.dumps(change(json.loads(read))) if name == "schema.json" else read)
    return out.getvalue()


def test_an_estimator_comes_back_as_it_was() -> None:
    before = LogisticRegression().fit(MATRIX, NEED)
    after = read_estimator(write_estimator(before))
    np.testing.assert_array_equal(before.predict_proba(MATRIX), after.predict_proba(MATRIX))


@pytest.mark.parametrize(
    ("estimator", "named"),
    [
        (FunctionTransformer(np.log), "FunctionTransformer"),
        (GaussianProcessClassifier(), "GaussianProcessClassifier"),
        (LogisticRegression(class_weight=np.exp), "FunctionNode|numpy.ufunc|exp"),
    ],
)
def test_types_and_functions_that_no_model_is_made_of_are_refused(estimator: Any, named: str) -> None:
    with pytest.raises(InputError, match=named):
        read_estimator(dumps(estimator))


def test_a_type_slipped_into_the_description_is_refused() -> None:
    def change(schema: dict[str, Any]) -> dict[str, Any]:
        schema["content"]["content"]["slipped"] = {
            "__class__": "system",
            "__module__": "os",
            "__loader__": "FunctionNode",
            "__id__": 9,
            "content": {"module_path": "os", "function": "system"},
        }
        return schema

    with pytest.raises(InputError, match=r"os\.system"):
        read_estimator(rewritten(write_estimator(LogisticRegression().fit(MATRIX, NEED)), change))


@pytest.mark.parametrize("name", ["left_child", "feature"])
def test_trees_that_lead_nowhere_are_refused(name: str) -> None:
    forest = RandomForestClassifier(2, random_state=1).fit(MATRIX, NEED)
    tree = forest.estimators_[0].tree_
    state = tree.__getstate__()
    state["nodes"] = state["nodes"].copy()
    state["nodes"][name][0] = 0 if name == "left_child" else 77
    tree.__setstate__(state)
    with pytest.raises(ValueError, match="leads nowhere"):
        read_estimator(write_estimator(forest))


def test_bytes_that_are_no_archive_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        read_estimator(b"no archive")

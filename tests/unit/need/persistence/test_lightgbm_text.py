import numpy as np
import pytest

from medalloc.need.models.boosted_trees import BoostedTrees
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.lightgbm_text import require_sound_trees
from medalloc.need.training.training import train
from medalloc.preparation.recipe import recipe_named
from tests.unit.need.conftest import as_table, patients


@pytest.fixture(scope="module")
def text() -> bytes:
    trained = train(as_table(patients(400)), recipe_named("default"), ModelChoice("boosting"))
    model = trained.fitted.model
    assert isinstance(model, BoostedTrees)
    return model.to_text()


def with_line(text: bytes, name: str, place: int, value: str) -> bytes:
    """Return the text with one number of the first such line replaced."""
    lines = text.decode().split("\n")
    at = next(number for number, line in enumerate(lines) if line.startswith(f"{name}="))
    numbers = lines[at].partition("=")[2].split()
    numbers[place] = value
    lines[at] = f"{name}={' '.join(numbers)}"
    return "\n".join(lines).encode()


def columns(text: bytes) -> int:
    line = next(line for line in text.decode().split("\n") if line.startswith("max_feature_idx="))
    return int(line.partition("=")[2]) + 1


def test_the_trees_of_a_model_hold_together(text: bytes) -> None:
    require_sound_trees(text, columns(text))


def test_trees_of_one_leaf_hold_together() -> None:
    draw = np.random.default_rng(1)
    frame = patients(60).assign(age=draw.normal(size=60), need=np.tile([0, 1], 30))
    trained = train(as_table(frame), recipe_named("default"), ModelChoice("boosting", options={"smallest_leaf": 50}))
    model = trained.fitted.model
    assert isinstance(model, BoostedTrees)
    require_sound_trees(model.to_text(), len(trained.fitted.prepared.columns))


@pytest.mark.parametrize(
    ("name", "place", "value"),
    [
        ("split_feature", 0, "99"),
        ("split_feature", 0, "-1"),
        ("left_child", 0, "0"),
        ("left_child", 0, "500"),
        ("right_child", 0, "-500"),
        ("num_leaves", 0, "3000000"),
        ("num_leaves", 0, "0"),
        ("num_cat", 0, "1"),
        ("decision_type", 0, "1"),
        ("leaf_value", 0, "nan"),
        ("threshold", 0, "1 2"),
        ("num_class", 0, "2"),
        ("max_feature_idx", 0, "900"),
    ],
)
def test_trees_that_would_lead_out_of_memory_or_in_circles_are_refused(
    text: bytes, name: str, place: int, value: str
) -> None:
    with pytest.raises(ValueError, match=r"Tree=0|num_class|900"):
        require_sound_trees(with_line(text, name, place, value), columns(text))

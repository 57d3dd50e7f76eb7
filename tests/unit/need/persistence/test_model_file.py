import io
import json
import zipfile
from pathlib import Path

import numpy as np
import pytest

from medalloc.errors import InputError, MedallocError, SourceError
from medalloc.need.models.boosted_trees import histogram_trees
from medalloc.need.models.building import ScikitModel
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.kept_model import keep_model
from medalloc.need.persistence.model_archive import pack, unpack
from medalloc.need.persistence.model_file import load_model, model_bytes, model_from_bytes, write_model
from medalloc.need.persistence.model_formats import model_members, read_model
from medalloc.need.training.training import TrainedModel, train
from medalloc.preparation.recipe import recipe_named
from medalloc.tables.table import Table
from tests.unit.need.conftest import as_table, patients

CHOICES = [
    ModelChoice("logistic"),
    ModelChoice("svm"),
    ModelChoice("svm", options={"exact_rows": 100}),
    ModelChoice("forest", options={"trees": 10}),
    ModelChoice("forest-article"),
    ModelChoice("boosting"),
]
EXACT = "exact_rows"


@pytest.fixture(scope="module")
def learned() -> tuple[TrainedModel, Table]:
    table = as_table(patients(300))
    return train(table, recipe_named("default"), ModelChoice("boosting")), table


@pytest.fixture(scope="module")
def content(learned: tuple[TrainedModel, Table], tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("kept") / "model.medalloc"
    write_model(keep_model(learned[0], learned[1]), path)
    return path.read_bytes()


def changed(content: bytes, **changes: object) -> bytes:
    """Return a well-formed archive whose description says something else, as a forger would make it."""
    members = unpack(content)
    about = {**json.loads(members["about.json"]), **changes}
    return pack({**members, "about.json": json.dumps(about).encode()})


@pytest.mark.parametrize("recipe", ["default", "article"])
@pytest.mark.parametrize(
    "choice", CHOICES, ids=lambda each: f"{each.kind}{'-nystroem' if each.options.get(EXACT) else ''}"
)
def test_a_model_that_was_kept_predicts_to_the_last_bit_what_it_did(
    choice: ModelChoice, recipe: str, tmp_path: Path
) -> None:
    table, fresh = as_table(patients(700)), as_table(patients(300, seed=8))
    trained = train(table, recipe_named(recipe), choice)
    write_model(keep_model(trained, table), tmp_path / "deep" / "model.medalloc")
    back = load_model(tmp_path / "deep" / "model.medalloc")
    for each in (table, fresh):
        np.testing.assert_array_equal(back.probability(each), trained.probability(each))
    assert back.choice == choice
    assert back.recipe == recipe_named(recipe)
    assert back.scores == trained.scores()
    assert [str(each) for each in back.warnings] == [str(each) for each in trained.warnings]
    assert (back.training.rows, back.training.train_rows) == (700, len(trained.split.train))
    assert back.training.sha256 == table.source.sha256


def test_an_isotonic_calibrator_comes_back_to_the_last_bit(tmp_path: Path) -> None:
    table = as_table(patients(14_000))
    trained = train(table, recipe_named("default"), ModelChoice("svm", options={EXACT: 100}))
    assert trained.fitted.calibrator is not None and trained.fitted.calibrator.scores is not None
    write_model(keep_model(trained, table), tmp_path / "m")
    np.testing.assert_array_equal(load_model(tmp_path / "m").probability(table), trained.probability(table))


def test_the_trees_of_computers_without_lightgbm_come_back_too(learned: tuple[TrainedModel, Table]) -> None:
    trained, _ = learned
    matrix = np.random.default_rng(1).normal(size=(200, 4)).astype(np.float32)
    estimator = histogram_trees(ModelChoice("boosting", options={"smallest_leaf": 5}))
    model = ScikitModel(estimator.fit(matrix, (matrix[:, 0] > 0).astype(int)))
    form, members = model_members(model)
    np.testing.assert_array_equal(read_model(form, members, trained.choice, 4).raw(matrix), model.raw(matrix))


def test_contributions_come_back_to_the_last_bit(learned: tuple[TrainedModel, Table], content: bytes) -> None:
    trained, _ = learned
    matrix = np.random.default_rng(1).normal(size=(50, len(trained.fitted.prepared.columns))).astype(np.float32)
    np.testing.assert_array_equal(
        model_from_bytes(content).fitted.model.contributions(matrix), trained.fitted.model.contributions(matrix)
    )


def test_a_model_is_saved_the_same_again_after_it_was_loaded(content: bytes) -> None:
    assert model_bytes(model_from_bytes(content)) == content


def test_the_file_holds_no_row_of_the_table(content: bytes) -> None:
    about = json.loads(unpack(content)["about.json"])
    assert max(len(column["edges"]) for column in about["columns"]) < 10
    assert "test_probability" not in json.dumps(about)


@pytest.mark.parametrize("place", [0.02, 0.3, 0.6, 0.9])
def test_one_changed_byte_is_noticed(content: bytes, place: float) -> None:
    broken = bytearray(content)
    broken[int(place * len(broken))] ^= 0x55
    with pytest.raises(InputError):
        model_from_bytes(bytes(broken))


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.99])
def test_a_file_that_was_cut_off_is_refused_in_one_sentence(content: bytes, share: float) -> None:
    with pytest.raises(InputError, match="cut off or damaged") as refused:
        model_from_bytes(content[: int(share * len(content))])
    assert len(refused.value.faults) == 1


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"format": "pickle"}, "written as “pickle”"),
        ({"choice": {"version": 9, "kind": "boosting"}}, "version 9"),
        ({"columns": []}, "columns"),
        ({"calibrator": {"slope": 1.0}}, "intercept|scores"),
        *(
            ({"calibrator": {"slope": 1.0, "intercept": 0.0, "scores": one, "probabilities": other}}, "calibrator")
            for one, other in ((None, [0.5]), ([1.0], None), ([1.0, 2.0], [0.5]))
        ),
        ({"scores": {"luck": 1.0}}, "luck"),
        ({"training": {}}, "missing: training.train_need. It must be a number from 0 to 1"),
        ({"fitted": {"recipe": None, "columns": []}}, "object"),
        ({"libraries": None, "format": "scikit-learn"}, "missing or damaged"),
        ({"libraries": {"scikit-learn": "0.1.0"}, "format": "scikit-learn"}, "scikit-learn 0.1.0"),
        ({"format": "scikit-learn"}, "estimator.skops"),
    ],
)
def test_a_description_that_says_something_else_is_refused(
    content: bytes, change: dict[str, object], says: str
) -> None:
    with pytest.raises(InputError, match=says):
        model_from_bytes(changed(content, **change))


def test_trees_that_look_at_columns_which_are_not_there_are_refused(content: bytes) -> None:
    members = unpack(content)
    text = members["trees.txt"].replace(b"split_feature=0", b"split_feature=7", 1)
    with pytest.raises(InputError, match="cannot be used"):
        model_from_bytes(pack({**members, "trees.txt": text}))


def test_a_model_that_is_not_there_and_a_folder_that_cannot_be_written_are_said(
    learned: tuple[TrainedModel, Table], tmp_path: Path
) -> None:
    with pytest.raises(SourceError, match="cannot be opened"):
        load_model(tmp_path / "none.medalloc")
    (tmp_path / "file").write_text("x")
    with pytest.raises(SourceError, match="cannot be written"):
        write_model(keep_model(learned[0], learned[1]), tmp_path / "file" / "m.medalloc")


def test_any_other_archive_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "x")
    with pytest.raises(MedallocError, match="not a model"):
        model_from_bytes(out.getvalue())


def test_columns_with_chinese_names_and_texts_come_back() -> None:
    frame = patients(300).rename(columns={"gender": "性别"})
    frame["性别"] = frame["性别"].map({"male": "男", "female": "女"})
    table = as_table(frame)
    trained = train(table, recipe_named("default"), ModelChoice("logistic"))
    back = model_from_bytes(model_bytes(keep_model(trained, table)))
    assert [each.name for each in back.columns] == ["age", "性别", "visits", "noise"]
    assert set(back.columns[1].levels) == {"男", "女"}
    np.testing.assert_array_equal(back.probability(table), trained.probability(table))


@pytest.mark.parametrize("kind", ["linear-svm", "mlp", "cnn"])
def test_networks_and_linear_machines_come_back_to_the_last_bit(kind: str) -> None:
    table, fresh = as_table(patients(400)), as_table(patients(200, seed=8))
    options = {} if kind == "linear-svm" else {"epochs": 3}
    trained = train(table, recipe_named("default"), ModelChoice(kind, options=options))
    content = model_bytes(keep_model(trained, table))
    np.testing.assert_array_equal(model_from_bytes(content).probability(fresh), trained.probability(fresh))
    if kind == "mlp":
        members = unpack(content)
        about = json.loads(members["network.json"])
        about["architecture"]["inputs"] = [1]
        with pytest.raises(InputError):
            model_from_bytes(pack({**members, "network.json": json.dumps(about).encode()}))

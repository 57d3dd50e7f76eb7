"""Keeping a model and using it on another file, through the scripts a server would run."""

import io
from pathlib import Path

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.kept_model import keep_model
from medalloc.need.persistence.model_file import model_bytes
from medalloc.need.training.training import train
from medalloc.preparation.recipe import recipe_named
from medalloc.tables.apart import read_file
from tests.pages.test_screens import asked_about, go, opened, sound, trained, with_sample

FILE = Path(__file__).parents[2] / "sample_data" / "patients_rand_hie.csv"


@pytest.fixture(scope="module")
def model() -> bytes:
    table = read_file(FILE)
    return model_bytes(keep_model(train(table, recipe_named("default"), ModelChoice("logistic")), table))


def give(visit: AppTest, key: str, content: bytes, name: str) -> AppTest:
    next(each for each in visit.get("file_uploader") if each.key == key).set_value((name, content, "text/csv"))
    return visit.run()


def figures(visit: AppTest) -> dict[str, str]:
    return {each.label: each.value for each in visit.metric}


def test_without_a_table_a_kept_model_can_still_be_used(model: bytes) -> None:
    visit = opened("need")
    assert any("Choose a model that was kept" in each.value for each in visit.info)
    give(visit, "kept_model_upload", model, "kept.medalloc")
    give(visit, "scored_upload", FILE.read_bytes(), "new.csv")
    sound(visit)
    assert figures(visit)["Rows"] == "5,473"
    assert any("looks like the rows" in each.value for each in visit.success)
    assert visit.selectbox(key="choice_scored_region").value == "region"
    regions = next(each.value for each in visit.dataframe if "expected" in each.value)
    assert regions["rows"].sum() == 5473
    visit.selectbox(key="choice_scored_region").select("").run()
    sound(visit)
    assert not any("expected" in each.value for each in visit.dataframe)
    next(each for each in visit.button if each.label.startswith("Stop using")).click().run()
    sound(visit)
    assert "Rows" not in figures(visit)


def test_after_training_the_model_has_a_card_can_be_kept_and_is_used() -> None:
    visit = asked_about(trained(with_sample(), ["logistic"]), "use")
    labels = [each.label for each in visit.get("download_button")]
    assert {"Keep this model", "Download HTML", "Download Markdown"} <= set(labels)
    assert any("What it learned from" in each.value for each in visit.markdown)
    half = io.BytesIO()
    pd.read_csv(FILE).head(500).to_parquet(half)
    give(visit, "scored_upload", half.getvalue(), "new.parquet")
    sound(visit)
    assert figures(visit)["Rows"] == "500"
    assert "Download rows with probabilities" in [each.label for each in visit.get("download_button")]
    go(go(visit, "data"), "need")
    assert figures(visit)["Rows"] == "500"


def test_a_file_that_does_not_fit_and_a_file_that_is_no_model_are_told(model: bytes) -> None:
    visit = give(opened("need"), "kept_model_upload", b"no model", "broken.medalloc")
    assert any("not a model that medalloc saved" in each.value for each in visit.error)
    give(visit, "kept_model_upload", model, "kept.medalloc")
    sound(visit)
    give(visit, "scored_upload", b"age,region\nforty,North\n", "other.csv")
    assert not visit.exception
    assert any("“gender”" in each.value and "forty" in each.value for each in visit.error)


def test_a_file_of_other_patients_sets_off_warnings(model: bytes) -> None:
    visit = give(opened("need"), "kept_model_upload", model, "kept.medalloc")
    older = pd.read_csv(FILE).assign(age=lambda frame: frame["age"] + 30, gender="unknown")
    give(visit, "scored_upload", older.to_csv(index=False).encode(), "older.csv")
    sound(visit)
    said = " ".join(each.value for each in visit.warning)
    assert "categories the model has never met" in said
    assert "Distributed quite differently" in said
    assert "lies outside" in said

import io
import json

import numpy as np
import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.fit_warnings import fit_warnings
from medalloc.need.persistence.kept_model import KeptModel, keep_model
from medalloc.need.persistence.scoring import PROBABILITY, Scoring, score_file
from medalloc.need.persistence.scoring_json import scoring_json
from medalloc.need.training.training import train
from medalloc.preparation.recipe import recipe_named
from medalloc.report.tables import as_csv, csv_rows
from medalloc.tables import pieces
from medalloc.tables.reading import read_bytes
from tests.unit.need.conftest import as_table, patients


def kept(frame: pd.DataFrame, recipe: str = "default", kind: str = "boosting", **roles: str) -> KeptModel:
    table = as_table(frame, **roles)
    return keep_model(train(table, recipe_named(recipe), ModelChoice(kind)), table)


@pytest.fixture(scope="module")
def model() -> KeptModel:
    return kept(patients(2000))


def new(rows: int = 1500, seed: int = 21) -> pd.DataFrame:
    """Return patients of the same population, with a region."""
    frame = patients(rows, seed)
    return frame.assign(region=np.random.default_rng(seed).choice(["Ohio", "Utah", "Maine"], rows))


def as_file(frame: pd.DataFrame, form: str) -> io.BytesIO:
    out = io.BytesIO()
    if form == "parquet":
        frame.to_parquet(out, index=False)
    elif form == "xlsx":
        frame.to_excel(out, index=False, engine="xlsxwriter")
    else:
        frame.to_csv(out, index=False, sep=";" if form == "semicolons" else ",")
    out.seek(0)
    return out


def scored(model: KeptModel, frame: pd.DataFrame, form: str = "csv", region: str | None = None) -> Scoring:
    return score_file(model, as_file(frame, form), f"new.{form}", region=region)


def said(model: KeptModel, frame: pd.DataFrame) -> str:
    return " ".join(str(each) for each in fit_warnings(model, scored(model, frame)))


def test_sums_that_count_rows_alike_say_so_where_the_model_learned_from_rows_that_did_not(model: KeptModel) -> None:
    frame = patients(600).assign(persons=np.random.default_rng(1).integers(1, 9, 600))
    weighed = kept(frame, kind="logistic", persons="weight")
    assert "Each row counts once in these sums; when the model was trained, it counted as column “persons”" in said(
        weighed, new()
    )
    assert "counts once" not in said(model, new())


@pytest.mark.parametrize("form", ["csv", "semicolons", "parquet", "xlsx"])
def test_a_file_is_scored_by_pieces_as_its_table_is_as_a_whole(
    model: KeptModel, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "ROWS", 400)
    monkeypatch.setattr(pieces, "BYTES", 5000)
    frame, parts = new(), []
    found = score_file(
        model, as_file(frame, form), "new", region="region", sink=lambda part, _first: parts.append(part)
    )
    assert len(parts) > 3
    together = pd.concat(parts)[PROBABILITY].to_numpy()
    whole = model.probability(read_bytes(as_file(frame, form).read(), "new"))
    np.testing.assert_array_equal(together, whole)
    assert (found.rows, found.without_prediction) == (1500, 0)
    by_region = pd.Series(whole).groupby(frame["region"]).agg(["size", "sum"])
    assert [each.region for each in found.regions] == list(by_region.index)
    np.testing.assert_allclose([each.expected for each in found.regions], by_region["sum"], rtol=1e-12)
    assert [each.rows for each in found.regions] == by_region["size"].tolist()


@pytest.mark.parametrize("kind", ["logistic", "svm", "forest", "boosting"])
def test_every_kind_of_model_scores_a_file(kind: str) -> None:
    assert 0 < scored(kept(patients(400), kind=kind), new(300)).mean < 1


def test_a_model_of_a_single_column_scores_a_file() -> None:
    alone = kept(patients(400)[["visits", "need"]], kind="logistic")
    assert 0 < scored(alone, new(300)).mean < 1


def test_regions_of_which_nobody_is_predicted_are_told_wherever_they_come_in_the_alphabet() -> None:
    frame = new(60).assign(region=["Zion", "Adams", "Ohio"] * 20)
    frame.loc[frame["region"] != "Ohio", "age"] = np.nan
    found = scored(kept(patients(400), recipe="article", kind="logistic"), frame, region="region")
    assert [(each.region, each.rows, each.predicted) for each in found.regions] == [
        ("Adams", 20, 0),
        ("Ohio", 20, int(frame.loc[frame["region"] == "Ohio", "age"].notna().sum())),
        ("Zion", 20, 0),
    ]


def test_a_file_like_the_training_rows_sets_off_no_warning(model: KeptModel) -> None:
    for seed in range(5):
        assert said(model, new(800, 100 + seed)) == ""


@pytest.mark.parametrize("rows", [60, 5000])
def test_a_shifted_column_is_told_and_the_others_are_not(model: KeptModel, rows: int) -> None:
    text = said(model, new(rows).assign(age=lambda frame: (frame["age"] + 20).clip(upper=90)))
    assert "Distributed quite differently" in text and "“age” (" in text
    assert "“noise”" not in text and "“gender”" not in text


def test_other_shares_of_categories_are_a_shift(model: KeptModel) -> None:
    text = said(model, new().assign(gender="male"))
    assert "Distributed quite differently" in text and "“gender” (" in text


def test_values_outside_the_training_range_are_counted_and_told(model: KeptModel) -> None:
    frame = new().assign(age=lambda each: each["age"].clip(30, 70))
    frame.loc[:19, "age"] = 140.0
    frame.loc[20:21, "age"] = -30.0
    age = scored(model, frame).columns[0]
    assert (age.above, age.below) == (20, 2)
    assert "“age” lies outside what the model has learned from" in said(model, frame)


def test_categories_never_met_are_counted_by_column_with_examples(model: KeptModel) -> None:
    frame = new()
    frame.loc[:9, "gender"] = "other"
    frame.loc[10:12, "gender"] = "未知"
    gender = scored(model, frame).columns[1]
    assert (gender.unseen, gender.examples) == (13, ("other", "未知"))
    assert "“gender” holds categories the model has never met in 13 of 1,500 rows" in said(model, frame)


def test_missing_values_beyond_those_of_the_training_rows_are_told(model: KeptModel) -> None:
    frame = new()
    frame.loc[:500, "visits"] = None
    assert "“visits” is blank in 33.4% of the rows" in said(model, frame)
    empty = new().assign(gender=None, visits=None)
    assert "“gender” is blank in 100%" in said(model, empty)


def test_every_missing_column_and_every_column_of_another_kind_is_said_at_once(model: KeptModel) -> None:
    frame = new(300).drop(columns=["visits"]).assign(gender=1.5, noise="a lot")
    frame.loc[3, "age"] = np.nan
    frame["age"] = frame["age"].astype("str").mask(frame.index == 7, "forty")
    with pytest.raises(InputError) as refused:
        scored(model, frame, "parquet", region="county")
    text = str(refused.value)
    assert len(refused.value.faults) == 5
    for part in ("no column “visits”", "no column “county”", "holds text here (row 8: “forty”", "“noise”", "“gender”"):
        assert part in text


def test_text_far_down_in_a_column_of_numbers_is_found_with_its_row(
    model: KeptModel, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "BYTES", 4000)
    frame = new()
    frame["visits"] = frame["visits"].astype("str").mask(frame.index == 1234, "many")
    with pytest.raises(InputError, match=r"row 1,235: “many”; rows like this: 1"):
        scored(model, frame)


def test_rows_a_recipe_leaves_out_are_counted_and_have_no_probability() -> None:
    model = kept(patients(2000), "article")
    frame, parts = new(), []
    score_file(model, as_file(frame, "csv"), "new", sink=lambda part, _first: parts.append(part))
    found = scored(model, frame, region="region")
    lost = int(frame["age"].isna().sum())
    assert found.without_prediction == lost == int(pd.concat(parts)[PROBABILITY].isna().sum())
    assert sum(each.predicted for each in found.regions) == 1500 - lost
    assert f"without a prediction because a value is missing: {lost} of 1,500" in said(model, frame)


def test_rows_without_a_region_are_counted(model: KeptModel) -> None:
    frame = new()
    frame.loc[:4, "region"] = None
    frame.loc[5:6, "region"] = " "
    found = scored(model, frame, "parquet", region="region")
    assert found.without_region == 7
    assert sum(each.rows for each in found.regions) == 1493
    assert "Rows without a region: 7" in str(fit_warnings(model, found)[0])


def test_regions_may_be_numbers(model: KeptModel) -> None:
    frame = new().assign(region=lambda each: each["region"].map({"Ohio": 1, "Utah": 2, "Maine": 3}))
    assert [each.region for each in scored(model, frame, "parquet", region="region").regions] == ["1", "2", "3"]


def test_a_scored_file_can_be_scored_again_and_no_cell_of_it_is_a_formula(model: KeptModel) -> None:
    parts: list[bytes] = []
    frame = new(300).assign(note="=1+1", **{PROBABILITY: 0.5})

    def sink(part: pd.DataFrame, first: bool) -> None:
        parts.append(as_csv(part) if first else csv_rows(part))

    score_file(model, as_file(frame, "csv"), "new.csv", sink=sink)
    back = pd.read_csv(io.BytesIO(b"".join(parts)))
    assert list(back.columns[-2:]) == [PROBABILITY, f"{PROBABILITY}_2"]
    assert set(back["note"]) == {"'=1+1"}
    assert back[f"{PROBABILITY}_2"].between(0, 1).all()


def test_chinese_columns_and_categories_are_scored() -> None:
    names = {"gender": "性别", "age": "年龄"}
    words = {"male": "男", "female": "女"}
    own = kept(patients(600).rename(columns=names).assign(性别=patients(600)["gender"].map(words)))
    frame = new(200).rename(columns=names).assign(性别=lambda each: each["性别"].map(words))
    encoded = io.BytesIO(frame.to_csv(index=False).encode("gb18030"))
    found = score_file(own, encoded, "新.csv", region="region")
    assert found.rows == 200
    assert all(each.unseen == 0 for each in found.columns)


def test_yes_or_no_and_dates_are_read_from_text() -> None:
    frame = patients(400).assign(
        smokes=np.arange(400) % 3 == 0, since=pd.date_range("2020-01-01", periods=400, freq="D")
    )
    model = kept(frame)
    parts: list[pd.DataFrame] = []
    score_file(model, as_file(frame, "csv"), "new.csv", sink=lambda part, _first: parts.append(part))
    np.testing.assert_array_equal(parts[0][PROBABILITY], model.probability(as_table(frame)))


def test_a_file_without_rows_is_refused(model: KeptModel) -> None:
    for form in ("csv", "parquet"):
        with pytest.raises(InputError, match="no rows"):
            scored(model, new(5).iloc[:0], form)


def test_what_is_printed_is_json(model: KeptModel) -> None:
    found = scored(model, new(), region="region")
    printed = json.loads(json.dumps(scoring_json(model, found, fit_warnings(model, found)), allow_nan=False))
    assert printed["rows"] == 1500
    assert printed["expected_in_need"] == pytest.approx(sum(each["expected"] for each in printed["regions"]))
    assert {each["shifted"] for each in printed["columns"]} == {"no"}

"""Trees that learn from every row of a table in partitions are as good as those of the table in memory."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.need.measures.scores import roc_auc
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.patients import gather
from medalloc.need.training.training import TrainedModel, train_patients
from medalloc.partitions import growing
from medalloc.partitions.everything import Everything
from medalloc.partitions.folder import Part
from medalloc.partitions.state import with_sample
from medalloc.preparation.recipe import recipe_named
from medalloc.tables.apart import read_file


def people(rows: int) -> pd.DataFrame:
    """Return people whose need follows from age, income and sex."""
    draw = np.random.default_rng(5)
    age, income, sex = draw.integers(0, 90, rows), draw.normal(3, 1, rows), draw.choice(["f", "m"], rows)
    chance = 1 / (1 + np.exp(3 - 0.05 * age + 0.6 * income * (sex == "f")))
    need = (draw.random(rows) < chance).astype(int)
    return pd.DataFrame({"region": draw.choice(["North", "South"], rows), "age": age, "sex": sex, "need": need})


def in_parts(frame: pd.DataFrame, place: Path, parts: int = 4) -> Path:
    """Write a table as a folder of Parquet files."""
    place.mkdir()
    for number, rows in enumerate(np.array_split(np.arange(len(frame)), parts)):
        frame.iloc[rows].to_parquet(place / f"{number}.parquet", index=False)
    return place


def of_all(
    place: Path, sampled: int, kind: str = "boosting", weight: str | None = None, trees: int = 40
) -> TrainedModel:
    """Return a model of all rows of a table in partitions, by the sample that it is judged by."""
    state = with_sample(place, place.with_suffix(".state"), sampled, ("region", "need"), 42, lambda *_: None)
    table = read_file(state.sample)
    if weight is not None:
        table = table.with_roles({weight: "weight"})
    recipe = recipe_named("default")
    patients = gather(table, recipe)
    choice = ModelChoice(kind, options={"trees": trees} if kind == "boosting" else {})
    asked = Everything(str(state.folder), "need", weight, ("1", "1.0"), ("0", "0.0"), ())
    return asked.learned(train_patients(patients, recipe, choice), patients, table, lambda *_: None)


def test_trees_of_all_rows_predict_as_well_as_those_of_the_table_in_memory(tmp_path: Path) -> None:
    frame, unseen = people(24_000), people(44_000).iloc[24_000:]
    found = of_all(in_parts(frame, tmp_path / "table"), 3000)
    # a fifth of the sample tests, and a fifth of the rest gives the curve
    assert 0.95 * 24_000 < found.train_rows < 24_000 - 600 - 400
    frame.to_csv(tmp_path / "whole.csv", index=False)
    table = read_file(tmp_path / "whole.csv")
    recipe = recipe_named("default")
    whole = train_patients(gather(table, recipe), recipe, ModelChoice("boosting"))
    unseen.to_csv(tmp_path / "unseen.csv", index=False)
    other, need = read_file(tmp_path / "unseen.csv"), unseen["need"].to_numpy(np.int8)
    said = [each.probability(other) for each in (found, whole)]
    assert abs(roc_auc(need, said[0]) - roc_auc(need, said[1])) < 0.002
    assert said[0].mean() == pytest.approx(need.mean(), abs=0.03)
    assert any("are judged" in str(each) for each in found.warnings)


def test_rows_without_an_answer_teach_nothing_and_weights_count(tmp_path: Path) -> None:
    frame = people(6000)
    several = frame.loc[frame.index.repeat(np.where(frame["sex"] == "f", 3, 1))]
    weighed = frame.assign(persons=np.where(frame["sex"] == "f", 3.0, 1.0))
    blank = weighed.assign(need=weighed["need"].astype("Float64").mask(weighed.index % 3 == 0))
    found = of_all(in_parts(pd.concat([weighed, blank]), tmp_path / "weighed"), 3000, weight="persons")
    plain = of_all(in_parts(several, tmp_path / "several"), 3000)
    said = []
    for each in (found, plain):
        frame.assign(persons=1.0).to_csv(tmp_path / "rows.csv", index=False)
        said.append(each.probability(read_file(tmp_path / "rows.csv")))
    assert abs(roc_auc(frame["need"].to_numpy(np.int8), said[0]) - roc_auc(frame["need"].to_numpy(), said[1])) < 0.01


def test_more_rows_than_there_is_memory_for_are_refused_beforehand(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(growing, "free_memory", lambda: 50_000)
    with pytest.raises(InputError, match="learn from the sample"):
        of_all(in_parts(people(2000), tmp_path / "table"), 1000)


def test_trees_grow_share_by_share_where_rows_would_take_too_much_and_go_on_after_a_kill(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    frame, unseen = people(24_000), people(44_000).iloc[24_000:]
    place = in_parts(frame, tmp_path / "table", parts=12)
    whole = of_all(place, 3000)
    monkeypatch.setattr(growing, "MOST_BYTES", 24_000 * 80 // 4)
    grown, shares = growing._grown_on, list[int]()

    def killed_once(asked: growing.Growing, parts: Sequence[Part], *others: Any) -> bytes:
        if len(shares) == 2:
            shares.append(0)
            raise KeyboardInterrupt
        shares.append(sum(each.rows for each in parts))
        return grown(asked, parts, *others)

    monkeypatch.setattr(growing, "_grown_on", killed_once)
    with pytest.raises(KeyboardInterrupt):
        of_all(place, 3000)
    found = of_all(place, 3000)
    # two shares before it was killed, the others after; each row once, no more than a share at a time
    assert sum(shares) == 24_000 and 4 <= len(shares) - 1 <= 5 and max(shares) <= 6_000
    unseen.to_csv(tmp_path / "unseen.csv", index=False)
    other, need = read_file(tmp_path / "unseen.csv"), unseen["need"].to_numpy(np.int8)
    said = [each.probability(other) for each in (found, whole)]
    assert abs(roc_auc(need, said[0]) - roc_auc(need, said[1])) < 0.004
    assert len(found.fitted.model.to_text().split(b"Tree=")) == len(whole.fitted.model.to_text().split(b"Tree="))
    assert len(list(tmp_path.glob("table.state/*/trees-*.txt"))) == 2


def test_models_that_cannot_learn_from_all_rows_say_so(tmp_path: Path) -> None:
    place = in_parts(people(2000), tmp_path / "table")
    with pytest.raises(InputError, match="Only boosted trees"):
        of_all(place, 1000, "logistic")

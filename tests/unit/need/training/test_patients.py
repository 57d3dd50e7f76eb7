import numpy as np
import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.need.training.patients import gather
from medalloc.preparation.recipe import DEFAULT, Recipe, Step
from medalloc.tables.table import Source, Table

DROP = Recipe("drop", (Step("drop_missing_rows", "all"), Step("one_hot", "text")))


def test_rows_the_recipe_leaves_out_are_counted(table: Table) -> None:
    found = gather(table, DROP)
    missing = int(table.frame["age"].isna().sum())
    assert len(found.known) == len(table.frame) - missing
    assert f"Rows left out because a value is missing: {missing} of 400." in str(found.warnings[0])


def test_repeated_patients_are_counted(frame: pd.DataFrame) -> None:
    frame = frame.assign(id=np.arange(400) // 2)
    roles = {**dict.fromkeys(frame.columns, "feature"), "need": "need", "id": "patient id"}
    found = gather(Table(frame, roles, Source("t", "0")), DEFAULT)
    assert "rows: 400, patients: 200" in str(found.warnings[0])
    assert [column.name for column in found.features] == ["age", "gender", "visits", "noise"]


def test_rows_without_an_answer_are_usable_but_not_known(table: Table) -> None:
    changed = Table(table.frame.assign(need=table.frame["need"].mask(np.arange(400) < 5)), table.roles, table.source)
    found = gather(changed, DEFAULT)
    assert (len(found.usable), len(found.known)) == (400, 395)


def test_without_features_the_columns_are_named(table: Table) -> None:
    with pytest.raises(InputError, match=r"No column has the role “feature”.*age, gender, visits, noise, need"):
        gather(table.with_roles(dict.fromkeys(["age", "gender", "visits", "noise"], "ignored")), DEFAULT)


def test_too_few_of_one_answer_are_refused(table: Table) -> None:
    rare = Table(table.frame.assign(need=(np.arange(400) < 9).astype(int)), table.roles, table.source)
    with pytest.raises(InputError, match="rows in need: 9, rows not in need: 391; at least 10"):
        gather(rare, DEFAULT)

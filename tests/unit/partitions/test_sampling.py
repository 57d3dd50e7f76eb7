"""A sample has the shares of its table, and does not depend on how the table is cut."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.partitions.folder import partitions_of
from medalloc.partitions.sampling import drawn_sample, shares


def _folder(frame: pd.DataFrame, place: Path, cuts: list[int], groups: int) -> Path:
    place.mkdir(exist_ok=True)
    for number, (begin, end) in enumerate(zip([0, *cuts], [*cuts, len(frame)], strict=True)):
        frame.iloc[begin:end].to_parquet(place / f"part{number}.parquet", index=False, row_group_size=groups)
    return place


@pytest.fixture
def frame() -> pd.DataFrame:
    draw = np.random.default_rng(3)
    region = draw.choice(["North ", "South", "West"], 3000, p=[0.6, 0.38, 0.02])
    return pd.DataFrame({"age": draw.integers(-1, 90, 3000), "region": region, "need": draw.integers(0, 2, 3000)})


def test_the_same_rows_are_drawn_however_the_table_is_cut(frame: pd.DataFrame, tmp_path: Path) -> None:
    drawn = []
    for number, (cuts, groups) in enumerate((([], 10_000), ([7, 1500], 400), ([11, 12, 2900], 97))):
        table = partitions_of(_folder(frame, tmp_path / str(number), cuts, groups), 500)
        assert table.rows == len(frame)
        state = tmp_path / f"{number}.state"
        drawn.append(drawn_sample(table, 300, ("region", "need"), 7, state, lambda *_: None))
    for each in drawn:
        assert each.numbers.tolist() == drawn[0].numbers.tolist()
        pd.testing.assert_frame_equal(each.frame, frame.iloc[each.numbers].reset_index(drop=True))
        assert each.facts["age"].impossible == (frame["age"] < 0).sum()
        assert each.values["need"] == {str(value): count for value, count in frame["need"].value_counts().items()}
    assert len(drawn[0].frame) == 300
    found = drawn[0].frame.value_counts(["region", "need"]) / 300 - frame.value_counts(["region", "need"]) / 3000
    assert found.abs().max() < 1 / 300


@settings(deadline=None)
@given(st.lists(st.integers(0, 500), min_size=1, max_size=12), st.integers(1, 3000))
def test_shares_add_up_to_the_size(counts: list[int], size: int) -> None:
    taken = shares(np.array(counts), size)
    assert taken.sum() == min(size, sum(counts))
    assert ((taken >= 0) & (taken <= counts)).all()
    assert np.abs(taken - np.array(counts) * min(1.0, size / max(1, sum(counts)))).max() <= 1

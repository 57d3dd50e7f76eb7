"""Facts of parts add up to those of the column, and findings are those of all rows."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.partitions.facts import Facts, added_facts, facts_of
from medalloc.partitions.quality import found_in_all_rows
from medalloc.partitions.state import with_sample
from medalloc.tables.impossible import impossible_values
from medalloc.tables.quality import findings
from medalloc.tables.table import Source, Table

CELLS = st.one_of(st.none(), st.sampled_from([-999, -9, -1, 0, 3, 3, 70, 400]), st.just(np.inf))


@settings(deadline=None, max_examples=60)
@given(
    st.lists(CELLS, min_size=1, max_size=40), st.lists(st.integers(0, 40), max_size=4), st.sampled_from(["age", "x"])
)
def test_facts_of_parts_add_up_to_those_of_the_column(cells: list[float | None], cuts: list[int], name: str) -> None:
    column = pd.Series(cells, dtype="float64", name=name)
    pieces = np.split(np.arange(len(cells)), sorted(min(each, len(cells)) for each in cuts))
    found: dict[str, Facts] = {}
    for rows in pieces:
        found = added_facts(found, facts_of(column.iloc[rows].to_frame()))
    facts = found[name]
    finite = column[np.isfinite(column)]
    assert (facts.rows, facts.missing, facts.known) == (len(column), column.isna().sum(), len(finite))
    assert facts.impossible == impossible_values(column).sum()
    assert facts.constant == (column.isna().all() or (column == column.iloc[0]).all())
    if len(finite):
        assert facts.mean == pytest.approx(finite.mean())
        assert facts.squares == pytest.approx(((finite - finite.mean()) ** 2).sum(), abs=1e-9)


def test_what_all_rows_say_goes_before_what_the_sample_shows(tmp_path: Path) -> None:
    draw = np.random.default_rng(2)
    frame = pd.DataFrame({"age": draw.integers(20, 90, 6000), "visits": draw.poisson(3.0, 6000).astype(float)})
    frame = frame.assign(ward="A", region=draw.choice(["North", "South"], 6000), need=np.arange(6000) % 150 < 1)
    frame.loc[[7, 4000], "visits"], frame.loc[[5999], "age"], frame.loc[[1], "ward"] = np.nan, 200, "B"
    (tmp_path / "table").mkdir()
    for number in range(3):
        rows = frame.iloc[number * 2000 : number * 2000 + 2000].astype({"need": int})
        rows.to_parquet(tmp_path / "table" / f"{number}.parquet", index=False)
    state = with_sample(tmp_path / "table", tmp_path / "state", 1000, ("region", "need"), 1, lambda *_: None)
    roles = dict.fromkeys(frame.columns, "feature") | {"need": "need", "region": "region"}
    sample, whole = (
        Table(each, roles, Source("", "")) for each in (pd.read_parquet(state.sample), frame.astype({"need": int}))
    )
    asked = ("missing", "impossible values", "constant", "rare class", "one class")
    told, known = (
        {(each.kind, each.column): each.count for each in some if each.kind in asked}
        for some in (found_in_all_rows(findings(sample), state, sample), findings(whole))
    )
    assert told == known == {("missing", "visits"): 2, ("impossible values", "age"): 1, ("rare class", "need"): 40}


def test_a_part_that_counts_in_another_unit_is_found() -> None:
    numbers = pd.Series(np.random.default_rng(1).normal(170, 10, 4000), name="height")
    same = Facts.of(numbers[:2000]) + Facts.of(numbers[2000:])
    other = Facts.of(numbers[:2000]) + Facts.of(numbers[2000:] / 100)
    assert same.apart < 0.1
    assert other.apart > 1

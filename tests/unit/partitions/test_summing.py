"""Sums over parts are those of the rows in memory; what was killed goes on where it was."""

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from medalloc.demand import regional_demand
from medalloc.errors import InputError, SourceError
from medalloc.need.persistence.model_file import model_from_bytes
from medalloc.need.persistence.tally import Tally
from medalloc.partitions.measuring import Measure
from medalloc.partitions.mending import refuse_for_partitions
from medalloc.partitions.state import State, with_sample
from medalloc.partitions.summing import demand_of_sums, partition_sums, scored, sums_of
from medalloc.tables.table import Table

ROOT = Path(__file__).parents[3]


def _quiet(*_: object) -> None:
    """Tell nobody."""


def test_the_demand_of_partitions_is_that_of_the_table_in_memory(
    patients: Table, measure: Measure, state: State
) -> None:
    probability = model_from_bytes(measure.model).probability(patients)
    whole = regional_demand(patients, probability)
    taken = state.numbers()
    frame = patients.frame.iloc[taken].reset_index(drop=True)
    sums = sums_of(replace(patients, frame=frame), probability[taken]) + partition_sums(measure, state, _quiet)
    parted = demand_of_sums(sums)
    assert parted.regions == whole.regions
    for name in ("mean", "low", "high", "observed", "predicted", "predicted_variance"):
        np.testing.assert_allclose(getattr(parted, name), getattr(whole, name), rtol=1e-9)
    assert list(map(str, parted.warnings)) == list(map(str, whole.warnings))


def test_a_file_of_partitions_is_scored_as_the_whole_is(
    patients: Table, measure: Measure, state: State, tmp_path: Path
) -> None:
    asked = Measure(measure.model, "region", out=str(tmp_path / "out"))
    parted = scored(asked, state.table, tmp_path, _quiet)
    tally = Tally(model_from_bytes(measure.model), "region")
    _, probability = tally.add(patients.frame)
    whole = tally.scoring()
    assert parted.rows == whole.rows
    assert parted.expected == pytest.approx(whole.expected, rel=1e-12)
    assert [(each.region, each.rows) for each in parted.regions] == [(each.region, each.rows) for each in whole.regions]
    assert [each.missing for each in parted.columns] == [each.missing for each in whole.columns]
    written = pd.concat([pd.read_parquet(each) for each in sorted((tmp_path / "out").glob("*.parquet"))])
    np.testing.assert_allclose(written["need_probability"], probability, rtol=1e-12)


@pytest.mark.parametrize("written", ["{:,.2f}", "{:,.0f} [p]"])
def test_numbers_with_thousands_in_columns_of_text_are_read_as_in_the_sample(
    patients: Table, measure: Measure, state: State, written: str
) -> None:
    frame = patients.frame.assign(income_usd=patients.frame["income_usd"].round())
    plain, told = tables_of(frame, state.folder / "plain"), frame["income_usd"].map(written.format)
    parted = tables_of(frame.assign(income_usd=told), state.folder / "parted")
    assert pd.read_parquet(parted)["income_usd"].str.contains(",").any()
    sums = [partition_sums(measure, sampled(each), _quiet).digest.cells for each in (plain, parted)]
    pd.testing.assert_frame_equal(*sums, check_exact=True)


def test_a_comma_that_may_be_a_decimal_sign_is_refused_where_no_sample_says_what_it_is(
    patients: Table, measure: Measure, tmp_path: Path
) -> None:
    cells = patients.frame["income_usd"].clip(lower=1_000).map("{:,.0f}".format)
    table = tables_of(patients.frame.assign(income_usd=cells), tmp_path / "parted")
    with pytest.raises(InputError, match="write it as in the table"):
        scored(Measure(measure.model, "region"), table, tmp_path, _quiet)


def tables_of(frame: pd.DataFrame, folder: Path) -> Path:
    """Write a table in three parts."""
    folder.mkdir()
    for number, rows in enumerate(np.array_split(np.arange(len(frame)), 3)):
        frame.iloc[rows].to_parquet(folder / f"{number}.parquet", index=False)
    return folder


def sampled(table: Path) -> State:
    return with_sample(table, table.parent / f"of-{table.name}", 1000, ("region", "need"), 42, _quiet)


FORKING = """
import os, signal, sys
from functools import partial
from pathlib import Path
from medalloc.partitions.measuring import Measure
from medalloc.partitions.state import state_of
from medalloc.partitions.summing import partition_sums
from medalloc.spreading import spread_by

def no_more_than(wanted, work, parts):
    for place, (number, part) in enumerate(parts.items()):
        found = work(part)
        if place == wanted:
            # with this part in hand, until somebody kills it
            signal.pause()
        yield number, found
        print(number, flush=True)

measure = Measure(Path(sys.argv[1]).read_bytes(), "region", "need", None, ("1",), ("0",))
for line in sys.stdin:
    if (child := os.fork()) == 0:
        with spread_by(partial(no_more_than, int(line))):
            partition_sums(measure, state_of(Path(sys.argv[2])), lambda *_: None)
        os._exit(0)
    print(child, flush=True)
    if os.WEXITSTATUS(os.waitpid(child, 0)[1]):
        # nobody waits for what a child that failed would have done
        sys.exit(1)
"""
"""Runs that can be killed, each a child of a process in which all is loaded already."""


def test_a_run_that_is_killed_loses_the_part_in_hand_at_most(measure: Measure, state: State, tmp_path: Path) -> None:
    (tmp_path / "model").write_bytes(measure.model)
    command = [sys.executable, "-c", FORKING, str(tmp_path / "model"), str(state.folder)]
    done: list[int] = []
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as forking:
        assert forking.stdin is not None
        assert forking.stdout is not None
        for wanted in (2, 3, 1):
            forking.stdin.write(f"{wanted}\n")
            forking.stdin.flush()
            child = int(forking.stdout.readline())
            done += [int(forking.stdout.readline()) for _ in range(wanted)]
            os.kill(child, signal.SIGKILL)
        forking.stdin.close()
    assert len(set(done)) == len(done) == 6
    seen: list[float] = []
    went_on = partition_sums(measure, state, lambda fraction, _stage: seen.append(fraction))
    assert len(seen) <= 6
    for each in state.folder.glob("measured-*/*"):
        each.unlink()
    afresh = partition_sums(measure, state, _quiet)
    pd.testing.assert_frame_equal(went_on.digest.cells, afresh.digest.cells, check_exact=True)


def test_a_table_that_was_changed_is_not_gone_on_with(measure: Measure, state: State) -> None:
    first = next(iter(sorted(Path(state.table).glob("*.parquet"))))
    pd.read_parquet(first).head(100).to_parquet(first)
    with pytest.raises(SourceError, match="has changed"):
        partition_sums(measure, state, _quiet)


def test_other_columns_in_a_part_are_named(measure: Measure, state: State) -> None:
    last = sorted(Path(state.table).glob("*.parquet"))[-1]
    pd.read_parquet(last).assign(age="old").to_parquet(last)
    with pytest.raises(InputError, match="age"):
        partition_sums(measure, state, _quiet)


def test_an_answer_that_the_sample_does_not_hold_is_refused(measure: Measure, state: State) -> None:
    with pytest.raises(InputError, match="--sample-rows"):
        partition_sums(replace(measure, means_need=("2",)), state, _quiet)


def test_repairs_that_need_every_row_are_refused() -> None:
    with pytest.raises(InputError, match="duplicated rows"):
        refuse_for_partitions([("duplicated rows", None)])

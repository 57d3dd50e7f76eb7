"""A table that lies in an object store is read where it lies, and is the same table."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar

import boto3
import fsspec
import httpx
import numpy as np
import pandas as pd
import pytest
from fsspec.implementations.memory import MemoryFileSystem
from moto.server import ThreadedMotoServer

from medalloc.cli.entry import commands
from medalloc.errors import InputError, SourceError
from medalloc.partitions import elsewhere
from medalloc.partitions.folder import batches, partitions_of
from medalloc.partitions.measuring import Measure

SAMPLE = Path(__file__).parents[3] / "sample_data" / "patients_rand_hie.csv"
ASKED = ("--target", "need", "--region", "region", "--model", "logistic", "--resource", "beds=500", "--json")


class _Counted(MemoryFileSystem):  # type: ignore[misc]
    """A store that notes how many bytes were asked for."""

    protocol = "counted"
    store: ClassVar[dict[str, Any]] = {}
    pseudo_dirs: ClassVar[list[str]] = [""]
    read = 0

    @classmethod
    def _strip_protocol(cls, path: str) -> str:
        bare: str = super()._strip_protocol(path.replace("counted://", "memory://"))
        return bare

    def _open(self, path: str, mode: str = "rb", **options: Any) -> Any:
        opened = super()._open(path, mode, **options)
        reading = opened.read

        def counted(*size: int) -> bytes:
            found: bytes = reading(*size)
            _Counted.read += len(found)
            return found

        # the same object is given out each time
        if mode == "rb" and "read" not in vars(opened):
            opened.read = counted
        return opened


fsspec.register_implementation("counted", _Counted, clobber=True)


def _partitions(frame: pd.DataFrame, folder: Path) -> Path:
    folder.mkdir()
    for number, rows in enumerate(np.array_split(np.arange(len(frame)), 3)):
        frame.iloc[rows].to_parquet(folder / f"{number}.parquet", index=False, row_group_size=1000)
    return folder


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """Return the address of a store with an empty bucket, which this process and those that it starts reach."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    address = "http://{}:{}".format(*server.get_host_and_port())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", address)
        patch.setenv("AWS_ACCESS_KEY_ID", "somebody")
        patch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        patch.setenv("AWS_DEFAULT_REGION", "us-east-1")
        patch.setenv("AWS_EC2_METADATA_DISABLED", "true")
        boto3.client("s3").create_bucket(Bucket="ministry")
        yield address
    server.stop()


def _answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, Any]:
    commands(list(arguments), standalone_mode=False)
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_table_in_a_bucket_gives_the_plan_and_the_scores_of_the_folder(
    bucket: str,
    measure: Measure,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    folder = _partitions(pd.read_csv(SAMPLE), tmp_path / "table")
    client = boto3.client("s3")
    for each in folder.iterdir():
        client.upload_file(str(each), "ministry", f"patients/2026/{each.name}")
    sampled = (*ASKED, "--sample-rows", "1000")
    here, there = (_answer(capsys, "plan", each, *sampled) for each in (str(folder), "s3://ministry/patients"))
    assert bucket and there["regions"] == here["regions"]
    assert (tmp_path / "patients.state").is_dir()
    model = str(tmp_path / "model.medalloc")
    Path(model).write_bytes(measure.model)
    told = ("--with", model, "--region", "region", "--json")
    here, there = (_answer(capsys, "score", each, *told) for each in (str(folder), "s3://ministry/patients"))
    assert there == here


def test_what_is_finished_and_what_is_written_may_lie_at_a_url_and_another_machine_goes_on(
    bucket: str,
    measure: Measure,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, model = _partitions(pd.read_csv(SAMPLE), tmp_path / "table"), tmp_path / "model.medalloc"
    model.write_bytes(measure.model)
    asked = ("score", str(folder), "--with", str(model), "--region", "region", "--json")
    here = _answer(capsys, *asked, "--out", str(tmp_path / "scored"))
    far = (*asked, "--out", "s3://ministry/scored", "--state", "s3://ministry/state")
    machines = [tmp_path / "one", tmp_path / "other"]
    monkeypatch.setattr(elsewhere.platformdirs, "user_cache_path", lambda _name: machines[0])
    assert bucket and _answer(capsys, *far) == here
    rows = pd.read_parquet("s3://ministry/scored")
    pd.testing.assert_frame_equal(rows, pd.read_parquet(tmp_path / "scored"))
    # the other machine has nothing of its own, and does nothing again
    elsewhere.kept_elsewhere.cache_clear()
    machines.pop(0)
    monkeypatch.setattr(Measure, "__call__", lambda *_: pytest.fail("measured again"))
    assert _answer(capsys, *far) == here
    elsewhere.kept_elsewhere.cache_clear()
    with pytest.raises(SourceError, match="nowhere"):
        _answer(capsys, *asked, "--state", "s3://nowhere/state")


def test_only_the_columns_and_row_groups_of_a_part_are_read() -> None:
    draw = np.random.default_rng(1)
    frame = pd.DataFrame({f"column {n}": draw.random(40_000) for n in range(10)})
    with fsspec.open("counted://wide/0.parquet", "wb") as file:
        frame.to_parquet(file, index=False, row_group_size=10_000)
    whole = len(_Counted().cat("/wide/0.parquet"))
    table = partitions_of("counted://wide", 10_000)
    assert table.rows == 40_000
    assert len(table.parts) == 4
    _Counted.read = 0
    read = pd.concat([each.to_pandas() for each in batches(table.parts[2], {"column 3"})], ignore_index=True)
    np.testing.assert_array_equal(read["column 3"], frame["column 3"][20_000:30_000])
    # a fortieth, and what the file says of itself
    assert _Counted.read < whole / 40 + 80_000 < whole / 10


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ("s3://nowhere/patients", "is not there"),
        ("s3://ministry/empty", "is not there"),
        ("s3://ministry/text", "holds no Parquet files"),
        ("nosuch://bucket/patients", "nosuch"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(bucket: str, place: str, said: str) -> None:
    assert bucket
    boto3.client("s3").put_object(Bucket="ministry", Key="text/rows.csv", Body=b"a,b\n1,2\n")
    with pytest.raises(SourceError, match=said):
        partitions_of(place)


def test_wrong_credentials_are_said(bucket: str) -> None:
    # from now on the store asks who is there, and nobody was ever given a key
    httpx.post(f"{bucket}/moto-api/reset-auth", content=b"0")
    try:
        with pytest.raises(SourceError, match="credentials"):
            partitions_of("s3://ministry/patients")
    finally:
        httpx.post(f"{bucket}/moto-api/reset-auth", content=b"1000000")


def test_a_file_that_is_no_parquet_is_named() -> None:
    with fsspec.open("memory://odd/rows.parquet", "wb") as file:
        file.write(b"region,need\nNorth,1\n" * 100)
    with pytest.raises(InputError, match=r"odd/rows.parquet.* no Parquet file"):
        partitions_of("memory://odd")


def test_a_store_that_refuses_or_is_not_there_is_said() -> None:
    script = (
        "from medalloc.partitions.folder import partitions_of\nfrom medalloc.errors import SourceError\n"
        "try:\n    partitions_of('s3://ministry/patients')\nexcept SourceError as error:\n    print(error)"
    )
    asked = {**os.environ, "AWS_ENDPOINT_URL": "http://127.0.0.1:9", "AWS_MAX_ATTEMPTS": "1"}
    asked |= {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "wrong"}
    found = subprocess.run([sys.executable, "-c", script], env=asked, capture_output=True, text=True, check=True)
    assert "cannot be reached" in found.stdout


def test_a_table_that_was_changed_has_another_identity() -> None:
    frame = pd.DataFrame({"region": ["North", "South"], "need": [1, 0]})
    known = []
    for need in (0, 1):
        with fsspec.open("memory://changed/0.parquet", "wb") as file:
            frame.assign(need=need).to_parquet(file, index=False)
        known.append(partitions_of("memory://changed").identity)
    assert known[0] != known[1] == partitions_of("memory://changed").identity

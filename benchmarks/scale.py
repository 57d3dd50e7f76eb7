"""Tables larger than memory, through the command line: processor time, memory against rows, and plain LightGBM.

    python -m benchmarks.scale                       # up to a million rows
    python -m benchmarks.scale --rows 10000000       # ten million: some minutes, and 0.7 GB of disk
    python -m benchmarks.scale --rows 100000000      # a hundred million: scored alone, and 2 GB of disk
    python -m benchmarks.scale --learn --rows 4000000  # trees of all rows, here and on two workers of Dask

Each million rows is made by a seed of its own, its number: 13 features, need, and a region of 50.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.need import Run, line, measure
from benchmarks.need_scoring import with_regions

PART = 250_000
SAMPLE = 200_000

PLAIN = """
import json, sys
from pathlib import Path
import lightgbm, numpy, pandas
from medalloc.need.persistence.model_file import load_model
from medalloc.preparation.encoding import encode

model = load_model(sys.argv[1])
prepared = model.fitted.prepared
plain = lightgbm.Booster(model_str=model.fitted.model.to_text().decode())
total = 0.0
for file in sorted(Path(sys.argv[2]).glob("*.parquet")):
    frame = pandas.read_parquet(file)
    matrix = prepared.matrix(encode(frame, prepared.sources), numpy.arange(len(frame)))
    chance = model.fitted.calibrator(model.fitted.margin(plain.predict(matrix, num_threads=1)))
    total += float(pandas.Series(chance).groupby(frame["region"].to_numpy()).sum().sum())
print(json.dumps({"expected_in_need": total}))
"""
"""The same work by pandas and LightGBM, one file after the other."""

LEARN = """
import json, sys, time
from pathlib import Path
import lightgbm, numpy, pandas
from medalloc.need.models.boosted_trees import parameters_of
from medalloc.need.persistence.model_file import load_model
from medalloc.preparation.encoding import encode

model = load_model(sys.argv[1])
prepared = model.fitted.prepared
rows, need = [], []
for file in sorted(Path(sys.argv[2]).glob("*.parquet")):
    frame = pandas.read_parquet(file)
    rows.append(prepared.matrix(encode(frame, prepared.sources), numpy.arange(len(frame))))
    need.append(frame["need"].to_numpy())
data = lightgbm.Dataset(numpy.concatenate(rows), numpy.concatenate(need))
trees = lightgbm.train(parameters_of(model.choice, "binary", len(data.data)), data, model.choice.count("trees"))
print(json.dumps({"trees": trees.num_trees()}))
"""
"""Trees of all rows by pandas and LightGBM, which want the whole matrix at once."""

CLUSTER = """
import json, resource, subprocess, sys, tempfile, time
from pathlib import Path

folder = tempfile.mkdtemp()
told = Path(folder) / "scheduler.json"
here = ["--scheduler-file", str(told), "--host", "127.0.0.1"]
own = ["--no-nanny", "--nthreads", "1", "--memory-limit", "0", "--local-directory", folder]
begin = [sys.executable, "-W", "ignore", "-m"]
quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
run = [subprocess.Popen([*begin, "distributed.cli.dask_scheduler", *here, "--no-dashboard", "--port", "0"], **quiet)]
run += [subprocess.Popen([*begin, "distributed.cli.dask_worker", *here, "--no-dashboard", *own], **quiet) for _ in "12"]
while not told.exists():
    time.sleep(0.1)
address = json.loads(told.read_text())["address"]
done = subprocess.run([*sys.argv[1:], "--cluster", address], capture_output=True, text=True)
for each in run:
    each.kill()
    each.wait()
print(done.stdout)
sys.exit(done.returncode)
"""
"""A command on a scheduler and two workers, which are started and ended with it."""

OWN = """
import sys, time
from medalloc.cli.entry import commands
from medalloc.spreading import spread_by

own = 0.0

def timed(work, parts):
    global own
    for number, part in parts.items():
        begun = time.process_time()
        found = work(part)
        own += time.process_time() - begun
        yield number, found

with spread_by(timed):
    commands(sys.argv[1:], standalone_mode=False)
print(own)
"""
"""A command that prints as its last line what its parts took by themselves. [CPU seconds]"""

MOST_IN_FULL = 10_000_000
"""Rows above which they are only scored. [count]"""


def generate(folder: Path, rows: int) -> None:
    """Write a table of so many rows in partitions."""
    folder.mkdir(parents=True)
    for number, begin in enumerate(range(0, rows, PART)):
        frame = with_regions(min(PART, rows - begin), number).frame
        frame.to_parquet(folder / f"part-{number:05d}.parquet", index=False)


def part_of(folder: Path, rows: int) -> Path:
    """Return a folder with the first rows of a table in partitions."""
    place = folder.with_name(f"{folder.name}-{rows}")
    place.mkdir(exist_ok=True)
    for file in sorted(folder.glob("*.parquet"))[: -(-rows // PART)]:
        if not (place / file.name).exists():
            os.link(file, place / file.name)
    return place


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "medalloc", *arguments, "--json"]


def scale(rows: int, folder: Path) -> Iterator[str]:
    table, model = folder / "table", folder / "model.medalloc"
    if not table.exists():
        generate(table, rows)
    first = part_of(table, min(rows, 1_000_000))
    asked = ("--target", "need", "--model", "boosting", "--sample-rows", str(SAMPLE))
    learnt = measure(command("need", str(first), *asked, "--save", str(model)))
    yield f"curve of ROC AUC by rows learnt from: {json.dumps(json.loads(learnt.said)['sample_curve']['points'])}"
    yield _memory("need from a sample", len_of(first), learnt)
    if rows > MOST_IN_FULL:
        yield from _whole(table, rows, model)
        return
    for size in dict.fromkeys(min(rows, each) for each in (1_000_000, 4_000_000, 10_000_000)):
        place = first if size == min(rows, 1_000_000) else part_of(table, size)
        ours = measure(command("score", str(place), "--with", str(model), "--region", "region"))
        yield _memory("score", size, ours)
    plain = measure([sys.executable, "-c", PLAIN, str(model), str(place)])
    mine, other = (json.loads(each.said)["expected_in_need"] for each in (ours, plain))
    if abs(mine - other) > 1e-6 * other:
        raise RuntimeError("The sums differ from LightGBM's own.")
    name = f"score {size:,} rows by region, and pandas with LightGBM file by file, CPU seconds"
    yield line(name, ours.seconds, plain.seconds, ours.seconds / plain.seconds, "at most 1.1")
    yield _memory("pandas with LightGBM", size, plain)
    planned = measure(command("plan", str(table), *asked, "--resource", "beds=10000"))
    yield _memory("plan: sample, model, sums of all rows, allocation", rows, planned)


def learning(rows: int, folder: Path) -> Iterator[str]:
    """Have trees learn from all rows, here, by plain LightGBM, and on two workers."""
    table, model = folder / "table", folder / "model.medalloc"
    if not table.exists():
        generate(table, rows)
    asked = ("--target", "need", "--model", "boosting", "--sample-rows", "20000")
    measure(command("need", str(part_of(table, PART)), *asked, "--save", str(model)))
    for size in dict.fromkeys(min(rows, each) for each in (1_000_000, 4_000_000)):
        place = str(part_of(table, size))
        base = measure(command("need", place, *asked))
        # the sample is drawn already, so that what is measured is reading all rows and growing the trees
        drawn = measure(command("need", place, *asked))
        ours = measure(command("need", place, *asked, "--learn-from", "all"))
        plain = measure([sys.executable, "-c", LEARN, str(model), place])
        yield _memory("need from a sample of 20,000, drawn and not", size, base)
        yield _memory("the same, drawn before", size, drawn)
        yield _memory("need from all", size, ours)
        yield _memory("pandas with LightGBM, all in memory", size, plain)
        yield f"  rows each CPU second: {size / (ours.seconds - drawn.seconds):,.0f} and {size / plain.seconds:,.0f}"
        told = [json.loads(each.said)["scores"]["roc_auc"] for each in (drawn, ours)]
        yield f"  ROC AUC of the sample and of all: {told[0]:.4f}, {told[1]:.4f}"
    there = measure([sys.executable, "-c", CLUSTER, *command("need", place, *asked, "--learn-from", "all")])
    yield _memory("need from all on two workers, with scheduler and workers", size, there)
    yield f"  ROC AUC there: {json.loads(there.said)['scores']['roc_auc']:.4f}"
    scored = ("score", place, "--with", str(model), "--region", "region", "--state")
    for name, how in (("here", []), ("on two workers", [sys.executable, "-c", CLUSTER])):
        run = measure([*how, *command(*scored, str(folder / f"{name}.state"))])
        yield _memory(f"score {name}", size, run)


def _whole(table: Path, rows: int, model: Path) -> Iterator[str]:
    """Score every row, and compare what that takes with what its parts take by themselves."""
    asked = command("score", str(table), "--with", str(model), "--region", "region")[3:]
    run = measure([sys.executable, "-c", OWN, *asked])
    own = float(run.said.splitlines()[-1])
    yield _memory("score", rows, run)
    yield line(
        f"score {rows:,} rows, and the sum of its parts, CPU seconds",
        run.seconds,
        own,
        run.seconds / own,
        "at most 1.15",
    )


def len_of(folder: Path) -> int:
    from medalloc.partitions.folder import partitions_of

    return partitions_of(folder).rows


def _memory(name: str, rows: int, run: Run) -> str:
    return (
        f"{name}, {rows:,} rows: {run.seconds:.1f} CPU seconds, {run.peak / 1e6:.0f} MB at the peak, aim at most 1000"
    )


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--learn", action="store_true", help="Have trees learn from all rows, here and on a cluster.")
    parser.add_argument("--folder", type=Path, help="Where the table is made, or was, rather than for this run alone.")
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        for said in (learning if chosen.learn else scale)(chosen.rows, chosen.folder or Path(folder)):
            print(said, flush=True)


if __name__ == "__main__":
    main()

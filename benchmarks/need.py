"""Time and memory of predicting need, against the article's script on the same file.

    python -m benchmarks.need            # time at 200,000 rows, memory at 1,000,000 rows
    python -m benchmarks.need --rows 20000 --memory-rows 50000

CPU time is user plus system time of a whole process, interpreter and imports included; the two sides take turns and the
middle of three runs counts. Memory is the largest resident size of the whole process over the size of the table alone.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

SEED = 20260101
MISSING = 0.05
REPEATS = 3

ARTICLE = """
import sys
import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score, roc_auc_score
from sklearn.model_selection import train_test_split

data = pd.read_csv(sys.argv[1])
data = data.dropna()
data["age"] = (data["age"] - np.mean(data["age"])) / np.std(data["age"])
data["gender"] = data["gender"].map({"male": 0, "female": 1})
data = (data - data.min()) / (data.max() - data.min())
X = data.drop("need", axis=1)
y = data["need"]
X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=42)
model = RandomForestClassifier(n_estimators=100, random_state=42)
model.fit(X_train, y_train)
accuracy = accuracy_score(y_test, model.predict(X_test))
print('{"rows": %d, "roc_auc": %r}' % (len(data), float(roc_auc_score(y_test, model.predict_proba(X_test)[:, 1]))))
"""
"""The article's script; the area under the curve is added, because accuracy alone says little."""

OURS = """
import sys
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.training import train
from medalloc.preparation.recipe import recipe_named
from medalloc.tables.apart import read_file

table = read_file(sys.argv[1])
trained = train(table, recipe_named("default"), ModelChoice("boosting"))
print('{"rows": %d, "roc_auc": %r}' % (len(table.frame), trained.scores().roc_auc))
"""
"""The same work by ours: read, default recipe, boosting, test scores."""


@dataclass(frozen=True)
class Run:
    """One run of a command in a process of its own."""

    seconds: float
    """User and system time. [CPU seconds]"""

    peak: float
    """Largest resident size. [bytes]"""

    said: str
    """What it printed."""


def patients(rows: int, seed: int = SEED) -> pd.DataFrame:
    """Return made-up patients with a real signal: thresholds, products and curves; 5 % of the cells are missing."""
    draw = np.random.default_rng(seed)
    age = draw.integers(18, 95, rows).astype(float)
    female = draw.random(rows) < 0.52
    chronic = draw.gamma(2, 4, rows).round(1)
    limited = (draw.random(rows) < 0.12 + 0.003 * (age - 18)).astype(float)
    visits = draw.poisson(np.exp(0.5 + 0.012 * (age - 50) + 0.05 * chronic)).astype(float)
    admissions = draw.poisson(0.08 + 0.01 * chronic).astype(float)
    frame = pd.DataFrame(
        {
            "age": age,
            "gender": np.where(female, "female", "male"),
            "income_usd": np.exp(draw.normal(10.3, 0.6, rows)).round(),
            "education_years": draw.integers(0, 21, rows).astype(float),
            "family_size": 1.0 + draw.poisson(1.6, rows),
            "chronic_disease_index": chronic,
            "mental_health_index": np.clip(draw.normal(75, 14, rows), 0, 100).round(1),
            "physical_limitation": limited,
            "visits": visits,
            "admissions": admissions,
            "spending_usd": (visits * 45 + admissions * 900 + draw.gamma(1, 60, rows)).round(2),
            "body_mass_index": draw.normal(27, 5, rows).round(1),
            "systolic_mmhg": (110 + 0.4 * (age - 40) + draw.normal(0, 14, rows)).round(),
        }
    )
    odds = (
        -2.6
        + 0.018 * (age - 50)
        + 0.35 * female
        + 0.055 * chronic
        - 0.012 * (frame["mental_health_index"] - 75)
        + 0.7 * limited
        + 0.35 * np.log1p(visits)
        + 0.5 * (admissions > 0)
        + 0.25 * ((age > 65) & (limited > 0))
        + 0.03 * np.maximum(frame["body_mass_index"] - 30, 0)
        - 0.15 * (np.log(frame["income_usd"]) - 10.3)
    )
    need = (draw.random(rows) < 1 / (1 + np.exp(-odds))).astype(int)
    for name in frame.columns:
        frame[name] = frame[name].mask(draw.random(rows) < MISSING)
    return frame.assign(need=need)


def measure(command: Sequence[str]) -> Run:
    """Run a command and measure it, its own interpreter and imports included."""
    # A small process in between has no other children, so that its peak is the command's.
    watch = (
        "import json, resource, subprocess, sys\n"
        "run = subprocess.run(sys.argv[1:], capture_output=True, text=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(json.dumps([run.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss, run.stdout, run.stderr]))\n"
    )
    made = subprocess.run([sys.executable, "-c", watch, *command], capture_output=True, text=True, check=True)
    code, seconds, peak, said, complaint = json.loads(made.stdout)
    if code:
        raise RuntimeError(f"{' '.join(command[:4])} ended with {code}: {complaint[-2000:]}")
    # Linux counts kilobytes, macOS bytes.
    return Run(seconds, peak * (1 if sys.platform == "darwin" else 1024), said)


def time_against_the_article(file: Path, repeats: int = REPEATS) -> list[str]:
    ours, theirs = [], []
    for _ in range(repeats):
        ours.append(measure([sys.executable, "-c", OURS, str(file)]))
        theirs.append(measure([sys.executable, "-c", ARTICLE, str(file)]))
    mine, other = (statistics.median(run.seconds for run in runs) for runs in (ours, theirs))
    mine_said, other_said = json.loads(ours[0].said), json.loads(theirs[0].said)
    return [
        line("need, CPU seconds", mine, other, mine / other, "at most 0.1"),
        line(
            f"need, ROC AUC on test rows ({mine_said['rows']:,} and {other_said['rows']:,} rows used)",
            mine_said["roc_auc"],
            other_said["roc_auc"],
            mine_said["roc_auc"] / other_said["roc_auc"],
            "at least 1",
        ),
    ]


def memory_over_the_table(name: str, command: Sequence[str], file: Path) -> str:
    table = float(pd.read_csv(file).memory_usage(deep=True).sum())
    peak = measure(command).peak
    return line(f"{name}, MB at the peak over MB of the table", peak / 1e6, table / 1e6, peak / table, "at most 4")


def line(name: str, ours: float, theirs: float, ratio: float, aim: str) -> str:
    return f"{name}: {ours:.3f}, {theirs:.3f}, {ratio:.3f}, {aim}"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=200_000)
    parser.add_argument("--memory-rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=REPEATS)
    chosen = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        file, large = Path(folder) / "patients.csv", Path(folder) / "large.csv"
        patients(chosen.rows).to_csv(file, index=False)
        patients(chosen.memory_rows).to_csv(large, index=False)
        print("name: ours, theirs, ratio, aim")
        for said in time_against_the_article(file, chosen.repeats):
            print(said)
        command = [sys.executable, "-m", "medalloc", "need", "", "--target", "need", "--model", "boosting", "--json"]
        command[4] = str(file)
        print(line_of_commands("need with importances, from the command line, CPU seconds", command, file))
        command[4] = str(large)
        print(memory_over_the_table("need from the command line", command, large))


def line_of_commands(name: str, command: Sequence[str], file: Path) -> str:
    """Compare the whole command, which also measures importances, with the article's script, which does not."""
    mine, other = measure(command).seconds, measure([sys.executable, "-c", ARTICLE, str(file)]).seconds
    return line(name, mine, other, mine / other, "no aim")


if __name__ == "__main__":
    main()

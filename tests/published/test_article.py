"""The article's own script, run as it stands, against our reproduction of it.

The script is the recipe at the end of the article with the one change that the current pandas needs: the extremes are
taken per column (`data.min()`), which is what `np.min(data)` meant when it was written.
"""

import subprocess
import sys
from pathlib import Path

import pandas as pd

from medalloc.need.evaluation.assessment import assess
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.training import train
from medalloc.preparation.recipe import recipe_named
from medalloc.tables.table import Source, Table

SAMPLE = Path(__file__).parents[2] / "sample_data" / "patients_article.csv"

SCRIPT = """
import sys

import numpy as np
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score
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
print(accuracy_score(y_test, model.predict(X_test)))
"""


def theirs(file: Path) -> str:
    run = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT, str(file)], capture_output=True, text=True, check=True
    )
    return run.stdout.strip()


def ours(file: Path) -> Table:
    frame = pd.read_csv(file)
    return Table(frame, {**dict.fromkeys(frame.columns, "feature"), "need": "need"}, Source(file.name, "0" * 64))


def test_our_accuracy_is_the_articles_to_the_last_digit() -> None:
    trained = train(ours(SAMPLE), recipe_named("article"), ModelChoice("forest-article"))
    assert str(trained.scores().accuracy) == theirs(SAMPLE)


def test_it_is_so_with_missing_values_too(tmp_path: Path) -> None:
    frame = pd.read_csv(SAMPLE)
    for place, column in enumerate(frame.columns[:-1]):
        frame.loc[place::37, column] = None
    frame.to_csv(tmp_path / "gaps.csv", index=False)
    trained = train(ours(tmp_path / "gaps.csv"), recipe_named("article"), ModelChoice("forest-article"))
    assert str(trained.scores().accuracy) == theirs(tmp_path / "gaps.csv")


def test_the_articles_forest_beats_always_saying_no_and_the_reader_is_told_of_its_leak() -> None:
    found = assess(ours(SAMPLE), recipe_named("article"), ModelChoice("forest-article"), cross_validate=False)
    assert found.scores.accuracy > found.scores.majority_accuracy
    assert any("seen something of the test rows" in str(warning) for warning in found.warnings)

"""Patients that arrive in files: whether a model's columns, and what it predicts, still fit them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from medalloc.errors import MedallocError, not_opened, unreached
from medalloc.live.drift import MUCH_OFF, SOME_OFF, Shift
from medalloc.live.feeds import MOST_BYTES
from medalloc.need.persistence.drift import ColumnFit, shifted
from medalloc.need.persistence.kept_model import KeptModel
from medalloc.need.persistence.scoring import predicted_name, score_file
from medalloc.sentences import Sentence, sentence

MOST_FILES = 12
"""Files that are looked at, the newest ones. [count]"""

RARE = 3.29
"""Standard deviations by which people in need differ from what was predicted in one of a thousand files by chance."""

KINDS = (".csv", ".parquet", ".xlsx")


@dataclass(frozen=True)
class Arrived:
    """What one file of patients says about a model."""

    file: str
    """Its name."""

    written: str
    """When it was written, as ISO."""

    rows: int = 0
    """Patients. [count]"""

    columns: tuple[ColumnFit, ...] = ()
    """How each column compares with the rows that the model learned from."""

    known: int = 0
    """Patients with a prediction whose need is told, too. [count]"""

    predicted: float = 0.0
    """Sum of the predictions of these. [persons]"""

    observed: float = 0.0
    """How many of these were in need. [persons]"""

    chance: float = float("nan")
    """Standard deviation of that number if the predictions are right; NaN for amounts. [persons]"""

    trouble: Sentence | None = None
    """Why the file could not be used."""

    @property
    def shifted(self) -> list[ColumnFit]:
        """The columns that have shifted, the most shifted first."""
        return shifted(self.columns)

    @property
    def off(self) -> float:
        """By which share need differs from what was predicted; NaN where none is told. [fraction]."""
        return self.observed / self.predicted - 1 if self.predicted else float("nan")

    @property
    def word(self) -> Shift:
        """How far need goes away from what was predicted; what chance explains is nothing."""
        if not self.known or not abs(self.off) >= SOME_OFF or abs(self.observed - self.predicted) < RARE * self.chance:
            return "no"
        return "somewhat" if abs(self.off) < MUCH_OFF else "strongly"


def files_in(folder: Path) -> tuple[tuple[str, int], ...]:
    """Return name and time of writing of the newest files of patients, the oldest first; none where there is nothing.

    Hidden files are still being written.
    """
    try:
        found = [
            (each.stat().st_mtime_ns, each.name)
            for each in folder.iterdir()
            if each.suffix.casefold() in KINDS and not each.name.startswith(".") and each.is_file()
        ]
    except OSError:
        return ()
    return tuple((name, written) for written, name in sorted(found)[-MOST_FILES:])


def arrived(model: KeptModel, folder: Path, name: str, written: int) -> Arrived:
    """Return what a file of patients says about a model; what is wrong with it is said in it."""
    at = datetime.fromtimestamp(written / 1e9, UTC).isoformat(timespec="seconds")
    try:
        return _scored(model, _content(folder / name), name, at)
    except MedallocError as error:
        return Arrived(name, at, trouble=error.said)


def _content(path: Path) -> BytesIO:
    try:
        if path.stat().st_size > MOST_BYTES:
            raise unreached(
                "“{file}” is larger than {most} MB; drop it in parts.", file=path.name, most=MOST_BYTES >> 20
            )
        return BytesIO(path.read_bytes())
    except OSError as error:
        raise not_opened(path.name, error) from error


def _scored(model: KeptModel, content: BytesIO, name: str, at: str) -> Arrived:
    both: list[tuple[Any, Any]] = []

    def sink(frame: pd.DataFrame, _first: bool) -> None:
        # the column of predictions is the last one, whatever it had to be called
        of = frame.iloc[:, -1].to_numpy(np.float64)
        if model.training.need in frame.columns and frame.columns[-1].startswith(predicted_name(model)):
            both.append((of, _need(model, frame[model.training.need])))

    scored = score_file(model, content, name, sink=sink)
    predicted, observed = (np.concatenate([np.empty(0), *each]) for each in zip(*both, strict=True)) if both else (
        np.empty(0),
        np.empty(0),
    )  # fmt: skip
    known = np.isfinite(predicted) & np.isfinite(observed)
    variance = float("nan") if model.is_of_amounts else float((predicted[known] * (1 - predicted[known])).sum())
    return Arrived(
        name,
        at,
        scored.rows,
        scored.columns,
        int(known.sum()),
        float(predicted[known].sum()),
        float(observed[known].sum()),
        float(np.sqrt(variance)),
    )


def _need(model: KeptModel, column: pd.Series) -> Any:
    """Return who was in need, 1 or 0, or the amounts; NaN where that is not told."""
    numbers = pd.to_numeric(column, errors="coerce").to_numpy(np.float64)
    if model.is_of_amounts or not model.training.means_need:
        return numbers
    texts = column.astype("str").str.strip()
    is_told = (column.notna() & (texts != "")).to_numpy()
    means = list(model.training.means_need)
    as_numbers = pd.to_numeric(pd.Series(means), errors="coerce").dropna()
    in_need = texts.isin(means).to_numpy(bool) | np.isin(numbers, as_numbers)
    return np.where(is_told, in_need.astype(np.float64), np.nan)


def arrived_said(found: Arrived) -> Iterator[Sentence]:
    """Say what a file says about the model."""
    if found.trouble is not None:
        yield found.trouble
        return
    for each in found.shifted:
        yield sentence(
            "“{column}” has shifted {how} (stability index {index}, largest difference of shares {distance}).",
            column=each.name,
            how=_how(each.shifted),
            index=f"{each.drift:.2f}",
            distance=f"{each.distance:.2f}",
        )
    if found.word != "no":
        yield sentence(
            "Need differs {how} from what was predicted: {observed} where {predicted} were expected.",
            how=_how(found.word),
            observed=f"{found.observed:.0f}",
            predicted=f"{found.predicted:.0f}",
        )


def _how(word: str) -> Sentence:
    return sentence("somewhat") if word == "somewhat" else sentence("strongly")


def arrived_json(found: Arrived) -> dict[str, Any]:
    """Return it as plain values."""
    return {
        "patients": found.file,
        "at": found.written,
        "trouble": str(found.trouble or ""),
        "rows": found.rows,
        "columns": [
            {"name": each.name, "stability_index": each.drift, "ks": each.distance, "shifted": each.shifted}
            for each in found.columns
        ],
        "need": None
        if not found.known
        else {"rows": found.known, "predicted": found.predicted, "observed": found.observed, "off": found.word},
        "said": [str(each) for each in arrived_said(found)],
    }

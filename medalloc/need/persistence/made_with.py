"""What else a kept model needs to answer as before: its curve of calibration, and the same libraries."""

from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

import numpy as np

from medalloc.errors import refused
from medalloc.need.measures.calibration import Calibrator

LIBRARIES = ("numpy", "pandas", "scikit-learn", "lightgbm", "skops")


def library_versions() -> dict[str, str]:
    """Return the version of every library that has a part in a model, where it is installed."""
    found = {}
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def require_same_library(form: str, libraries: Mapping[str, str]) -> None:
    """Refuse estimators of another scikit-learn: it promises nothing about what they would answer.

    Raises
    ------
    InputError
        If they are of another series than the one here.
    """
    if form != "scikit-learn":
        return
    here, there = version("scikit-learn"), str(libraries["scikit-learn"])
    if here.split(".")[:2] != there.split(".")[:2]:
        raise refused(
            "The model was trained with scikit-learn {there}, and here is {here}, which may answer differently; "
            "train it again, or install that version.",
            there=there,
            here=here,
        )


def calibrator_from_json(data: Mapping[str, Any] | None) -> Calibrator | None:
    """Return the calibrator that was written as plain data; KeyError, TypeError or ValueError if it is none."""
    if data is None:
        return None
    curve = [
        None if data[name] is None else np.array(data[name], dtype=np.float64) for name in ("scores", "probabilities")
    ]
    if len({None if each is None else each.shape for each in curve}) > 1:
        raise ValueError("calibrator")
    return Calibrator(float(data["slope"]), float(data["intercept"]), *curve)

"""Which models learn who will need care."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Need:
    """Which models learn who will need care, and which one is believed."""

    models: tuple[str, ...] = ("logistic", "boosting")
    """Models to train; the baseline is trained with them."""

    model_options: Mapping[str, Mapping[str, float | str]] = field(default_factory=dict)
    """Options of models that differ from the usual ones, by kind of model."""

    seed: int = 42
    """Seed of everything random."""

    calibration: str = "auto"
    """Shape of the curve that makes probabilities true: ``auto``, ``isotonic`` or ``sigmoid``."""

    model: str | None = None
    """Model whose probabilities make the demand; None for the one that the comparison chooses."""

    search_model: str = "boosting"
    """Model whose options are searched."""

    search_seconds: int = 60
    """Budget of a search. [s]"""

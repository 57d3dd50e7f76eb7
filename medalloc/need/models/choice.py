"""Which model, with which options: as data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from medalloc.errors import InputError
from medalloc.need.measures.calibration import AUTOMATIC, CALIBRATIONS
from medalloc.need.models.options import MODEL_KINDS
from medalloc.saved import form_faults, within
from medalloc.sentences import Sentence, sentence

VERSION = 1
ENTRIES = ("kind", "seed", "test_share", "options", "calibration")


@dataclass(frozen=True)
class ModelChoice:
    """Which model is trained, and how its test is split off.

    Examples
    --------
    >>> choice = ModelChoice("boosting", options={"trees": 100})
    >>> ModelChoice.from_json(choice.to_json()) == choice
    True
    """

    kind: str
    """One of `MODEL_KINDS`."""

    seed: int = 42
    """Decides every random draw: the split, the folds, the model, the permutations."""

    test_share: float = 0.2
    """Share of rows (of patients, where they repeat) kept for the test. [fraction]"""

    options: Mapping[str, float | str] = field(default_factory=dict)
    """Options that differ from their defaults."""

    calibration: str = AUTOMATIC
    """Shape of the curve that makes probabilities true, one of `CALIBRATIONS`."""

    def __post_init__(self) -> None:
        faults = _faults(self)
        if faults:
            raise InputError(*faults)

    def option(self, name: str) -> float:
        """Return the value of an option, given or default."""
        return float(self.options.get(name, MODEL_KINDS[self.kind][name].default))

    def text(self, name: str) -> str:
        """Return the value of an option that is a word, given or default."""
        return str(self.options.get(name, MODEL_KINDS[self.kind][name].default))

    def count(self, name: str) -> int:
        """Return the value of an option that is a whole number."""
        return int(self.option(name))

    def to_json(self) -> dict[str, Any]:
        """Return the choice as plain data with its version."""
        plain = {
            "version": VERSION,
            "kind": self.kind,
            "seed": self.seed,
            "test_share": self.test_share,
            "options": dict(self.options),
        }
        return plain if self.calibration == AUTOMATIC else {**plain, "calibration": self.calibration}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "ModelChoice":
        """Read a choice from plain data.

        Raises
        ------
        InputError
            If its shape, the kind, an option or a number is wrong; all faults at once.
        """
        _require_shape(data)
        return cls(
            data["kind"],
            data.get("seed", 42),
            data.get("test_share", 0.2),
            options=dict(data.get("options", {})),
            calibration=data.get("calibration", AUTOMATIC),
        )


def _faults(choice: ModelChoice) -> list[Sentence]:
    faults: list[Sentence] = []
    known = MODEL_KINDS.get(choice.kind)
    if known is None:
        faults.append(
            sentence("There is no model “{kind}”; use one of: {known}.", kind=choice.kind, known=", ".join(MODEL_KINDS))
        )
    faults += within("seed", choice.seed, 0, 2**31 - 1)
    faults += within("test share", choice.test_share, 0.05, 0.5, whole=False)
    if choice.calibration not in CALIBRATIONS:
        faults.append(
            sentence(
                "There is no calibration “{found}”; use one of: {known}.",
                found=choice.calibration,
                known=", ".join(CALIBRATIONS),
            )
        )
    for name, value in choice.options.items() if known is not None else ():
        option = (known or {}).get(name)
        if option is None:
            faults.append(
                sentence(
                    "Model “{kind}” has no option “{name}”; it takes: {known}.",
                    kind=choice.kind,
                    name=name,
                    known=", ".join(known or {}),
                )
            )
        else:
            faults += option.faults(name, value)
    return faults


def _require_shape(data: Mapping[str, Any]) -> None:
    faults = form_faults(data, sentence("model choice"), version=VERSION, known=ENTRIES)
    if not isinstance(data, Mapping):
        raise InputError(*faults)
    if not isinstance(data.get("kind"), str):
        faults.append(sentence("The model choice must have a “kind” (text)."))
    if not isinstance(data.get("options", {}), Mapping):
        faults.append(sentence("The options of a model choice must be an object."))
    if faults:
        raise InputError(*faults)

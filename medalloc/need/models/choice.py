"""Which model, with which options: as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, ClassVar

from medalloc.errors import require
from medalloc.need.measures.calibration import AUTOMATIC, CALIBRATIONS
from medalloc.need.models.amount_catalogue import EVERY_KIND
from medalloc.need.models.kind import Settings
from medalloc.saved import Limits, OneOf, Saved, field_faults
from medalloc.sentences import Sentence, sentence


@dataclass(frozen=True)
class ModelChoice(Saved, Settings):
    """Which model is trained, and how its test is split off.

    Examples
    --------
    >>> choice = ModelChoice("boosting", options={"trees": 100})
    >>> ModelChoice.from_json(choice.to_json()) == choice
    True
    """

    version: ClassVar[int] = 1
    noun: ClassVar[Sentence] = sentence("model choice")

    kind: str
    """One of `EVERY_KIND`."""

    seed: Annotated[int, Limits(0, 2**31 - 1)] = 42
    """Decides every random draw: the split, the folds, the model, the permutations."""

    test_share: Annotated[float, Limits(0.05, 0.5)] = 0.2
    """Share of rows (of patients, where they repeat) kept for the test. [fraction]"""

    options: Mapping[str, Any] = field(default_factory=dict)
    """Options that differ from their defaults: numbers or words, as `EVERY_KIND` has them for this kind."""

    calibration: Annotated[str, OneOf(CALIBRATIONS)] = AUTOMATIC
    """Shape of the curve that makes probabilities true, one of `CALIBRATIONS`."""

    def __post_init__(self) -> None:
        require(*field_faults(self), *self._kind_faults())

    def value(self, name: str) -> Any:
        """Return the value of an option, given or default."""
        return self.options.get(name, EVERY_KIND[self.kind].parameters[name].option.default)

    def _kind_faults(self) -> Iterator[Sentence]:
        """Say what is wrong with the kind, or with options of this kind."""
        if self.kind not in EVERY_KIND:
            known = ", ".join(EVERY_KIND)
            yield sentence("There is no model “{kind}”; use one of: {known}.", kind=self.kind, known=known)
            return
        parameters = EVERY_KIND[self.kind].parameters
        for name, value in self.options.items():
            if name not in parameters:
                known = ", ".join(parameters)
                yield sentence(
                    "Model “{kind}” has no option “{name}”; it takes: {known}.", kind=self.kind, name=name, known=known
                )
            elif not parameters[name].option.hold(value):
                yield parameters[name].option.fault(name, value)

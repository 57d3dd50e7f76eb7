"""Which models there are, and what each can be given."""

from collections.abc import Mapping
from dataclasses import dataclass

from medalloc.networks.training import OPTIMIZERS
from medalloc.saved import Limits, one_of
from medalloc.sentences import Sentence


@dataclass(frozen=True)
class ModelOption:
    """A number a model can be given."""

    default: float
    """What holds when nothing is given."""

    low: float
    """Smallest value accepted."""

    high: float
    """Largest value accepted."""

    whole: bool = False
    """Whether it must be a whole number."""

    def faults(self, name: str, value: object) -> list[Sentence]:
        """Return what is wrong with a value."""
        limits = Limits(self.low, self.high, whole=self.whole)
        return [] if limits.hold(value) else [limits.fault(name, value)]


@dataclass(frozen=True)
class TextOption:
    """A word a model can be given."""

    default: str
    """What holds when nothing is given."""

    known: tuple[str, ...]
    """The words accepted."""

    def faults(self, name: str, value: object) -> list[Sentence]:
        """Return what is wrong with a value."""
        return one_of(name, value, self.known)


Option = ModelOption | TextOption

_THREADS = ModelOption(1, 1, 256, whole=True)
_DESCENT: Mapping[str, Option] = {
    "optimizer": TextOption("adam", OPTIMIZERS),
    "learning_rate": ModelOption(0.0, 0.0, 10.0),
    "batch_size": ModelOption(128, 1, 100_000, whole=True),
    "epochs": ModelOption(200, 1, 10_000, whole=True),
    "patience": ModelOption(10, 0, 10_000, whole=True),
}

MODEL_KINDS: Mapping[str, Mapping[str, Option]] = {
    "logistic": {"penalty": ModelOption(1.0, 1e-6, 1e6)},
    "linear-svm": {"cost": ModelOption(1.0, 1e-4, 1e4)},
    "svm": {"cost": ModelOption(1.0, 1e-4, 1e4), "exact_rows": ModelOption(5000, 100, 20000, whole=True)},
    "forest": {
        "trees": ModelOption(100, 1, 2000, whole=True),
        "smallest_leaf": ModelOption(20, 1, 10000, whole=True),
        "rows_a_tree": ModelOption(15000, 100, 1_000_000, whole=True),
        "threads": _THREADS,
    },
    "forest-article": {"threads": _THREADS},
    "boosting": {
        "trees": ModelOption(40, 1, 5000, whole=True),
        "leaves": ModelOption(12, 2, 512, whole=True),
        "learning_rate": ModelOption(0.15, 0.001, 1.0),
        "smallest_leaf": ModelOption(50, 1, 10000, whole=True),
        "penalty": ModelOption(10.0, 0.0, 1e6),
        "bins": ModelOption(63, 2, 255, whole=True),
        "threads": _THREADS,
    },
    "mlp": {
        "units": ModelOption(32, 1, 1024, whole=True),
        "layers": ModelOption(1, 1, 8, whole=True),
        **_DESCENT,
    },
    "cnn": {
        "filters": ModelOption(8, 1, 256, whole=True),
        "kernel": ModelOption(3, 1, 100, whole=True),
        "layers": ModelOption(1, 1, 8, whole=True),
        **_DESCENT,
    },
}
"""Every kind of model and its options. ``penalty`` is the weight of the squared coefficients or leaf values, ``cost``
the price of a row on the wrong side of the margin, ``exact_rows`` the training rows up to which the support vector
machine is exact, ``learning_rate`` 0 what suits the optimiser."""

"""Whether networks can be used on this machine, and the library that computes them."""

import importlib
import os
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from medalloc.errors import SourceError, unreached
from medalloc.sentences import Sentence, sentence

NEEDED = ("keras", "jax", "jaxlib")


@dataclass(frozen=True)
class Availability:
    """Whether networks can be used; true in a condition when they can."""

    reason: Sentence | None = None
    """Why they cannot; None when they can."""

    def __bool__(self) -> bool:
        """Return whether networks can be used."""
        return self.reason is None


def available() -> Availability:
    """Return whether networks can be used, without loading what computes them.

    Examples
    --------
    >>> bool(available()), available().reason
    (True, None)
    """
    missing = [name for name in NEEDED if find_spec(name) is None]
    if missing:
        return Availability(
            sentence(
                "Networks cannot be trained on this machine, because {libraries} cannot be found; everything else "
                "works.",
                libraries=", ".join(missing),
            )
        )
    return Availability()


def library() -> Any:
    """Return Keras, computing with JAX.

    Raises
    ------
    SourceError
        If it cannot be loaded, with the reason.
    """
    found = available()
    if found.reason is not None:
        raise SourceError(found.reason)
    # Keras reads both when it is loaded; one thread is faster on small networks and adds in the same order each time.
    os.environ.setdefault("KERAS_BACKEND", "jax")
    os.environ.setdefault("XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false")
    try:
        keras = importlib.import_module("keras")
    except (ImportError, OSError, RuntimeError) as error:
        raise unreached(
            "Networks cannot be trained on this machine: {reason}.", reason=str(error).rstrip(".")
        ) from error
    if keras.backend.backend() != "jax":
        raise unreached(
            "Networks cannot be trained here: Keras was started with {backend}; set KERAS_BACKEND to jax.",
            backend=keras.backend.backend(),
        )
    return keras

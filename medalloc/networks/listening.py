"""Who is told how the networks that are trained right now come on."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from medalloc.networks.network import Epoch

Listener = Callable[[Epoch], None]

_listener: ContextVar[Listener | None] = ContextVar("listener", default=None)


@contextmanager
def listening(told: Listener) -> Iterator[None]:
    """Have every network that is trained inside tell its passes; what `told` raises ends the training.

    Networks are trained several calls below whoever wants to watch, and most models have nothing to tell: the listener
    does not travel through all of their signatures.
    """
    token = _listener.set(told)
    try:
        yield
    finally:
        _listener.reset(token)


def listener() -> Listener | None:
    """Return who listens, or None."""
    return _listener.get()

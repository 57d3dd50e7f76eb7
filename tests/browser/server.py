"""A medalloc server of its own for one run of browser tests."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
PATIENCE = 90.0
"""Seconds to wait until a server is up or gone; a loaded machine needs many."""


@contextmanager
def running(
    environment: Mapping[str, str] | Callable[[str], Mapping[str, str]] | None = None, end: int = signal.SIGTERM
) -> Iterator[str]:
    """Start the dashboard on a free port and give its address.

    Parameters
    ----------
    environment : mapping or callable, optional
        Variables that differ from those of the tests, or what makes them of the address.
    end : int
        Signal that ends it.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(port),
        "--server.headless",
        "true",
    ]
    address = f"http://127.0.0.1:{port}"
    differs = environment(address) if callable(environment) else environment
    server = subprocess.Popen(
        command,
        cwd=ROOT,
        # what is looked at here is not among somebody's own studies
        env=os.environ | {"PYTHONWARNINGS": "default", "MEDALLOC_PRIVATE": "1"} | dict(differs or {}),
        stdout=subprocess.DEVNULL,
    )
    try:
        wait_for(f"{address}/healthz", server)
        yield address
    finally:
        server.send_signal(end)
        server.wait(timeout=PATIENCE)


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if server.poll() is not None:
            raise RuntimeError(f"The server ended with code {server.returncode}.")
        try:
            with urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.2)
    raise RuntimeError("The server did not come up.")

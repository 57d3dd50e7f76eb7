"""What is asked by several: a server of databases, and commands."""

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import chdir
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from medalloc.cli import main
from tests.databases import postgresql

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start a PostgreSQL of this run's own."""
    with postgresql() as address:
        yield address


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Callable[..., CompletedProcess[str]]:
    """Return what does a command here; that a process of its own says the same is a law of `cli.test_processes`."""

    def run(*arguments: str, at: Path = ROOT) -> CompletedProcess[str]:
        before = signal.getsignal(signal.SIGTERM)
        capfd.readouterr()
        with monkeypatch.context() as patched, chdir(at):
            patched.setattr(sys, "argv", [str(ROOT / "medalloc" / "__main__.py"), *arguments])
            try:
                code = main()
            except SystemExit as end:
                code = end.code
            finally:
                signal.signal(signal.SIGTERM, before)
        heard = capfd.readouterr()
        return CompletedProcess(arguments, code or 0, heard.out, heard.err)

    return run

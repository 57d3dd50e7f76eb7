"""A server of databases for whoever asks one."""

from collections.abc import Iterator

import pytest

from tests.databases import postgresql


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """Start a PostgreSQL of this run's own."""
    with postgresql() as address:
        yield address

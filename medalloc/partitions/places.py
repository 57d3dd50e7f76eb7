"""Where the files of a table in partitions lie: in a folder, or in an object store by its URL."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from medalloc.errors import MedallocError, not_opened, unreached
from medalloc.saved.by_address import WHOLE

Place = Path | str
"""A folder or a file of this machine, or the URL of one elsewhere, such as ``s3://bucket/folder``."""


@dataclass(frozen=True)
class Stored:
    """A file of a table."""

    file: str
    """Its path or URL."""

    stamp: str
    """Another one whenever the file was changed."""


def place_of(text: str) -> Place:
    """Return where a text says that something lies.

    Examples
    --------
    >>> place_of("s3://bucket/patients")
    's3://bucket/patients'
    >>> place_of("patients").name
    'patients'
    """
    return text if re.match(r"[A-Za-z][A-Za-z0-9+.-]+://", text) else Path(text)


def files_at(place: Place) -> list[Stored]:
    """Return the Parquet files at a place in the order of their names: the file itself, or all below it.

    Raises
    ------
    SourceError
        If there are none, or the place does not answer or lets nobody in.
    """
    found = _in_store(place) if isinstance(place, str) else _in_folder(place)
    if not found:
        raise unreached("“{folder}” holds no Parquet files (.parquet).", folder=str(place))
    return sorted(found, key=lambda each: _natural(each.file))


@contextmanager
def opened(file: str) -> Iterator[Any]:
    """Open a file where it lies, so that only what is asked for is read.

    Raises
    ------
    SourceError
        If it cannot be read.
    """
    place = place_of(file)
    if isinstance(place, Path):
        try:
            yield file
        except (FileNotFoundError, PermissionError) as error:
            # it may lie where somebody else looks, such as whoever asked a cluster for it
            raise not_opened(file, error) from error
        return
    with _said(file):
        store, path = _store(place)
        # what is asked for is known to the byte: reading ahead would fetch columns that nobody wants
        with store.open(path, "rb", cache_type="none") as reading:
            yield reading


def copied_to(file: Path, url: str) -> None:
    """Write a file of this machine to a URL, where it is there whole or not at all in a store of objects.

    Raises
    ------
    SourceError
        If it cannot be written.
    """
    with _said(url):
        store, path = _store(url)
        if url.partition(":")[0] not in WHOLE:
            # a store of objects has no folders, and would make the bucket that somebody mistyped
            store.makedirs(path.rpartition("/")[0], exist_ok=True)
        store.put_file(str(file), path)


def fetched_from(url: str, file: Path) -> None:
    """Write what is at a URL into a file of this machine; see `copied_to`."""
    with _said(url):
        store, path = _store(url)
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = file.with_name(f"{file.name}.draft")
        store.get_file(path, str(draft))
        draft.replace(file)


def found_below(url: str) -> list[tuple[str, int]]:
    """Return the names of all files below a URL and their sizes; none where nothing is there yet."""
    with _said(url):
        store, path = _store(url)
        store.invalidate_cache()
        try:
            found = store.find(path, detail=True)
        except FileNotFoundError:
            return []
        return [(name[len(path) :].lstrip("/"), int(about["size"])) for name, about in sorted(found.items())]


def _in_folder(place: Path) -> list[Stored]:
    files = [place] if place.is_file() else place.rglob("*.parquet")
    # the name of the folder counts, where it lies does not
    return [Stored(str(each), f"{each.relative_to(place.parent)} {_stamp(each)}") for each in files]


def _stamp(file: Path) -> str:
    stat = file.stat()
    return f"{stat.st_size} {stat.st_mtime_ns}"


def _in_store(place: str) -> list[Stored]:
    with _said(place):
        from fsspec.utils import tokenize

        store, path = _store(place)
        store.invalidate_cache()
        found = store.find(path, detail=True)
        if not found and not store.exists(path):
            raise FileNotFoundError
        files = {name: about for name, about in found.items() if name == path or name.endswith(".parquet")}
        return [Stored(store.unstrip_protocol(name), f"{name} {tokenize(about)}") for name, about in files.items()]


def _store(place: str) -> tuple[Any, str]:
    from fsspec.core import url_to_fs

    store, path = url_to_fs(place)
    return store, str(path).rstrip("/")


@contextmanager
def _said(place: str) -> Iterator[None]:
    """Turn what goes wrong with a store into a sentence: each has errors of its own, and few are of one kind."""
    from pyarrow import ArrowException

    try:
        yield
    except (MedallocError, ArrowException, MemoryError):
        raise
    except ImportError as error:
        raise unreached(
            "“{file}” needs a package that is not installed: {reason}; requirements-scale.txt has those of S3.",
            file=place,
            reason=str(error).rstrip("."),
        ) from error
    except FileNotFoundError as error:
        raise unreached(
            "“{file}” is not there, or not for these credentials; check bucket and name (s3://bucket/folder).",
            file=place,
        ) from error
    except PermissionError as error:
        raise unreached(
            "“{file}” may not be used with these credentials ({reason}); set those that may, on every worker of "
            "a cluster, too.",
            file=place,
            reason=str(error).rstrip(".") or type(error).__name__,
        ) from error
    except Exception as error:
        raise unreached(
            "“{file}” cannot be reached ({reason}); check its address, the network and the credentials.",
            file=place,
            reason=str(error).rstrip(".") or type(error).__name__,
        ) from error


def _natural(path: str) -> list[tuple[int, str]]:
    """Return what paths are sorted by: numbers in their names count as numbers."""
    return [(int(each), "") if each.isdigit() else (0, each) for each in re.split(r"(\d+)", path)]

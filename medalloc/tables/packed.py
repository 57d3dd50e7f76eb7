"""Files that hold tables packed: .gz, and .zip that is no workbook."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from medalloc.errors import refused
from medalloc.sentences import listed

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
LARGEST = 1_000_000_000
"""Bytes that may come out of a file. [bytes]"""

TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".xls", ".ods", ".parquet", ".feather", ".json", ".ndjson", ".geojson")
"""Ends of names of files that hold a table."""

OF_WORKBOOKS = ("[Content_Types].xml", "content.xml", "mimetype")
"""Members that tell a workbook from an archive."""


def unpacked(content: bytes, name: str, wanted: str | None = None) -> tuple[bytes, str, tuple[str, ...]]:
    """Return the file inside a packed one, its name, and the names of all files there; any other file as it is.

    Parameters
    ----------
    wanted : str, optional
        Which file of several; the first that is called as a table is when left out.

    Raises
    ------
    InputError
        If it is damaged, becomes too large, or holds no such file.

    Examples
    --------
    >>> import gzip
    >>> unpacked(gzip.compress(b"a,b"), "table.csv.gz"), unpacked(b"a,b", "t.csv")
    ((b'a,b', 'table.csv', ()), (b'a,b', 't.csv', ()))
    """
    try:
        if content.startswith(GZIP):
            unpacking = zlib.decompressobj(wbits=31)
            made = unpacking.decompress(content, LARGEST + 1)
            if not unpacking.eof and len(made) <= LARGEST:
                raise EOFError
            return _of_a_size_to_read(made, name), name.removesuffix(".gz"), ()
        if not content.startswith(ZIP):
            return content, name, ()
        with ZipFile(BytesIO(content)) as archive:
            if set(archive.namelist()) & set(OF_WORKBOOKS):
                return content, name, ()
            files = {
                each.filename: each
                for each in archive.infolist()
                if not each.is_dir() and not each.filename.startswith("__")
            }
            names = tuple(files)
            if not files or (len(files) > 1 and wanted is not None and wanted not in files):
                raise refused(
                    "“{file}” holds no file “{wanted}”; it has: {names}.",
                    file=name,
                    wanted=wanted or "",
                    names=listed(names, 8),
                )
            chosen = wanted if wanted in files else min(names, key=lambda each: not each.lower().endswith(TABLES))
            with archive.open(files[chosen]) as member:
                inside = chosen.rpartition("/")[2] if len(names) == 1 else chosen
                return _of_a_size_to_read(member.read(LARGEST + 1), name), inside, names
    except BadZipFile:
        # told where workbooks are read
        return content, name, ()
    except (zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError) as error:
        raise refused(
            "“{file}” cannot be unpacked (damaged, or locked by a password); unpack it first.", file=name
        ) from error


def _of_a_size_to_read(made: bytes, name: str) -> bytes:
    if len(made) > LARGEST:
        raise refused("“{file}” becomes larger than 1 GB when it is unpacked; cut it into parts.", file=name)
    return made

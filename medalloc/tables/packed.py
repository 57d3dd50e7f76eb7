"""Files that hold one table packed: .gz, and .zip that is no workbook."""

import zlib
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from medalloc.errors import InputError
from medalloc.sentences import listed, sentence

GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
LARGEST = 1_000_000_000
"""Bytes that may come out of a file. [bytes]"""

OF_WORKBOOKS = ("[Content_Types].xml", "content.xml", "mimetype")
"""Members that tell a workbook from an archive."""


def unpacked(content: bytes, name: str) -> tuple[bytes, str]:
    """Return the file inside a packed one with its name; any other file as it is.

    Raises
    ------
    InputError
        If it is damaged, becomes too large, or holds several files.

    Examples
    --------
    >>> import gzip
    >>> unpacked(gzip.compress(b"a,b"), "table.csv.gz"), unpacked(b"a,b", "t.csv")
    ((b'a,b', 'table.csv'), (b'a,b', 't.csv'))
    """
    try:
        if content.startswith(GZIP):
            unpacking = zlib.decompressobj(wbits=31)
            made = unpacking.decompress(content, LARGEST + 1)
            if not unpacking.eof and len(made) <= LARGEST:
                raise EOFError
            return _of_a_size_to_read(made, name), name.removesuffix(".gz")
        if not content.startswith(ZIP):
            return content, name
        with ZipFile(BytesIO(content)) as archive:
            if set(archive.namelist()) & set(OF_WORKBOOKS):
                return content, name
            files = [each for each in archive.infolist() if not each.is_dir() and not each.filename.startswith("__")]
            if len(files) != 1:
                raise InputError(
                    sentence(
                        "“{file}” holds {count} files: {names}; unpack it and choose one of them.",
                        file=name,
                        count=len(files),
                        names=listed((each.filename for each in files), 8),
                    )
                )
            with archive.open(files[0]) as member:
                return _of_a_size_to_read(member.read(LARGEST + 1), name), files[0].filename.rpartition("/")[2]
    except BadZipFile:
        # told where workbooks are read
        return content, name
    except (zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise InputError(
            sentence("“{file}” cannot be unpacked (damaged, or locked by a password); unpack it first.", file=name)
        ) from error


def _of_a_size_to_read(made: bytes, name: str) -> bytes:
    if len(made) > LARGEST:
        raise InputError(
            sentence("“{file}” becomes larger than 1 GB when it is unpacked; cut it into parts.", file=name)
        )
    return made

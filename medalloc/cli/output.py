"""What a script gets: JSON on standard output, files, exit codes."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from medalloc.errors import unreached

if TYPE_CHECKING:
    from medalloc.study import Answers
    from medalloc.study.step import Long

T = TypeVar("T")
DIFFERENT, INPUT, INFEASIBLE = 1, 2, 3
"""Exit codes: a published number is not obtained; something must be mended; no plan keeps every limit."""


def print_json(result: Mapping[str, Any]) -> None:
    """Write plain values as one line of JSON."""
    click.echo(json.dumps(result, ensure_ascii=False, allow_nan=False))


def counted(count: int, noun: str) -> str:
    """Return how many there are, in English.

    Examples
    --------
    >>> counted(1, "row"), counted(5473, "row")
    ('1 row', '5,473 rows')
    """
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def in_columns(frame: Any) -> str:
    """Return a table in words, its numbers without exponents.

    Examples
    --------
    >>> import pandas as pd
    >>> print(in_columns(pd.DataFrame({"demand": [2.1e9, 4e5], "coverage": [7.009346e-09, 0.25]})))
          demand      coverage
    2100000000.0 0.00000000701
        400000.0          0.25
    """
    from medalloc.sentences import in_figures

    odd = {
        name: lambda number: in_figures(number).replace(",", "")
        for name, column in frame.items()
        if column.dtype.kind == "f" and "e" in column.to_string(index=False, header=False, na_rep="")
    }
    return str(frame.to_string(index=False, formatters=odd))


def write(frame: Any, out: Path) -> None:
    """Write a table as a workbook where the file is called so, as CSV otherwise.

    Raises
    ------
    SourceError
        If the file cannot be written.
    """
    from medalloc.report.tables import as_csv, as_xlsx
    from medalloc.saved import write_file

    write_file(in_its_folder(out), as_xlsx(frame) if out.suffix == ".xlsx" else as_csv(frame))


def read_bytes(file: Path) -> bytes:
    """Return what is in a file.

    Raises
    ------
    SourceError
        If it cannot be opened.
    """
    from medalloc.study.files import opening

    with opening(str(file)):
        return file.read_bytes()


def in_its_folder(path: Path) -> Path:
    """Return where a file is to be written; a folder that is not there may be mistyped, and is not made."""
    if not path.absolute().parent.is_dir():
        raise unreached("“{file}” cannot be written: {reason}.", file=str(path), reason="no such file or directory")
    return path


def sure(answers: "Answers", step: "Callable[..., T | None] | Long[T]") -> T:
    """Return the answer of a step that nothing is missing for."""
    answer: T | None = answers(step)
    if answer is None:
        raise RuntimeError(f"Something is missing for {step.__name__}.")
    return answer

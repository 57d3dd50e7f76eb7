"""Choices as plain data: which values are acceptable, what is wrong with a saved form, and forms as files."""

from medalloc.saved.by_address import ObjectsByAddress, objects_at
from medalloc.saved.cells import Cells
from medalloc.saved.files import (
    append_line,
    form_text,
    open_file,
    read_file,
    read_form,
    read_lines,
    read_lines_from,
    write_file,
    write_form,
    write_lines,
)
from medalloc.saved.json_text import read_json
from medalloc.saved.objects import LINES, Found, Lines, Objects
from medalloc.saved.pieces import read_pieces, read_words, write_pieces
from medalloc.saved.plain import Saved, field_faults, from_plain, to_plain
from medalloc.saved.rules import (
    Length,
    Limits,
    Name,
    OneOf,
    Rule,
    number_faults,
    one_of,
    within,
)

__all__ = [
    "LINES",
    "Cells",
    "Found",
    "Length",
    "Limits",
    "Lines",
    "Name",
    "Objects",
    "ObjectsByAddress",
    "OneOf",
    "Rule",
    "Saved",
    "append_line",
    "field_faults",
    "form_text",
    "from_plain",
    "number_faults",
    "objects_at",
    "one_of",
    "open_file",
    "read_file",
    "read_form",
    "read_json",
    "read_lines",
    "read_lines_from",
    "read_pieces",
    "read_words",
    "to_plain",
    "within",
    "write_file",
    "write_form",
    "write_lines",
    "write_pieces",
]

"""Rows at the end of a file that are notes and none of its table."""

import re

from medalloc.tables.languages import beginning
from medalloc.tables.name_rows import NUMBER, Rows, filled
from medalloc.tables.row_names import is_sum

NOTE = re.compile(
    rf"\W*({beginning('note')})\b.*|[*†‡].*|©.*|\(c\).*|[-_=–—]{{3,}}",
    re.IGNORECASE | re.DOTALL,
)
"""How lines begin that say something of the table and are none of its rows."""


def notes_after(rows: Rows, width: int) -> int:
    """Return how many rows at the end are notes, blank ones between and before them included."""
    count, alone = 0, 0
    for place, row in enumerate(reversed(rows)):
        if not filled(row):
            continue
        cells = [cell.strip() for cell in row if cell.strip()]
        legend = 1 < len(row) <= width / 2
        if not (legend or (len(cells) == 1 and row[0].strip())) or any(map(NUMBER.fullmatch, cells)):
            # below the sum of all regions no further one stands
            return max(count, alone if is_sum(row[0].strip()) else 0)
        alone = place + 1
        blank_before = place + 1 < len(rows) and not filled(rows[-place - 2])
        if len(row) < width or NOTE.fullmatch(cells[0]) or blank_before:
            count = place + 1
    return count

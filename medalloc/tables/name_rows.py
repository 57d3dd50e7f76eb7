"""Rows that name columns: two of them together, and rows of units, kinds or years below the names."""

import re
from collections import Counter
from collections.abc import Sequence

from medalloc.tables.marks import is_mark
from medalloc.tables.named_units import multiple_of
from medalloc.tables.role_words import counts
from medalloc.tables.roles import names_known

YEAR = re.compile(r"\(?(19|20)[0-9]{2}(\s?[-/–]\s?[0-9]{2,4})?\)?(\s?(\W{1,3}|\(?[a-z]\)?))?", re.IGNORECASE)
"""A year as the name of a column, perhaps with a mark of its note."""

NUMBER = re.compile(r"[-+−]?[$€£¥]?\s?[0-9][0-9.,'’\s]*%?|[-+]?[0-9.]+[eE][-+]?[0-9]+")
CODE = re.compile(r"[A-Za-z]+_?[A-Za-z0-9]*_?[0-9]+[A-Za-z]*")
"""What a column may be called beside its name, such as B01001_001E."""

Rows = Sequence[Sequence[str]]


def filled(row: Sequence[str]) -> int:
    """Return how many cells of a row are not blank."""
    return sum(map(bool, map(str.strip, row)))


def joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    """Return names of two rows: the lower ones where they tell columns apart and say what is counted."""
    above, made = "", list[tuple[str, str]]()
    for place, name in enumerate(upper):
        under = lower[place].strip() if place < len(lower) else ""
        above = name.strip() or (above if under else "")
        made.append((above, under))
    times = Counter(under for _, under in made)
    of_years = {over for over, under in made if YEAR.fullmatch(under)}

    def alone(over: str, under: str) -> bool:
        several = YEAR.fullmatch(under) and len(of_years) > 1
        return times[under] == 1 and (bool(names_known([under])) or not (several or counts(over)))

    return [over if not under else under if alone(over, under) else f"{over} {under}" for over, under in made]


def stand_over(names: Sequence[str], row: Sequence[str]) -> bool:
    """Whether names stand over several columns each, which the row below tells apart by words or years."""
    used = [place for place, name in enumerate(names) if name.strip() or (place < len(row) and row[place].strip())]
    blank = [place for place in used if not names[place].strip()]
    told = [row[place].strip() for place in blank] if len(row) == len(names) else []
    words = [cell.strip() for cell in row if cell.strip()]
    apart = all(YEAR.fullmatch(cell) or not re.search(r"[0-9]", cell) for cell in words)
    open_ = not row[0].strip() or not names or not names[0].strip()
    return bool(told) and all(told) and apart and open_ and len(set(words)) >= 2 and not all(map(is_mark, words))


def years_in(row: Sequence[str]) -> set[str]:
    """Return the years that a row holds beside a blank first cell; none where it holds anything else."""
    cells = {cell.strip() for cell in row if cell.strip()}
    return cells if not row[0].strip() and all(map(YEAR.fullmatch, cells)) else set()


def is_its_name(rows: Rows) -> bool:
    """Whether a row names the first column, whose name the rows above left out, and nothing else."""
    return len(rows) > 1 and filled(rows[0]) == 1 and bool(names_known([rows[0][0]]))


def describes(names: Sequence[str], row: Sequence[str], below: Rows) -> bool:
    """Whether a row is words where every row below has numbers, such as units, kinds or longer names."""
    if len(row) != len(names) or any(cell.strip().startswith("#") for cell in row):
        return False
    # what stands left of it names rows
    begin = next((place for place, cell in enumerate(row) if cell.strip()), 0)
    numbers = 0
    for place in range(begin, len(row)):
        if not _holds_numbers([each[place].strip() for each in below if each[place].strip()]):
            continue
        cell, numbers = row[place].strip(), numbers + 1
        if not cell or is_mark(cell) or (re.search(r"[0-9]", cell) and not _is_unit(cell)):
            return False
    few = numbers == 1 and (filled(row) == 1 or names_known(row) > names_known(names))
    return numbers >= 2 or few


def _holds_numbers(known: Sequence[str]) -> bool:
    """Whether the known cells of a column are numbers, but for marks among them."""
    numbers = all(NUMBER.fullmatch(cell) or is_mark(cell) for cell in known)
    return len(known) >= 2 and numbers and any(map(NUMBER.fullmatch, known))


def _is_unit(cell: str) -> bool:
    """Whether a cell with a figure may stand in a row that describes the columns: a code, or a multiple as '000."""
    return CODE.fullmatch(cell) is not None or multiple_of(f"x {cell}")[1] > 1

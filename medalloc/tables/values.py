"""What the cells of a file mean: numbers, days and blanks in the place of what stands for them."""

from collections.abc import Collection, Mapping

import pandas as pd

from medalloc.quantities import PER_REGION, PER_RESOURCE
from medalloc.sentences import Sentence
from medalloc.tables.calendars import in_our_calendar
from medalloc.tables.cells import text_columns
from medalloc.tables.days import in_said_order
from medalloc.tables.languages import means
from medalloc.tables.marks import without_marks
from medalloc.tables.options import ReadOptions
from medalloc.tables.roles import is_called, suggest_roles
from medalloc.tables.shorthand import without_shorthand
from medalloc.tables.suppressed import with_intervals
from medalloc.tables.thousands import without_thousands
from medalloc.tables.tidying import tidy


def plain_cells(
    frame: pd.DataFrame, options: ReadOptions, *, whole: bool = False, parted: Collection[str] = ()
) -> tuple[pd.DataFrame, tuple[Sentence, ...], dict[str, tuple[int, int]]]:
    """Return cells with plain names, and numbers, days and blanks in the place of what stands for them.

    What was done, and between which ends hidden counts lie, by column, come with them. Only in the whole table numbers
    written in groups can be told from codes; in a part of it they stay text but in the columns that are named for that.
    """
    frame, notes = tidy(frame)
    order, texts = list(frame.columns), frame[[each for each in frame.columns if each in options.texts]]
    frame = frame.drop(columns=texts.columns)
    # of columns that are named it was decided before that a comma parts thousands in them
    frame, shorthand = without_shorthand(frame, None if whole else parted)
    known, decimal = (frame, options.decimal) if whole else (frame[[each for each in frame if each in parted]], ".")
    numbers, grouped = without_thousands(known, decimal)
    frame = numbers if whole else frame.assign(**{str(name): column for name, column in numbers.items()})
    frame, hidden, ends = with_intervals(frame)
    frame, foreign = in_our_calendar(frame, lambda name: is_called("date", name) or means("date", name))
    frame, dated = in_said_order(frame, options.day_first)
    # only in text there are marks
    named = _of_regions(suggest_roles(frame)) if text_columns(frame) else ()
    frame, marked = without_marks(frame, options.blanks, named)
    return frame.join(texts)[order], (*notes, *shorthand, *grouped, *hidden, *foreign, *dated, *marked), ends


def plain_numbers(frame: pd.DataFrame, decimal: str | None = None) -> pd.DataFrame:
    """Return text of numbers as numbers where their style leaves no choice, or `decimal` says what their point is.

    Examples
    --------
    >>> written = pd.DataFrame({"income": ["1,250", "950 [p]", None]}, dtype="str")
    >>> plain_numbers(written, ".")["income"].tolist(), plain_numbers(written)["income"].tolist()[0]
    ([1250.0, 950.0, nan], '1,250')
    """
    frame, _ = without_shorthand(frame)
    frame, _ = without_thousands(frame, decimal)
    return without_marks(frame)[0]


def _of_regions(roles: Mapping[str, str]) -> list[str]:
    """Return the columns whose numbers a plan is made of: what is no number in them is told with its row."""
    return [name for name, role in roles.items() if role.partition(":")[0] in (*PER_REGION, *PER_RESOURCE)]

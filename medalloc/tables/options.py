"""What somebody can say about how a file is to be read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadOptions:
    """What a user can decide about reading; None lets the file decide."""

    encoding: str | None = None
    """Text encoding, for instance ``gb18030``."""

    delimiter: str | None = None
    """Separator of columns."""

    sheet: str | None = None
    """Worksheet of a workbook; the first visible one with a table when None."""

    header_row: int | None = None
    """Line of the names of the columns, from 1; 0 where no line holds names."""

    first_row: int | None = None
    """First line of the rows, from 1."""

    last_row: int | None = None
    """Last line of the rows."""

    left_out: tuple[int, ...] = ()
    """Lines that are left out."""

    blanks: tuple[str, ...] = ()
    """Words that mean blank in every column, such as NA."""

    decimal: str | None = None
    """Decimal sign of numbers in text, ``.`` or ``,``."""

    day_first: bool | None = None
    """Whether the day comes before the month in dates that leave it open."""

    texts: tuple[str, ...] = ()
    """Columns whose cells stay as they are written."""

    def __post_init__(self) -> None:
        """Take the lists that JSON has, too."""
        object.__setattr__(self, "blanks", tuple(self.blanks))
        object.__setattr__(self, "left_out", tuple(self.left_out))
        object.__setattr__(self, "texts", tuple(self.texts))

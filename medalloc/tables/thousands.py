"""Numbers with something between their thousands, in figures of other scripts, or with a word such as 万 behind them.

Where every cell of a column is such a number and the style leaves no choice, they are read as numbers, which is said. A
comma alone leaves one: 1,250 may be a thousand or one and a quarter, which other numbers of the file decide.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from itertools import chain

import pandas as pd

from medalloc.sentences import Sentence, sentence
from medalloc.tables.cells import text_columns
from medalloc.tables.marks import is_mark
from medalloc.tables.number_style import SURELY_POINT
from medalloc.tables.suppressed import BELOW as HIDDEN
from medalloc.tables.suppressed import HIDDEN as STAR

SPACES = " \u00a0\u2007\u2009\u202f"
APOSTROPHES = "'’ʼ´"
DECIMAL = r"(?:\.[0-9]+)?"
SIGN = "[-+]?"
WHOLE = "(?:0|[1-9][0-9]{0,14})"
"""A number without anything between its figures; with a nought in front it would be a code."""

PARTED = {
    "space": re.compile(rf"{SIGN}(?:[1-9][0-9]{{0,2}}(?:[{SPACES}][0-9]{{3}})+|{WHOLE}){DECIMAL}"),
    "apostrophe": re.compile(rf"{SIGN}(?:[1-9][0-9]{{0,2}}(?:[{APOSTROPHES}][0-9]{{3}})+|{WHOLE}){DECIMAL}"),
    "point": re.compile(rf"{SIGN}(?:[1-9][0-9]{{0,2}}(?:\.[0-9]{{3}})+|{WHOLE})"),
    "comma": re.compile(rf"{SIGN}(?:[1-9][0-9]{{0,2}}(?:,[0-9]{{3}})+|{WHOLE}){DECIMAL}"),
    "Indian comma": re.compile(rf"{SIGN}(?:[1-9][0-9]?(?:,[0-9]{{2}})*,[0-9]{{3}}|{WHOLE}){DECIMAL}"),
}
"""Whole columns of such cells; plain numbers may stand among them."""

PLAIN = re.compile(rf"\s*{SIGN}[0-9]+{DECIMAL}\s*", re.ASCII)

SURELY_PARTED = re.compile(r".*[0-9],[0-9]{2,3}(?:,[0-9]{3}|\.[0-9]+)")
"""A number in which a comma can only part thousands: two of them, or a point behind."""

TWO_POINTS = re.compile(r".*\.[0-9]{3}\.[0-9]{3}")

MULTIPLES = {
    "百": 1e2,
    "千": 1e3,
    "万": 1e4,
    "萬": 1e4,
    "만": 1e4,
    "百万": 1e6,
    "千万": 1e7,
    "亿": 1e8,
    "億": 1e8,
    "억": 1e8,
    "万亿": 1e12,
    "兆": 1e12,
    "thousand": 1e3,
    "lakh": 1e5,
    "lac": 1e5,
    "million": 1e6,
    "mln": 1e6,
    "crore": 1e7,
    "billion": 1e9,
    "тыс": 1e3,
    "млн": 1e6,
}
"""Words behind a figure by which it is to be multiplied; no letter alone, which may be a unit."""

WORDS = "|".join(sorted(MULTIPLES, key=len, reverse=True))
MULTIPLIED = re.compile(
    rf"(?P<figure>{SIGN}[0-9][0-9,]*{DECIMAL}) ?(?P<word>{WORDS})?s?\.?[人张名]?",
    re.IGNORECASE,
)
LOOKS = re.compile(
    rf"[-+]?[0-9][0-9.,{SPACES}{APOSTROPHES}]*(?:{WORDS})?s?\.?[人张名]?",
    re.IGNORECASE,
)
NO_AMOUNT = re.compile(
    r"(?<![a-z])(codes?|ids?|zip|pin|postcodes?|postal|plz|cap|cep|phones?|tel(ephone)?|fax|mobile|nr|no)(?![a-z])|编号|电话|邮编",
    re.IGNORECASE,
)
"""Names of columns whose figures are no amounts, in whatever groups they are written."""


def without_thousands(frame: pd.DataFrame, decimal: str | None = None) -> tuple[pd.DataFrame, list[Sentence]]:
    """Return columns of such numbers as numbers, and say which; marks and hidden counts among them stay text.

    Parameters
    ----------
    frame : DataFrame
        Cells as they were read, numbers with a decimal comma being numbers already.
    decimal : str, optional
        The decimal sign as somebody said it, a point or a comma.

    Examples
    --------
    >>> made, said = without_thousands(pd.DataFrame({"population": ["1 250", "950"], "beds": ["1.2万", "800"]}))
    >>> made.to_numpy().tolist(), str(said[0])
    ([[1250, 12000], [950, 800]], '“population” is read as numbers, such as “1 250” as 1250.')
    """
    texts = {
        str(name): found
        for name in text_columns(frame)
        if not NO_AMOUNT.search(str(name).replace("_", " ")) and (found := _figures(frame[name]))
    }
    decided = decimal == "." or (decimal is None and _comma_parts(frame, list(texts.values())))
    made, said = dict[str, pd.Series](), list[Sentence]()
    for name, cells in texts.items():
        numbers = _numbers(list(cells.values()), commas=decided)
        # 1.250 as text may be anything; only what no spreadsheet takes for a number is told by its signs
        if numbers is None or all(map(PLAIN.fullmatch, cells)):
            continue
        plain = {text: f"{number:.15g}" for text, number in zip(cells, numbers, strict=True)}
        example = next((each for each in cells if each != plain[each]), None)
        if example is None:
            continue
        made[name] = _as_numbers(frame[name].map(plain).fillna(frame[name]))
        said.append(
            sentence(
                "“{column}” is read as numbers, such as “{text}” as {number}.",
                column=name,
                text=example.strip(),
                number=plain[example],
            )
        )
    return frame.assign(**made), said


def _figures(column: pd.Series) -> dict[str, str]:
    """Return the different cells of a column with their figures plain; none where one of them cannot be a number."""
    found: dict[str, str] = {}
    for text in pd.Series(column.unique()).dropna():
        if is_mark(text) or HIDDEN.fullmatch(text.strip()) or text.strip() == STAR:
            continue
        found[text] = _plain(text)
        if not LOOKS.fullmatch(found[text]):
            return {}
    return found


def _plain(text: str) -> str:
    """Return a cell with European figures and signs, whatever script it is written in."""
    figures = "".join(str(unicodedata.digit(each)) if each.isdecimal() else each for each in text.strip())
    signs = str.maketrans({"\u066b": ".", "\u066c": ",", "，": ",", "．": ".", "−": "-", "－": "-"})
    return figures.translate(signs)


def _comma_parts(frame: pd.DataFrame, columns: Sequence[dict[str, str]]) -> bool:
    """Whether some number of the file shows that commas part thousands in it."""
    cells = list(chain.from_iterable(each.values() for each in columns))
    decimals = (frame[name].dropna() for name in frame.select_dtypes("float"))
    return (
        any(SURELY_PARTED.fullmatch(each) for each in cells)
        or any(SURELY_POINT.fullmatch(each) for each in cells)
        or any((each % 1 != 0).any() for each in decimals)
    )


def _numbers(cells: Sequence[str], *, commas: bool) -> list[float] | None:
    """Return what cells in one style mean; None for no style, or one that leaves a choice."""
    for style, pattern in PARTED.items():
        if not all(map(pattern.fullmatch, cells)):
            continue
        open_ = "comma" in style and any("," in each for each in cells) and not commas
        if open_ or (style == "point" and not any(map(TWO_POINTS.fullmatch, cells))):
            return None
        between = f"[{SPACES}{APOSTROPHES},{'.' if style == 'point' else ''}]"
        return [float(re.sub(between, "", each)) for each in cells]
    parts = [MULTIPLIED.fullmatch(each) for each in cells]
    if not all(parts) or not any(each and each["word"] for each in parts):
        return None
    if any(each and "," in each["figure"] for each in parts) and not commas:
        return None
    return list(_multiplied(parts))


def _multiplied(parts: Sequence[re.Match[str] | None]) -> Iterator[float]:
    for each in parts:
        if each is not None:
            yield round(float(each["figure"].replace(",", "")) * MULTIPLES.get((each["word"] or "").lower(), 1.0), 6)


def _as_numbers(column: pd.Series) -> pd.Series:
    """Return text of plain numbers as numbers; as it is where marks stand among them."""
    numbers = pd.to_numeric(column, errors="coerce")
    if not numbers.notna().eq(column.notna()).all():
        return column
    whole = numbers.notna().all() and (numbers % 1 == 0).all() and (numbers.abs() < 2**53).all()
    return numbers.astype("int64") if whole else numbers.astype(float)

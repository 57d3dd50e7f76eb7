"""What medalloc says: a template and its values, put into words only where somebody reads it."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import reduce
from numbers import Integral, Real
from typing import Any


@dataclass(frozen=True)
class Sentence:
    """A sentence that can still be translated, because its values are not yet pasted in.

    Examples
    --------
    >>> str(sentence("{people} people live in {region}.", people=12000, region="Dayton OH"))
    '12,000 people live in Dayton OH.'
    """

    template: str
    """English text with named places such as ``{region}``; the key of its translation."""

    values: Mapping[str, object] = field(default_factory=dict)
    """What goes into the places: numbers, text, or further sentences."""

    many: str | None = None
    """The template where there are several, when its words change with a number."""

    by: str = "count"
    """Place whose number decides between the two."""

    def render(
        self,
        translate: Callable[[str], str] = str,
        number: Callable[[float], str] | None = None,
        forms: Callable[[str, str, int], str] | None = None,
    ) -> str:
        """Put the sentence into words.

        Parameters
        ----------
        number : callable, optional
            From a number to the reader's notation; English notation when left out.
        forms : callable, optional
            From the English for one, that for several, and a number to the reader's language; each of the two through
            `translate` when left out.
        """
        write = number or in_figures

        def chosen(one: str, many: str, count: int) -> str:
            return translate(one if count == 1 else many)

        choose = forms or chosen
        written = {name: _in_words(value, translate, write, choose) for name, value in self.values.items()}
        if self.many is None:
            return translate(self.template).format(**written)
        return choose(self.template, self.many, number_of(written[self.by])).format(**written)

    def __str__(self) -> str:
        """Return the sentence in English."""
        return self.render()

    def to_json(self) -> dict[str, Any]:
        """Return the sentence as JSON-able data."""
        values = {
            name: value.to_json() if isinstance(value, Sentence) else _plain(value)
            for name, value in self.values.items()
        }
        return {"template": self.template, "values": values} | (
            {} if self.many is None else {"many": self.many, "by": self.by}
        )

    @classmethod
    def from_json(cls, read: Mapping[str, Any]) -> "Sentence":
        """Return the sentence that `to_json` gave."""
        values = read["values"].items()
        said = {k: cls.from_json(v) if isinstance(v, Mapping) else v for k, v in values}
        return cls(read["template"], said, read.get("many"), read.get("by", "count"))


def sentence(template: str, /, **values: object) -> Sentence:
    """Return a sentence; its template is collected for translation wherever this is called."""
    return Sentence(template, values)


def counted(one: str, many: str, /, by: str = "count", **values: object) -> Sentence:
    """Return a sentence whose words follow a number, as they do in English after 1.

    Parameters
    ----------
    one, many : str
        The sentence where the number is written 1, and where it is not.
    **values
        What goes into the places.

    Examples
    --------
    >>> [str(counted("{count} row", "{count} rows", count=count)) for count in (0, 1, 2)]
    ['0 rows', '1 row', '2 rows']
    """
    return Sentence(one, values, many, by)


def number_of(written: str) -> int:
    """Return the number by which a language chooses its words: 1 only where a reader sees 1.

    Examples
    --------
    >>> number_of("1"), number_of("+1"), number_of("1,001"), number_of("1.0"), number_of("few")
    (1, 1, 1001, 2, 2)
    """
    digits = written.lstrip("+-−").replace(",", "")
    return int(digits) if digits.isdecimal() else 2


def in_figures(number: float) -> str:
    """Write a number with thousands separated and no more digits than a reader can use.

    Examples
    --------
    >>> in_figures(12345.678), in_figures(0.123456), in_figures(3.0), in_figures(0.00002801)
    ('12,346', '0.123', '3', '0.000028')
    """
    if isinstance(number, Integral) or float(number).is_integer():
        return f"{int(number):,}"
    # from 999.5 on, three significant digits would be written as 1e+03
    written = f"{number:,.0f}" if abs(number) >= 999.5 else f"{number:.3g}"
    return f"{Decimal(written):f}" if "e" in written else written


MARKS = re.compile(r"[\\`*_{}\[\]()#+!|<>$~&]|:(?=\S)|^[-=](?!\d)|(?<=^\d)\.(?= |$)|(?<=^\d\d)\.(?= |$)")
"""Signs that Markdown makes something of; some do so only at the beginning."""

GLUED = re.compile(
    r"(?<=http)(?=s?:)|(?<=www)(?=\.)|(?<=\w)(?=@)|(?<=:)(?=material/|streamlit:)|(?<=[-<])(?=[->])", re.IGNORECASE
)
"""Where a link, an icon or an arrow would be made of text whose signs are escaped, too."""

WORD_JOINER = "\u2060"
"""A sign that nobody sees and that keeps the two beside it together."""


def in_markdown(text: str) -> str:
    r"""Return text, on one line, as Markdown that shows it as it is; an image or a link in it would reach outside.

    Examples
    --------
    >>> in_markdown("[bed](http://x)"), in_markdown("1. a_b"), in_markdown("-0.5")
    ('\\[bed\\]\\(http\u2060\\://x\\)', '1\\. a\\_b', '-0.5')
    """
    return MARKS.sub(r"\\\g<0>", unglued(" ".join(text.split())))


def unglued(text: str) -> str:
    """Return text from which no link, icon or arrow is made, seen as it was."""
    return GLUED.sub(WORD_JOINER, text)


class Names(str):
    """Names one after the other, as English has it; in a sentence they are joined as its reader's language does."""

    __slots__ = ("each",)
    each: tuple[str, ...]


BESIDE = sentence("{first}, {rest}").template


def listed(names: Iterable[object], at_most: int = 5) -> Names:
    """Write names one after the other, with an ellipsis for those beyond the first few.

    Examples
    --------
    >>> listed(["Nord", "Süd", "Ost"], 2)
    'Nord, Süd, …'
    """
    every = [str(name) for name in names]
    shown = (*every[:at_most], *(["…"] if len(every) > at_most else []))
    written = Names(", ".join(shown))
    written.each = shown
    return written


def side_by_side(sentences: Iterable[Sentence]) -> Sentence:
    """Return what several say, one beside the other as a language joins names.

    Examples
    --------
    >>> str(side_by_side([sentence("ridge"), sentence("boosting")]))
    'ridge, boosting'
    """
    return reduce(lambda rest, first: Sentence(BESIDE, {"first": first, "rest": rest}), reversed(list(sentences)))


def in_a_row(names: Sequence[str], translate: Callable[[str], str]) -> str:
    """Return several names one after the other, as a language joins them."""
    joined = translate(BESIDE)
    return reduce(lambda rest, first: joined.format(first=first, rest=rest), reversed(names)) if names else ""


ALL = 1.0 - 1e-9
"""Share from which on only rounding is missing. [fraction]"""


def nearly(fraction: float, digits: int = 0) -> float:
    """Return a fraction that is written as a percentage with so many digits; what is not all is not 100%.

    Examples
    --------
    >>> nearly(0.9999), nearly(0.5), nearly(1.0)
    (0.99, 0.5, 1.0)
    """
    return 1.0 - 0.01 / 10**digits if 1.0 - 0.005 / 10**digits <= fraction < ALL else fraction


def together(sentences: Iterable[Sentence]) -> Sentence:
    """Return one sentence that says several, one after the other.

    Examples
    --------
    >>> str(together([sentence("One."), sentence("Two: {number}.", number=2)]))
    'One. Two: 2.'
    """
    parts = {f"part{index}": each for index, each in enumerate(sentences)}
    return Sentence(" ".join(f"{{{name}}}" for name in parts), parts)


def _plain(value: object) -> object:
    """Return a number or text that JSON can hold."""
    if isinstance(value, bool) or not isinstance(value, Real):
        return str(value)
    return int(value) if isinstance(value, Integral) else float(value)


def _in_words(
    value: object,
    translate: Callable[[str], str],
    number: Callable[[float], str],
    forms: Callable[[str, str, int], str],
) -> str:
    if isinstance(value, Sentence):
        return value.render(translate, number, forms)
    if isinstance(value, Real) and not isinstance(value, bool):
        return number(float(value)) if not isinstance(value, Integral) else number(int(value))
    return in_a_row(value.each, translate) if isinstance(value, Names) else str(value)

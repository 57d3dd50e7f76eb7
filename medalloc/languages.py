"""Words and numbers in a reader's language, wherever they are read."""

import gettext
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path

from babel import Locale, numbers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from medalloc.resource_names import LISTED, PLACES, known
from medalloc.sentences import Sentence, in_a_row, nearly

LANGUAGES = {"en": "English", "zh_CN": "简体中文"}
MANY = 1_000_000
"""Number from which on its last digits say nothing at a glance."""

CATALOGUES = Path(__file__).parent / "ui" / "locale"


@cache
def catalogue(language: str) -> gettext.NullTranslations:
    """Return the words of a language, compiled from its catalogue file."""
    path = CATALOGUES / language / "LC_MESSAGES" / "medalloc.po"
    if not path.exists():
        return gettext.NullTranslations()
    compiled = BytesIO()
    with path.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)


def usable(value: float) -> int:
    """Return the digits behind the decimal sign that a reader can use.

    Examples
    --------
    >>> usable(120.4), usable(12.04), usable(1.204), usable(3.0)
    (0, 1, 2, 0)
    """
    return 0 if abs(value) >= 100 or float(value).is_integer() else 1 if abs(value) >= 10 else 2


@dataclass(frozen=True)
class Language:
    """A reader's language.

    Examples
    --------
    >>> english = Language("en")
    >>> english.number(12345.678), english.number(0.5, 1), english.percent(0.742)
    ('12,346', '0.5', '74%')
    """

    code: str
    """Its name, one of `LANGUAGES`."""

    def translate(self, text: str) -> str:
        """Return the text in this language; English where the catalogue has none."""
        return catalogue(self.code).gettext(text)

    def resource(self, name: str) -> str:
        """Return what a resource, or several with commas between them, is called; as it was given where not known.

        Examples
        --------
        >>> Language("en").resource("Beds"), Language("zh_CN").resource("beds, nurses, Rooms B")
        ('Beds', '床位、护士、Rooms B')
        """
        if self.code == "en":
            return name
        called = [
            name if (noun := known(name)) is None else self.translate(noun.template) for name in name.split(LISTED)
        ]
        return self.together(called)

    def together(self, names: Sequence[str]) -> str:
        """Return several names one after the other, as this language joins them."""
        return in_a_row(names, self.translate)

    def say(self, sentence: Sentence) -> str:
        """Put a sentence into words."""
        if self.code != "en":
            sentence = self._with_resources(sentence)
        return sentence.render(catalogue(self.code).gettext, self.number, catalogue(self.code).ngettext)

    def number(self, value: float, digits: int | None = None) -> str:
        """Write a number with the digits a reader can use, or with so many behind the decimal sign."""
        digits = usable(value) if digits is None else digits
        return _written(float(value) + 0.0, "#,##0" + ("." + "0" * digits if digits else ""), self.code)

    def figure(self, value: float) -> str:
        """Write a whole number as a figure that is read at a glance: from a million on in millions."""
        if abs(value) < MANY:
            return self.number(value, 0)
        # where numbers are grouped by ten thousand, a million has three digits already
        chinese = self.code.startswith("zh")
        ends = (0 if abs(value) < 100 * MANY else 2) if chinese else 2 if abs(value) < 10 * MANY else 1
        written: str = numbers.format_compact_decimal(
            value, format_type="short", fraction_digits=ends, locale=self._locale
        )
        return written

    def percent(self, fraction: float, digits: int = 0) -> str:
        """Write a fraction as a percentage; 100% only where it is all."""
        pattern = "#,##0" + ("." + "0" * digits if digits else "") + "%"
        written: str = numbers.format_percent(nearly(fraction, digits), pattern, locale=self._locale)
        return written

    def _with_resources(self, said: Sentence) -> Sentence:
        """Return a sentence with the resources in it as this language calls them."""

        def called(place: str, value: object) -> object:
            if isinstance(value, Sentence):
                # a bed, or beds: known by its plural
                noun = None if value.many is None else known(value.many)
                return self._with_resources(value) if noun is None else noun
            return self.resource(value) if isinstance(value, str) and place in PLACES else value

        return replace(said, values={place: called(place, value) for place, value in said.values.items()})

    @property
    def _locale(self) -> Locale:
        return _locale(self.code)


@lru_cache(maxsize=50_000)
def _written(value: float, pattern: str, code: str) -> str:
    """Write a number; a table of thousands has the same few numbers, and each takes long to write."""
    written: str = numbers.format_decimal(value, pattern, locale=_locale(code))
    return written


@cache
def _locale(code: str) -> Locale:
    return Locale.parse(code)

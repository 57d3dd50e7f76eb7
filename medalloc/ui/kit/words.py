"""Every visible word, number and date, in the visitor's language."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from babel import Locale, dates

from medalloc.languages import LANGUAGES, Language, catalogue
from medalloc.sentences import Names, Sentence, in_markdown, listed, number_of
from medalloc.ui import state


def _(text: str) -> str:
    """Return the text in the visitor's language; English where the catalogue has none."""
    return catalogue(state.look().language).gettext(text)


def language() -> Language:
    """Return the visitor's language."""
    return Language(state.look().language)


def say(sentence: Sentence) -> str:
    """Put a sentence into the visitor's words, safe inside Markdown."""
    return language().say(_escaped(sentence))


def plainly(sentence: Sentence) -> str:
    """Put a sentence into the visitor's words, for places that do not read Markdown."""
    return language().say(sentence)


def all_plainly(sentences: Iterable[Sentence]) -> list[str]:
    """Put many sentences into the visitor's words, asking only once who the visitor is."""
    return writer()(sentences)


def writer() -> Callable[[Iterable[Sentence]], list[str]]:
    """Return what does so where nobody can be asked any more, as when a download is made."""
    say_it = language().say
    return lambda sentences: [say_it(each) for each in sentences]


def in_unit(text: str, *, weighted: bool = False) -> str:
    """Return a text with what demand is counted in at its place ``{unit}``; other places stay to be filled.

    Where each counts with the value of the region, that is said: the sum is no number of people.
    """
    unit = (state.counted_in() or _("people")).translate({ord(each): None for each in "{}"})
    return text.replace("{unit}", _("{unit} times value").replace("{unit}", unit) if weighted else unit)


def resource(name: str) -> str:
    """Return what a resource is called in the visitor's language; what is stored stays as it was given."""
    return language().resource(name)


def together(names: Sequence[str]) -> str:
    """Return several names one after the other, as the visitor's language joins them."""
    return language().together(names)


def stored(shown: object, names: Iterable[str]) -> str:
    """Return the name under which a resource is kept that is shown so in some language; a new one as it is."""
    spoken = [Language(code) for code in LANGUAGES]
    return next((name for name in names if str(shown) in {each.resource(name) for each in spoken}), str(shown))


def escape(text: object) -> str:
    """Return data as text that Markdown shows as it is; an image or a link in it would reach outside."""
    return in_markdown(str(text))


def number(value: float, digits: int | None = None) -> str:
    """Write a number with the digits a reader can use, separated as the language does.

    Parameters
    ----------
    digits : int, optional
        Digits behind the decimal sign; chosen by size when left out.
    """
    return language().number(value, digits)


def figure(value: float) -> str:
    """Write a whole number as a figure that is read at a glance: from a million on in millions."""
    return language().figure(value)


def counted(one: str, many: str, count: float | str) -> str:
    """Return the first text in the visitor's language where a number is written 1, else the second; places stay."""
    written = count if isinstance(count, str) else number(count)
    return catalogue(state.look().language).ngettext(one, many, number_of(written))


def several(one: str, many: str, count: int) -> str:
    """Return the words for one thing, or for several, with their number at the place ``{count}``."""
    return counted(one, many, count).format(count=number(count))


def regions(count: int) -> str:
    """Say how many regions there are."""
    return several("{count} region", "{count} regions", count)


def rows(count: int) -> str:
    """Say how many rows there are."""
    return several("{count} row", "{count} rows", count)


def percent(fraction: float, digits: int = 0) -> str:
    """Write a fraction as a percentage."""
    return language().percent(fraction, digits)


def signed(value: float, digits: int | None = None) -> str:
    """Write a change with its sign."""
    return ("+" if value > 0 else "") + number(value, digits)


def clock(moment: float) -> str:
    """Write the time of day of a moment, given in seconds since 1970, as the server's clock has it."""
    written: str = dates.format_time(datetime.fromtimestamp(moment), "short", locale=_locale())
    return written


def ago(moment: float) -> str:
    """Say how long ago a moment was, given in seconds since 1970."""
    written: str = dates.format_timedelta(min(round(moment - time.time()), -1), add_direction=True, locale=_locale())
    return written


def size(count: float) -> str:
    """Write a number of bytes in megabytes, or kilobytes where these are few."""
    if count < 1e6:
        return f"{number(max(count / 1e3, 1), 0)} kB"
    return f"{number(count / 1e6, 1 if count < 1e7 else 0)} MB"


def months_and_days() -> dict[str, Any] | None:
    """Return what the browser calls months and days in pictures, in d3's notation; None for its own English."""
    if state.look().language == "en":
        return None
    here = _locale()
    months, days = here.months["format"], here.days["format"]
    # weeks begin on Sunday in d3, on Monday in Babel
    order = (6, 0, 1, 2, 3, 4, 5)
    return {
        "dateTime": "%Y-%m-%d %H:%M",
        "date": "%Y-%m-%d",
        "time": "%H:%M",
        "periods": [dates.format_time(datetime(2000, 1, 1, hour), "a", locale=here) for hour in (9, 15)],
        "days": [days["wide"][each] for each in order],
        "shortDays": [days["abbreviated"][each] for each in order],
        "months": [months["wide"][each] for each in range(1, 13)],
        "shortMonths": [months["abbreviated"][each] for each in range(1, 13)],
    }


def _locale() -> Locale:
    return Locale.parse(state.look().language)


def _escaped(sentence: Sentence) -> Sentence:
    return replace(sentence, values={name: _safe(value) for name, value in sentence.values.items()})


def _safe(value: object) -> object:
    if isinstance(value, Names):
        return listed(map(escape, value.each), at_most=len(value.each))
    return _escaped(value) if isinstance(value, Sentence) else escape(value) if isinstance(value, str) else value

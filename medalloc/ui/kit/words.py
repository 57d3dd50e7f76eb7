"""Every visible word, number and date, in the visitor's language."""

from collections.abc import Iterable

from medalloc.languages import Language, catalogue
from medalloc.sentences import Sentence, in_markdown
from medalloc.ui import state


def _(text: str) -> str:
    """Return the text in the visitor's language; English where the catalogue has none."""
    return catalogue(state.look().language).gettext(text)


def language() -> Language:
    """Return the visitor's language."""
    return Language(state.look().language)


def say(sentence: Sentence) -> str:
    """Put a sentence into the visitor's words, safe inside Markdown."""
    return _escaped(sentence).render(_, number)


def plainly(sentence: Sentence) -> str:
    """Put a sentence into the visitor's words, for places that do not read Markdown."""
    return sentence.render(_, number)


def all_plainly(sentences: Iterable[Sentence]) -> list[str]:
    """Put many sentences into the visitor's words, asking only once who the visitor is."""
    say_it = language().say
    return [say_it(each) for each in sentences]


def in_unit(text: str) -> str:
    """Return a text with what demand is counted in at its place ``{unit}``; other places stay to be filled."""
    return text.replace("{unit}", (state.counted_in() or _("people")).translate({ord(each): None for each in "{}"}))


def escape(text: object) -> str:
    """Return data as text that Markdown shows as it is; an image or a link in it would reach outside."""
    return in_markdown(str(text))


def number(value: float, digits: int | None = None) -> str:
    """Write a number with the digits a reader can use, separated as the language does.

    Parameters
    ----------
    value : float
        Any number.
    digits : int, optional
        Digits behind the decimal sign; chosen by size when left out.
    """
    return language().number(value, digits)


def figure(value: float) -> str:
    """Write a whole number as a figure that is read at a glance: from a million on in millions."""
    return language().figure(value)


def counted(count: int, one: str, several: str) -> str:
    """Return the words for one thing, or for `count` of them."""
    return one if count == 1 else several.format(count=number(count))


def regions(count: int) -> str:
    """Say how many regions there are."""
    return counted(count, _("1 region"), _("{count} regions"))


def rows(count: int) -> str:
    """Say how many rows there are."""
    return counted(count, _("1 row"), _("{count} rows"))


def percent(fraction: float, digits: int = 0) -> str:
    """Write a fraction as a percentage."""
    return language().percent(fraction, digits)


def signed(value: float, digits: int | None = None) -> str:
    """Write a change with its sign."""
    return ("+" if value > 0 else "") + number(value, digits)


def _escaped(sentence: Sentence) -> Sentence:
    return Sentence(
        sentence.template,
        {
            name: _escaped(value) if isinstance(value, Sentence) else escape(value) if isinstance(value, str) else value
            for name, value in sentence.values.items()
        },
    )

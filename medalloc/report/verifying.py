"""Is a report what its study says? Every value of it is reckoned again, and its pages are printed again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from medalloc.disclosure.rule import Rule
from medalloc.errors import InputError
from medalloc.report.embedding import REPORT, Contained
from medalloc.report.forms import in_form
from medalloc.report.making import report_of
from medalloc.report.report import Made, Report
from medalloc.saved import from_plain
from medalloc.sentences import Sentence, sentence
from medalloc.study import Answers

TINY = 1e-6
"""Share of itself by which a number may differ: other machines round otherwise. [fraction]"""

Path = tuple[str | int, ...]

UNSAID = ("parts", "sections", "grid", "rows")
"""Steps of a path that say nothing to a reader."""


@dataclass(frozen=True)
class Difference:
    """A value that is not what the study says."""

    place: str
    """Where it stands, such as ``short / figures 1 / value``."""

    told: Any
    """What the report says."""

    found: Any
    """What was reckoned."""

    @property
    def said(self) -> Sentence:
        """Both in a sentence."""
        told, found = (f"{each:.9g}" if isinstance(each, float) else str(each) for each in (self.told, self.found))
        return sentence(
            "{place}: the report says {told}; reckoned again it is {found}.", place=self.place, told=told, found=found
        )


def made_of(inside: Contained) -> Made:
    """Return how a report was made."""
    made = inside.report.get("made") if isinstance(inside.report, dict) else None
    return from_plain(Made, made, sentence("report"))


def differences(inside: Contained, again: Report) -> list[Difference]:
    """Return every value of a report that differs from the one that was made again.

    What it was made with is told by `other_versions`.
    """
    told, found = dict(leaves(inside.report)), dict(leaves(again.to_json()))
    versions = _versions(again)
    return [
        Difference(_named(place, inside.report), told.get(place), found.get(place))
        for place in dict.fromkeys((*told, *found))
        if not _same(told.get(place, ...), found.get(place, ...)) and place[:2] != versions
    ]


def other_versions(inside: Contained, again: Report) -> bool:
    """Whether the report was made with other versions than are here."""
    place = _versions(again)
    told, found = ([each for each in leaves(one) if each[0][:2] == place] for one in (inside.report, again.to_json()))
    return told != found


def same_pages(content: bytes, inside: Contained, again: Report) -> bool:
    """Whether a report that is printed again has the same bytes."""
    attached = {name: each for name, each in inside.attached.items() if name != REPORT}
    return content == in_form(again, "pdf", attached)


def verified(inside: Contained, answers: Callable[[Made], Answers], rule: Rule | None = None) -> Report:
    """Return a report that is made again from the study in it.

    Parameters
    ----------
    answers : callable
        From how the report was made to the answers of the study, with everything done that takes long.
    rule : Rule, optional
        How numbers of people are told here.
    """
    made = made_of(inside)
    return report_of(answers(made), made, rule)


def leaves(value: Any, place: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield every value with the path to it.

    Examples
    --------
    >>> list(leaves({"a": [1, {"b": "x"}]}))
    [(('a', 0), 1), (('a', 1, 'b'), 'x')]
    """
    if isinstance(value, dict | list):
        for name, each in value.items() if isinstance(value, dict) else enumerate(value):
            yield from leaves(each, (*place, name))
    else:
        yield place, value


def _same(told: Any, found: Any) -> bool:
    numbers = all(isinstance(each, int | float) and not isinstance(each, bool) for each in (told, found))
    return abs(told - found) <= TINY * max(abs(told), abs(found)) if numbers else told is found or told == found


def _versions(report: Report) -> Path:
    """Return the path of the part that names versions; one that leads nowhere where there is none."""
    return "parts", next((place for place, each in enumerate(report.parts) if each.key == "versions"), -1)


def _named(place: Path, report: Any) -> str:
    """Return a path in words: parts and sections by their titles, rows by their first cells, columns by their heads."""
    said: list[str] = []
    value, head = report, None
    for depth, step in enumerate(place):
        value = _inner(value, step)
        if step == "grid":
            head = _inner(value, "head")
        if isinstance(step, str):
            said += [] if step in UNSAID else [step]
        elif place[depth - 2] == "rows":
            said.append(_title([_inner(head, step)]))
        else:
            said.append(_title(value) or str(step + 1))
    return " / ".join(said)


def _inner(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (KeyError, IndexError, TypeError):
        return None


def _title(value: Any) -> str:
    """Return what a part, a section, a figure or a row is called."""
    first = value[0] if isinstance(value, list) and value else None
    if isinstance(value, dict):
        first = value.get("title", value.get("name"))
    try:
        return first if isinstance(first, str) else str(Sentence.from_json(first)) if isinstance(first, dict) else ""
    except (InputError, KeyError, TypeError, ValueError, AttributeError, IndexError):
        return ""

import functools
import gettext
import re
from collections.abc import Iterable
from io import BytesIO
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[3]
CATALOGUES = sorted((ROOT / "medalloc" / "ui" / "locale").glob("*/LC_MESSAGES/medalloc.po"))
KEYWORDS = {"_": None, "sentence": None, "refused": None, "unreached": None, "counted": (1, 2), "several": (1, 2)}
SAME_IN_EVERY_LANGUAGE = {"SHAP", "Adam", "SGD", "f", "½‖w‖²"}
"""Names and formulas that are not translated.

A message of places only, such as ``{what}``, has nothing to translate either.
"""


Said = str | tuple[str, ...]
"""A message, or its words for one and for several."""

PLURAL = re.compile(r"\{\w+\}(?: (?!(?:of|as|by|into|on|than|that|in)\b)[a-z-]+){0,2}? (people|[a-z-]+[^\Ws]s)\b")
"""A number, up to two words that go with it, and what looks like several things."""

VERBS = re.findall(
    r"\w+",
    "does expects gains goes differs says leaves lets lies loses makes means names needs ranks serves stays "
    "substitutes suits takes tells finds stands calls works holds costs is was has as its this plus always times",
)
"""Words after a place that only look so, and “1 times”, which is what people say."""

NEVER_ONE = re.split(
    " [|] ",
    "{all} counts | {all} periods | {all} values | {all} published numbers | {columns} columns; a table | {columns}"
    " columns of {rows} patients | {components} landmarks | {count} layers, the one | {count} regions need {lacking}"
    " | {count} regions that | {count} regions; a map | {count} rows of {all}; the workbook | {demand} people |"
    " {people} people | {distinct} different values | {count} different values, too many | {few} rows | {fewest}"
    " patients | {fewest} rows | {found} servers, more than | {hidden} hidden units | {least} to {most} entries |"
    " {longest} numbers | {max_levels} most | {most} layers | {most} open places | {most} cells | {most} pairs |"
    " {most} rows | {most} scenarios | {parameters} parameters | {parts} parts | {passes} passes | {patients}"
    " patients | {facilities} facilities are too many | {rows} rows from | {rows} rows make | {rows} rows of"
    " {columns} columns; a table | {rows} rows on | {rows} rows they take | {rows} training rows | {seeds} splits |"
    " {shown} columns | {splits} splits | {test} others | {train} patients | {units} units; give | {updates} updates |"
    " {passes} updates |"
    " {weeks} weeks X | {windows} later weeks | {within} periods | {change} over all regions |"
    " {extra_rows} average rows | {columns} columns.",
)
"""Limits of the program, sizes of lessons, and what is said of many only; none of these is ever one."""


@functools.cache
def said_in_the_source() -> frozenset[Said]:
    return frozenset(
        message
        for folder in ("medalloc", "pages")
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, keywords=KEYWORDS)
        if message
    )


def forms(said: Said) -> tuple[str, ...]:
    return (said,) if isinstance(said, str) else tuple(said)


def places(text: str) -> set[str]:
    return {f"{name}!{conversion}:{form}" for _, name, form, conversion in Formatter().parse(text) if name is not None}


def has_words(text: str) -> bool:
    return any(character.isalpha() for part, *_ in Formatter().parse(text) for character in part)


def listed(messages: Iterable[Said]) -> str:
    return "\n".join(sorted(map(str, messages)))


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parent.parent.name)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    with request.param.open("rb") as file:
        return read_po(file, locale=request.param.parent.parent.name, abort_invalid=True)


def test_there_is_a_catalogue_and_something_to_say() -> None:
    assert ROOT / "medalloc/ui/locale/zh_CN/LC_MESSAGES/medalloc.po" in CATALOGUES
    assert {"Open a finished plan", "Nobody is in need here."} <= said_in_the_source()


def test_every_sentence_of_the_source_is_translated(catalogue: Catalog) -> None:
    translated = {message.id for message in catalogue if all(forms(message.string)) and not message.fuzzy}
    assert not (untranslated := said_in_the_source() - translated), "run make words, then translate:\n" + listed(
        untranslated
    )


def test_the_catalogue_holds_nothing_that_is_no_longer_said(catalogue: Catalog) -> None:
    assert not (left_over := {message.id for message in catalogue if message.id} - said_in_the_source()), listed(
        left_over
    )
    assert not catalogue.obsolete


def test_a_translation_has_the_places_of_its_message(catalogue: Catalog) -> None:
    wrong = [
        message.id
        for message in catalogue
        if message.id and len({frozenset(places(each)) for each in (*forms(message.id), *forms(message.string))}) > 1
    ]
    assert not wrong, listed(wrong)


def test_no_translation_is_the_english_again(catalogue: Catalog) -> None:
    same = {message.id for message in catalogue if message.id == message.string and has_words(message.id)}
    assert not (forgotten := same - SAME_IN_EVERY_LANGUAGE), listed(forgotten)


def test_chinese_is_written_with_its_own_punctuation(catalogue: Catalog) -> None:
    foreign = re.compile(r"[\u4e00-\u9fff]\s*[,;:?!.()]|[,;:?!()]\s*[\u4e00-\u9fff]")
    wrong = [each for message in catalogue if message.id for each in forms(message.string) if foreign.search(each)]
    assert not wrong, listed(wrong)


def test_the_catalogue_compiles_and_answers_with_its_translations(catalogue: Catalog) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    answers = gettext.GNUTranslations(compiled)
    assert answers.gettext("Open a finished plan") == "打开一个现成方案"
    assert all(answers.gettext(each.id) == each.string for each in catalogue if isinstance(each.id, str) and each.id)
    assert answers.ngettext("{count} row", "{count} rows", 1) == answers.ngettext("{count} row", "{count} rows", 7)


def _with_a_number(said: Said) -> Iterable[str]:
    """Yield a message for one; and for several, without the place by which it is chosen."""
    one, *several = forms(said)
    yield one
    for many in several:
        parts = list(
            zip(*([part for part, *_ in Formatter().parse(each)] + [""] for each in (one, many)), strict=False)
        )
        names = [name for _, name, *_ in Formatter().parse(many) if name]
        decides = next(
            name
            for name, after in zip(names, parts[1:], strict=False)
            if len({tuple(each.split()[:2]) for each in after}) > 1
        )
        yield many.replace(f"{{{decides}}}", "2")


def test_no_noun_is_plural_after_a_number_that_may_be_one() -> None:
    wrong = []
    assert PLURAL.search("{count} held-out rows")
    for said in said_in_the_source():
        for each in _with_a_number(said):
            without = functools.reduce(
                lambda text, many: text.replace(many, ""), sorted(NEVER_ONE, key=len, reverse=True), each
            )
            wrong += [f"{match[0]}: {each}" for match in PLURAL.finditer(without) if match[1] not in VERBS]
    assert not wrong, listed(wrong)

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
KEYWORDS = {"_": None, "sentence": None}
SAME_IN_EVERY_LANGUAGE = {"SHAP", "Adam", "SGD", "f", "½‖w‖²"}
"""Names and formulas that are not translated.

A message of places only, such as ``{what}``, has nothing to translate either.
"""


def said_in_the_source() -> set[str]:
    return {
        message
        for folder in ("medalloc", "pages")
        for _, _, message, _, _ in extract_from_dir(ROOT / folder, keywords=KEYWORDS)
        if isinstance(message, str) and message
    }


def places(text: str) -> set[str]:
    return {f"{name}!{conversion}:{form}" for _, name, form, conversion in Formatter().parse(text) if name is not None}


def has_words(text: str) -> bool:
    return any(character.isalpha() for part, *_ in Formatter().parse(text) for character in part)


def listed(messages: Iterable[str]) -> str:
    return "\n".join(sorted(messages))


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parent.parent.name)
def catalogue(request: pytest.FixtureRequest) -> Catalog:
    with request.param.open("rb") as file:
        return read_po(file, locale=request.param.parent.parent.name, abort_invalid=True)


def test_there_is_a_catalogue_and_something_to_say() -> None:
    assert ROOT / "medalloc/ui/locale/zh_CN/LC_MESSAGES/medalloc.po" in CATALOGUES
    assert {"Open a finished plan", "Nobody is in need here."} <= said_in_the_source()


def test_every_sentence_of_the_source_is_translated(catalogue: Catalog) -> None:
    translated = {message.id for message in catalogue if message.string and not message.fuzzy}
    assert not (untranslated := said_in_the_source() - translated), "run make words, then translate:\n" + listed(
        untranslated
    )


def test_the_catalogue_holds_nothing_that_is_no_longer_said(catalogue: Catalog) -> None:
    assert not (left_over := {message.id for message in catalogue if message.id} - said_in_the_source()), listed(
        left_over
    )
    assert not catalogue.obsolete


def test_a_translation_has_the_places_of_its_message(catalogue: Catalog) -> None:
    wrong = [message.id for message in catalogue if message.id and places(message.id) != places(message.string)]
    assert not wrong, listed(wrong)


def test_no_translation_is_the_english_again(catalogue: Catalog) -> None:
    same = {message.id for message in catalogue if message.id == message.string and has_words(message.id)}
    assert not (forgotten := same - SAME_IN_EVERY_LANGUAGE), listed(forgotten)


def test_chinese_is_written_with_its_own_punctuation(catalogue: Catalog) -> None:
    foreign = re.compile(r"[\u4e00-\u9fff]\s*[,;:?!.()]|[,;:?!()]\s*[\u4e00-\u9fff]")
    wrong = [message.string for message in catalogue if message.id and foreign.search(message.string)]
    assert not wrong, listed(wrong)


def test_the_catalogue_compiles_and_answers_with_its_translations(catalogue: Catalog) -> None:
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    answers = gettext.GNUTranslations(compiled)
    assert answers.gettext("Open a finished plan") == "打开一个现成方案"
    assert all(answers.gettext(message.id) == message.string for message in catalogue if message.id)

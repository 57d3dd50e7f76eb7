import json
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.languages import Language
from medalloc.sentences import (
    WORD_JOINER,
    Sentence,
    counted,
    in_figures,
    in_markdown,
    listed,
    sentence,
    together,
    unglued,
)

PLAIN = st.one_of(st.integers(-(10**9), 10**9), st.floats(allow_nan=False, allow_infinity=False), st.text())


def nested(inner: st.SearchStrategy) -> st.SearchStrategy:
    return st.builds(
        lambda a, b: sentence("Of {first} and {second}.", first=a, second=b), st.one_of(PLAIN, inner), inner
    )


SENTENCES = st.recursive(PLAIN.map(lambda value: sentence("Value {value}.", value=value)), nested, max_leaves=5)


@settings(max_examples=60)
@given(SENTENCES)
def test_a_sentence_survives_json_in_value_and_in_words(said: Sentence) -> None:
    back = Sentence.from_json(json.loads(json.dumps(said.to_json())))
    assert back == said
    assert str(back) == str(said)


def test_numbers_of_numpy_survive_json_as_numbers() -> None:
    said = sentence("{count} of {share}", count=np.int64(1234), share=np.float64(0.25))
    assert said.to_json()["values"] == {"count": 1234, "share": 0.25}
    assert str(said) == "1,234 of 0.25"


def test_what_is_neither_number_nor_text_is_kept_as_text() -> None:
    assert sentence("{a} {b}", a=None, b=True).to_json()["values"] == {"a": "None", "b": "True"}


def test_braces_in_a_value_are_only_text() -> None:
    assert str(sentence("Column “{name}”.", name="{name} {0} {")) == "Column “{name} {0} {”."


def test_the_whole_nest_is_translated() -> None:
    german = {"{count} rows: {why}.": "{count} Zeilen: {why}.", "too long": "zu lang"}
    said = sentence("{count} rows: {why}.", count=3, why=sentence("too long"))
    assert said.render(lambda text: german.get(text, text)) == "3 Zeilen: zu lang."
    assert str(said) == "3 rows: too long."


def test_numbers_are_written_in_the_readers_notation() -> None:
    said = sentence("{count}: {inner}", count=1500, inner=sentence("{share}", share=0.5))
    assert said.render(number=lambda value: f"<{value}>") == "<1500>: <0.5>"


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (0, "0"),
        (-0.0, "0"),
        (12345, "12,345"),
        (12345.678, "12,346"),
        (1000.4, "1,000"),
        (999.7, "1,000"),
        (999.4, "999"),
        (-999.9, "-1,000"),
        (0.123456, "0.123"),
        (3.0, "3"),
        (np.int64(1000), "1,000"),
        (np.float32(0.5), "0.5"),
        (float("inf"), "inf"),
        (float("nan"), "nan"),
    ],
)
def test_numbers_have_as_many_digits_as_a_reader_can_use(number: float, written: str) -> None:
    assert in_figures(number) == written


@settings(max_examples=100)
@given(st.floats(0.001, 1e12))
def test_figures_are_true_to_three_digits_and_never_in_powers_of_ten(number: float) -> None:
    written = in_figures(number)
    assert "e" not in written
    assert float(written.replace(",", "")) == pytest.approx(number, rel=5.1e-3)


def test_names_in_a_row_are_joined_as_the_readers_language_does() -> None:
    said, chinese = sentence("{what}: {names}", what="x", names=listed(["a", "b", "c"], 2)), Language("zh_CN")
    assert str(said) == "x: a, b, …"
    assert chinese.say(said) == "x: a、b、…"


def test_sentences_together_stay_translatable_and_survive_json() -> None:
    said = together([sentence("One."), sentence("Two: {number}.", number=2)])
    assert str(Sentence.from_json(said.to_json())) == "One. Two: 2."
    assert said.render(lambda text: text.replace("One", "Eins")) == "Eins. Two: 2."


def test_no_sentences_together_say_nothing() -> None:
    assert str(together([])) == ""


@pytest.mark.parametrize(
    "text",
    [
        "http://x.example",
        "HTTPS://x.example",
        "www.x.example",
        "me@x.example",
        ":material/home:",
        "a -> b",
        "a -- b",
        "<-",
    ],
)
def test_no_link_icon_or_arrow_is_left_to_be_found_and_nothing_is_seen_of_that(text: str) -> None:
    shown = unglued(text)
    assert not re.search(r"https?://|www\.|\w@|:material/|[-<]-|->", shown, re.IGNORECASE)
    assert shown.replace(WORD_JOINER, "") == text


@given(st.text(st.sampled_from("ab 1.-=#*_[]()!<>$:~`|\\&@/\n"), max_size=12))
def test_markdown_of_a_text_reads_as_the_text(text: str) -> None:
    shown = in_markdown(text)
    assert re.sub(r"\\(.)", r"\1", shown).replace(WORD_JOINER, "") == " ".join(text.split())
    # a colon before a blank begins neither an icon nor a colour
    assert not re.search(r"(?<!\\)(?:\\\\)*(?:[`*_\[\]()#!<>$~|&]|:(?=\S))", shown)
    assert not re.match(r"\d\. |- |=|---", shown)


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 rows"), (1, "1 row"), (1.0, "1 row"), (1.4, "1.4 rows"), (1001, "1,001 rows")]
)
def test_words_follow_the_number_as_it_is_written_also_after_json(count: float, words: str) -> None:
    said = sentence("Read: {what}.", what=counted("{rows} row", "{rows} rows", "rows", rows=count))
    assert str(said) == str(Sentence.from_json(json.loads(json.dumps(said.to_json())))) == f"Read: {words}."

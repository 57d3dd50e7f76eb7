import re
from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from medalloc.need.persistence.card import Grid, Section
from medalloc.report.documents import as_html, as_markdown
from medalloc.sentences import Sentence, sentence

SECTIONS = [
    Section(
        sentence("Data"),
        (sentence("Table “{table}”.", table='<script>alert("x")</script>![a](http://b)'),),
        Grid((sentence("Column"), sentence("Share")), (("a|b", 0.25), (sentence("{n} rows", n=1200), ""))),
    )
]


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen += [tag, *(name for name, _ in attrs)]


def tags(text: str) -> set[str]:
    parser = Tags()
    parser.feed(text)
    return set(parser.seen)


def test_a_document_holds_its_sentences_and_cells() -> None:
    for text in (as_markdown(sentence("Card"), SECTIONS), as_html(sentence("Card"), SECTIONS)):
        assert "0.25" in text and "1,200 rows" in text


@given(st.text(max_size=30))
def test_no_cell_becomes_a_tag_a_link_or_a_further_column(cell: str) -> None:
    section = Section(Sentence("T"), (Sentence("{x}", {"x": cell}),), Grid((Sentence("H"),), ((cell,),)))
    empty = Section(Sentence("T"), (Sentence("x"),), Grid((Sentence("H"),), (("x",),)))
    title = Sentence("D")
    assert tags(as_html(title, [section])) == tags(as_html(title, [empty]))
    text = as_markdown(title, [section])
    assert len(re.findall(r"(?<!\\)\|", text)) == len(re.findall(r"(?<!\\)\|", as_markdown(title, [empty])))


def test_a_document_asks_for_nothing_from_elsewhere() -> None:
    text = as_html(sentence("Card"), SECTIONS)
    assert tags(text).isdisjoint({"script", "img", "link", "iframe", "src", "href"})
    assert "default-src 'none'" in text
    assert r"!\[a\]\(http" in as_markdown(sentence("Card"), SECTIONS)


def test_a_document_is_in_the_readers_words() -> None:
    def say(said: Sentence) -> str:
        return said.render(lambda text: {"Data": "数据"}.get(text, text))

    assert "<h2>数据</h2>" in as_html(sentence("Card"), SECTIONS, say, language="zh_CN")
    assert 'lang="zh-CN"' in as_html(sentence("Card"), SECTIONS, say, language="zh_CN")
    assert "## 数据" in as_markdown(sentence("Card"), SECTIONS, say)

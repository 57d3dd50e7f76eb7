import pandas as pd
import pytest

from medalloc.languages import Language
from medalloc.ui.kit import headers, words


def named(monkeypatch: pytest.MonkeyPatch, language: str, columns: list[str]) -> list[str]:
    monkeypatch.setattr(words, "language", lambda: Language(language))
    monkeypatch.setattr(headers, "_", Language(language).translate)
    return headers.in_the_language()(pd.DataFrame(columns=columns)).columns.tolist()


def test_a_plan_has_chinese_headers_on_a_chinese_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = ["region", "demand", "existing beds", "placed beds", "reason"]
    assert named(monkeypatch, "zh_CN", columns) == ["区域", "需求", "现有 beds", "新增 beds", "理由"]
    assert named(monkeypatch, "en", columns) == columns


def test_every_known_header_is_chinese_and_no_two_columns_have_one_name(monkeypatch: pytest.MonkeyPatch) -> None:
    assert named(monkeypatch, "zh_CN", ["way", "distance", "my own"]) == ["way", "distance", "my own"]
    for name in headers.KNOWN:
        assert any(character >= "\u4e00" for character in named(monkeypatch, "zh_CN", [name])[0]), name

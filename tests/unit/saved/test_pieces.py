"""What a program keeps for itself comes back as it was, and is refused where it was changed."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from medalloc.errors import InputError, SourceError
from medalloc.saved import read_pieces, write_pieces
from medalloc.sentences import Sentence, sentence

WHAT = sentence("thing")


@dataclass(frozen=True, eq=False)
class Kept:
    version: ClassVar[int] = 1
    numbers: NDArray[np.float64]
    share: float
    shares: Mapping[float, float]
    dates: tuple[pd.Timestamp, ...]
    said: Sentence | None = None
    other: NDArray[np.int8] | None = None


ANY = st.floats(allow_nan=True)


@given(
    numbers=st.lists(ANY, max_size=4),
    share=ANY,
    shares=st.dictionaries(st.floats(0, 1), ANY, max_size=3),
    days=st.lists(st.dates(min_value=pd.Timestamp.min.date(), max_value=pd.Timestamp.max.date()), max_size=2),
    count=st.integers(-128, 127),
)
def test_what_was_kept_comes_back(tmp_path_factory, numbers, share, shares, days, count) -> None:
    folder = tmp_path_factory.mktemp("kept")
    said = sentence("{count} of {what}", count=count, what=WHAT)
    dates = tuple(pd.Timestamp(each) for each in days)
    write_pieces(Kept(np.array(numbers), share, shares, dates, said, np.array([count], np.int8)), folder, "x")
    again = read_pieces(Kept, folder, "x", WHAT)
    np.testing.assert_array_equal(again.numbers, numbers)
    np.testing.assert_equal((again.share, dict(again.shares)), (share, shares))
    assert again.dates == dates and again.said == said
    assert again.other is not None and again.other.dtype == np.int8 and again.other.tolist() == [count]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"numbers": "array7"}, "“numbers” is 'array7'"),
        ({"numbers": None}, "“numbers” is None"),
        ({"share": "many"}, "“share” is 'many'"),
        ({"dates": ["someday"]}, r"“dates\[0\]” is 'someday'"),
        ({"said": {"words": 1}}, "“said” is"),
        ({"version": 2}, "version 2; this program reads version 1"),
    ],
)
def test_what_was_changed_is_refused_by_its_path(tmp_path: Path, change, told) -> None:
    write_pieces(Kept(np.ones(1), math.inf, {}, (), WHAT), tmp_path, "x")
    words = json.loads((tmp_path / "x.json").read_text(encoding="utf-8"))
    (tmp_path / "x.json").write_text(json.dumps({**words, **change}), encoding="utf-8")
    with pytest.raises(InputError, match=told):
        read_pieces(Kept, tmp_path, "x", WHAT)


def test_a_folder_that_holds_nothing_is_said(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no readable thing"):
        read_pieces(Kept, tmp_path, "x", WHAT)

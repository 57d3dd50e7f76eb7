from dataclasses import replace

import numpy as np
import pytest

from medalloc.need.comparison import option_ranges
from medalloc.need.comparison.option_ranges import draw_options, search_ranges
from medalloc.need.models.catalogue import CATALOGUE
from medalloc.need.models.choice import ModelChoice
from medalloc.need.models.options import ModelOption


@pytest.mark.parametrize("kind", CATALOGUE)
def test_whatever_is_drawn_is_accepted_by_the_model(kind: str) -> None:
    draw, ranges = np.random.default_rng(1), search_ranges(kind)
    assert not {"threads", "exact_rows", "epochs", "patience"} & set(ranges)
    for _ in range(50):
        options = draw_options(ranges, draw)
        assert set(options) == set(ranges)
        ModelChoice(kind, options=options)
        assert all(ranges[name].low <= value <= ranges[name].high for name, value in options.items())


def test_ends_far_apart_are_searched_evenly_in_the_logarithm() -> None:
    draw = np.random.default_rng(1)
    far, near = ModelOption(0.01, 100.0, default=1.0), ModelOption(0.0, 10.0, default=5.0)
    drawn = [draw_options({"far": far, "near": near}, draw) for _ in range(2000)]
    assert np.mean([each["far"] < 1 for each in drawn]) == pytest.approx(0.5, abs=0.05)
    assert np.mean([each["near"] < 5 for each in drawn]) == pytest.approx(0.5, abs=0.05)
    assert min(each["far"] for each in drawn) >= 0.01


def test_the_default_lies_within_what_is_searched() -> None:
    for kind in CATALOGUE:
        for option in search_ranges(kind).values():
            assert option.low <= option.default <= option.high or option.default == 0


def test_an_option_the_model_decides_by_itself_is_searched_over_decades(monkeypatch: pytest.MonkeyPatch) -> None:
    rate = replace(CATALOGUE["mlp"].parameters["learning_rate"], option=ModelOption(0.0, 10.0, default=0.0))
    monkeypatch.setattr(option_ranges, "CATALOGUE", {"own": replace(CATALOGUE["mlp"], parameters={"rate": rate})})
    found = search_ranges("own")["rate"]
    assert (found.low, found.high) == pytest.approx((1e-4, 1.0))

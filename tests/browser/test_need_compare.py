"""Compare every model with one click, and read what the numbers say."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from playwright.sync_api import Browser, expect

from tests.browser import visitor

pytestmark = pytest.mark.browser


def test_every_model_is_compared_and_the_verdict_names_no_winner_that_the_numbers_do_not(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    draw = np.random.default_rng(3)
    own = tmp_path / "own.csv"
    frame = pd.DataFrame({"age": draw.normal(50, 10, 240).round(1), "visits": draw.poisson(2, 240)})
    frame.assign(need=(draw.random(240) < 0.4).astype(int)).to_csv(own, index=False)
    with visitor.visit(browser, address) as (page, outside):
        page.goto("/")
        visitor.settled(page)
        visitor.go(page, "Data")
        page.locator("input[type=file]").first.set_input_files(own)
        expect(page.get_by_text("In use: own.csv")).to_be_visible()
        visitor.go(page, "Need")
        page.get_by_role("button", name="Compare all").click()
        page.get_by_role("button", name="Cancel").wait_for()
        page.get_by_text("Question about the model").wait_for(timeout=visitor.TRAINING)
        expect(page.get_by_text("cannot be told apart").first).to_be_visible()
        for name in ("Logistic regression", "Random forest", "Neural network"):
            expect(page.get_by_role("radio", name=name, exact=True)).to_be_visible()
    assert outside == []

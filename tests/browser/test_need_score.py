"""What a planner does with a model: keep it, and use it on a new file in a visit of its own."""

import csv
import io
from pathlib import Path

import pandas as pd
import pytest
from playwright.sync_api import Browser, expect

from tests.browser import visitor

pytestmark = pytest.mark.browser
FILE = Path(__file__).parents[2] / "sample_data" / "patients_rand_hie.csv"


def test_a_model_is_kept_and_scores_a_new_file_in_another_visit(
    browser: Browser, address: str, trained: visitor.Kept, tmp_path: Path
) -> None:
    with visitor.visit(browser, address, of=trained) as (page, outside):
        page.goto(f"/?{trained.query}")
        visitor.settled(page)
        visitor.go(page, "Need")
        visitor.ask_about(page, "Keep and use it")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Keep this model").click()
        kept = tmp_path / waiting.value.suggested_filename
        waiting.value.save_as(kept)
    assert kept.suffix == ".medalloc"
    new = tmp_path / "new.csv"
    pd.read_csv(FILE).drop(columns="need").head(300).to_csv(new, index=False)
    with visitor.visit(browser, address) as (page, elsewhere):
        page.goto("/")
        visitor.settled(page)
        visitor.go(page, "Need")
        page.locator("input[type=file]").nth(0).set_input_files(kept)
        expect(page.get_by_text("Model in use")).to_be_visible()
        visitor.settled(page)
        page.locator("input[type=file]").nth(1).set_input_files(new)
        expect(page.get_by_test_id("stMetric").filter(has_text="Rows")).to_contain_text("300")
        with page.expect_download() as waiting:
            page.get_by_role("button", name="Download rows with probabilities").click()
        rows = list(csv.DictReader(io.StringIO(Path(waiting.value.path()).read_text("utf-8-sig"))))
    assert len(rows) == 300
    assert all(0 <= float(row["need_probability"]) <= 1 for row in rows)
    assert outside == elsewhere == []

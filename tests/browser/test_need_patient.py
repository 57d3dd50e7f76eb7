"""Explain one patient: choose, read why, change a value, take it back, find them again after a refresh."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import visitor
from tests.browser.test_journeys import metric

pytestmark = pytest.mark.browser


def entered(page: Page, label: str, value: str) -> None:
    box = page.get_by_label(label, exact=True).first
    box.fill(value)
    box.press("Enter")
    visitor.settled(page)


def test_one_patient_is_chosen_explained_and_changed_and_is_there_again_after_a_refresh(
    browser: Browser, address: str, trained: visitor.Kept
) -> None:
    with visitor.visit(browser, address, of=trained) as (page, outside):
        page.goto(f"/?{trained.query}")
        visitor.settled(page)
        visitor.go(page, "Need")
        visitor.ask_about(page, "One patient")
        choice = page.get_by_role("combobox", name=re.compile("Patient, out of those"))
        choice.click()
        choice.fill("P0005")
        page.get_by_role("option").first.click()
        visitor.settled(page)
        expect(page.get_by_text(re.compile(r"typical is .* points\.")).first).to_be_visible()
        before = metric(page, "Probability of need")
        visitor.unfold(page, "Change a value and see the probability move")
        entered(page, "visits_last_year", "15")
        expect(page.get_by_test_id("stMetric").filter(has_text="Probability of need")).not_to_contain_text(before)
        after = metric(page, "Probability of need")
        entered(page, "visits_last_year", "500")
        expect(page.get_by_text("500 lies outside the training data")).to_be_visible()
        entered(page, "visits_last_year", "15")
        page.reload()
        visitor.settled(page)
        assert metric(page, "Probability of need") == after
        page.get_by_role("button", name="Back to the patient's own values").click()
        expect(page.get_by_test_id("stMetric").filter(has_text="Probability of need")).to_contain_text(before)
        expect(page.get_by_text(re.compile("training patients most like this one")).first).to_be_visible()
        expect(
            page.get_by_text(re.compile("Smallest change that would|No change of the columns")).first
        ).to_be_visible()
    assert outside == []

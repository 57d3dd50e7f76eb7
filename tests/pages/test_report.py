"""The report on its screen: what goes in, made as a job, taken away."""

import time

import pytest
from streamlit.testing.v1 import AppTest

from tests.pages.test_screens import PATIENCE, go, opened, sound, upload, with_sample

REGIONS = b"region,demand,existing_beds\nOhio,300,2\nIowa,100,0\nUtah,80,4\n"


def made(visit: AppTest) -> AppTest:
    """Make the report and wait for it."""
    visit.button(key="report_make").click().run()
    end = time.monotonic() + PATIENCE
    while not visit.get("download_button") and time.monotonic() < end:
        time.sleep(0.3)
        visit.run()
    sound(visit)
    return visit


@pytest.fixture(scope="module")
def visit() -> AppTest:
    return go(upload(opened("data"), REGIONS), "report")


def test_a_report_is_made_with_its_pages_and_every_form(visit: AppTest) -> None:
    visit.text_input(key="choice_report_author").input("Dr. Wang").run()
    visit.multiselect(key="choice_report_parts").select("short").run()
    made(visit)
    assert [each.label for each in visit.get("download_button")] == [
        f"Download {form}" for form in ("PDF", "HTML", "XLSX", "JSON")
    ]
    assert "Page 1 of 1" in [each.value for each in visit.caption]
    assert not visit.info


def test_what_is_changed_afterwards_is_said(visit: AppTest) -> None:
    visit.multiselect(key="choice_report_parts").select("method").run()
    assert "earlier choices" in visit.info[0].value
    visit.multiselect(key="choice_report_parts").unselect("method").run()
    assert not visit.info


def test_before_there_is_a_plan_the_screen_leads_to_what_is_missing() -> None:
    assert "No model has been trained" in go(with_sample(), "report").info[0].value

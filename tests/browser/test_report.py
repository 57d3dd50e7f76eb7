"""The board pack, from the plan to the file that is verified."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from medalloc.jobs.here import JobsHere
from medalloc.report.embedding import contained
from medalloc.report.verifying import differences, same_pages, verified
from medalloc.study import Answers
from tests.browser import visitor

pytestmark = pytest.mark.browser


def test_the_board_pack_of_a_plan_is_made_and_every_number_of_it_is_what_its_study_says(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    with visitor.visit(browser, address) as (page, outside):
        visitor.story(page, "the world")
        visitor.go(page, "Report")
        page.get_by_role("button", name="Make the report").click()
        offered = page.get_by_role("button", name="Download PDF")
        offered.wait_for(timeout=visitor.TRAINING)
        visitor.settled(page)
        with page.expect_download() as download:
            offered.click()
        download.value.save_as(tmp_path / "plan.pdf")
    assert outside == []
    content = (tmp_path / "plan.pdf").read_bytes()
    inside = contained(content, tmp_path)
    again = verified(inside, lambda _: Answers(inside.study, inside.files, JobsHere()))
    assert differences(inside, again) == []
    assert same_pages(content, inside, again)

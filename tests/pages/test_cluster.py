"""A server whose cluster does not answer: one sentence, and one click to go on at this machine."""

import pytest

from medalloc.jobs.either import PoolOrCluster
from medalloc.ui import asking, visit
from tests.pages.test_screens import go, with_sample


def test_a_cluster_that_is_gone_is_said_and_a_click_goes_on_at_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = PoolOrCluster(visit.workspace().runs, "tcp://127.0.0.1:9")
    for each in (visit, asking):
        monkeypatch.setattr(each, "jobs", lambda: jobs)
    try:
        page = with_sample()
        go(page, "need")
        next(each for each in page.button if each.label == "Train").click().run()
        assert any("No scheduler of Dask answers" in each.value for each in page.error)
        page.button(key="stay_here").click().run()
        assert not any("No scheduler" in each.value for each in page.error)
        assert not any(each.key == "stay_here" for each in page.button)
        assert not jobs.refused
    finally:
        jobs.close()

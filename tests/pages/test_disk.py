"""A disk that takes nothing: what is chosen stays in use, and the page says that it is not saved."""

import shutil

from medalloc.ui.visit import jobs
from tests.pages.test_screens import go, sound, with_sample


def test_what_is_chosen_on_a_full_disk_is_in_use_and_said_not_to_be_saved() -> None:
    visit = with_sample("regions_world.csv")
    sound(visit)
    visits = jobs().root / "visits"
    shutil.move(visits, visits.with_name("aside"))
    visits.write_text("in the way")
    try:
        go(visit, "allocate")
        visit.slider(key="choice_floor").set_value(10).run()
        assert not visit.exception
        assert ["not saved" in each.value for each in visit.error] == [True]
        assert visit.slider(key="choice_floor").value == 10
        go(visit, "what_if")
        assert not visit.exception
    finally:
        visits.unlink()
        shutil.move(visits.with_name("aside"), visits)
    go(visit, "allocate")
    visit.slider(key="choice_floor").set_value(20).run()
    sound(visit)

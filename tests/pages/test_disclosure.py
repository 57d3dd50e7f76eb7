"""In a shared workspace small numbers of patients are not told, and names can be taken out of a table for good."""

import random
import re

import pytest

from medalloc.disclosure.rule import EPSILON, FEWEST
from medalloc.ui import state
from medalloc.ui.visit import files
from tests.pages.test_demand_counts import forecast, table, wide
from tests.pages.test_live import pressed, watched
from tests.pages.test_screens import go, opened, sound, trained, upload


@pytest.fixture
def shared(monkeypatch: pytest.MonkeyPatch):
    """Set the rule of a workspace, and take it back."""
    monkeypatch.setenv(FEWEST, "5")
    state.rule.cache_clear()
    yield
    state.rule.cache_clear()


def patients() -> bytes:
    """Return patients of whom three live in one region."""
    drawn = random.Random(5)
    regions = ["North"] * 140 + ["South"] * 120 + ["East"] * 3 + ["West"] * 40
    rows = [
        f"{place},{drawn.randint(20, 90)},{region},{int(drawn.random() < 0.4)}" for place, region in enumerate(regions)
    ]
    return "\n".join(["patient_id,age,region,need", *rows]).encode()


@pytest.mark.usefixtures("shared")
def test_numbers_of_few_patients_are_on_no_screen_of_a_shared_workspace() -> None:
    visit = go(trained(upload(opened("data"), patients()), ["logistic"]), "demand")
    sound(visit)
    table = next(each.value for each in visit.dataframe if "patients" in each.value).set_index("region")
    assert table["patients"].isna().to_dict() == {"East": True, "North": False, "South": False, "West": True}
    assert table["observed"].isna().equals(table["patients"].isna())
    assert set(table["patients"].dropna()) == {140, 120}
    assert any("below 5 are not told" in each.value for each in visit.caption)


def test_numbers_with_noise_are_told_with_what_the_noise_costs_the_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EPSILON, "0.1")
    state.rule.cache_clear()
    try:
        visit = go(trained(upload(opened("data"), patients()), ["logistic"]), "demand")
        sound(visit)
        assert any("noise" in each.value and "off by 10.0" in each.value for each in visit.caption)
        assert any(
            "serves" in each.value and "fewer people than the plan from the exact" in each.value
            for each in visit.caption
        )
    finally:
        state.rule.cache_clear()


def test_names_are_taken_out_and_the_file_that_held_them_is_gone() -> None:
    names = b"patient_id,name,age,region,need\n" + b"\n".join(
        b"Ash%d,Ann Ash,%d,%s,%d" % (place, 20 + place, b"North" if place % 2 else b"South", place % 3 == 0)
        for place in range(60)
    )
    visit = upload(opened("data"), names, "ward.csv")
    assert not [each for each in visit.button if each.key == "pseudonymise"]
    visit.session_state["take_names_out"] = True
    visit.run()
    visit.button(key="pseudonymise").click().run()
    sound(visit)
    assert list(visit.dataframe[-1].value) == ["patient_id", "age", "region", "need"]
    assert set(visit.dataframe[-1].value["age"]) == {f"{low}-{low + 9}" for low in range(20, 80, 10)}
    kept = list(files().objects.folder.glob("*"))
    assert kept
    assert not any(b"Ash" in each.read_bytes() for each in kept)


@pytest.mark.usefixtures("shared")
def test_what_came_in_last_is_told_live_as_everywhere_in_a_shared_workspace() -> None:
    visit = pressed(watched(), "live_next", 2)
    regions = next(each.value for each in visit.dataframe if "level" in each.value)
    told = regions["number"].dropna()
    assert len(told) and (told % 5 == 0).all()
    assert any("rounded to 5" in each.value for each in visit.caption)
    pressed(visit, "live_wall")
    tiles = next(each.proto.body for each in visit.get("html") if 'class="wall"' in each.proto.body)
    shown = [int(each) for each in re.findall(r"<strong>(\d+)</strong>", tiles)]
    assert shown and all(each % 5 == 0 for each in shown)


@pytest.mark.usefixtures("shared")
def test_a_history_of_counts_is_told_without_small_numbers_in_a_shared_workspace() -> None:
    visit = forecast(upload(opened("demand"), wide(60)))
    sound(visit)
    for column in ("count", "before"):
        told = table(visit, column)[column].dropna()
        assert len(told) and (told % 5 == 0).all()

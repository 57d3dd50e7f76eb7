import json
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from medalloc.ui.kept import workspace
from medalloc.ui.live import source
from tests.pages.test_screens import go, opened, sound, upload, with_sample


def watched() -> AppTest:
    """Boston from one click, the clock then held."""
    visit = opened("live")
    visit.button(key="live_sample").click().run()
    return pressed(visit, "live_again")


def pressed(visit: AppTest, key: str, times: int = 1) -> AppTest:
    for _ in range(times):
        visit.button(key=key).click().run()
        sound(visit)
    return visit


def test_one_click_watches_boston_and_a_move_that_is_accepted_is_on_the_board() -> None:
    visit = pressed(watched(), "live_next", 8)
    assert visit.metric[0].label == "Served now [people]"
    assert "more people" in visit.markdown[0].value
    assert any("set to begin falsely at most once a month" in each.value for each in visit.caption)
    assert any("forecast for them a period ahead" in each.value for each in (*visit.markdown, *visit.warning))
    tables = [each.value for each in visit.dataframe]
    assert any("forecast" in each for each in tables) and any("predicted" in each for each in tables)
    before = float(visit.metric[0].value.replace(",", ""))
    pressed(visit, "live_accepted")
    # units on their way count as there
    assert float(visit.metric[0].value.replace(",", "")) > before
    pressed(pressed(visit, "live_under_way"), "live_done")
    board = next(each.value for each in visit.dataframe if "status" in each.value)
    assert board["status"].tolist() == ["done"]


def test_no_more_units_move_than_allowed() -> None:
    visit = pressed(watched(), "live_next", 8)
    visit.number_input(key="choice_move_units").set_value(0.0).run()
    sound(visit)
    moved = [each.value for each in visit.dataframe if "from" in each.value]
    assert all((each["from"] == "stock").all() for each in moved)


def test_who_refuses_says_why_and_that_region_is_proposed_no_more() -> None:
    visit = pressed(watched(), "live_next", 8)
    visit.button(key="live_refused").click().run()
    assert any("Say why" in each.value for each in visit.error)
    to = next(each.value for each in visit.dataframe if "serves" in each.value)["to"].iloc[0]
    visit.text_input(key="live_reason").input("the road is closed").run()
    pressed(visit, "live_refused")
    tables = [each.value for each in visit.dataframe]
    assert next(each for each in tables if "reason" in each)["reason"].tolist() == ["the road is closed"]
    last = workspace().trail(1)[0]
    assert (last.what, last.detail) == ("decided", f"{to}: refused (the road is closed)")
    assert to not in next((each for each in tables if "from" in each), {"to": []})["to"].tolist()


def test_what_changed_since_one_last_looked_is_said() -> None:
    visit = pressed(pressed(watched(), "live_next", 4), "live_looked")
    assert any("Since you last looked" in each.value and "nothing" in each.value for each in visit.markdown)
    visit.number_input(key="choice_raised_from").set_value(1.0).run()
    pressed(visit, "live_next")
    assert any("→" in each.value for each in visit.markdown)


def test_a_folder_is_watched_only_where_the_owner_allows_one_and_garbage_leaves_the_last_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit = upload(opened("data"), b"region;demand;existing_beds\nOhio;900;3\nIowa;600;1\n")
    go(visit, "live")
    visit.button_group(key="choice_live_from").set_value("folder").run()
    sound(visit)
    assert any("MEDALLOC_FEEDS" in each.value for each in visit.info)
    (tmp_path / "north").mkdir()
    monkeypatch.setenv("MEDALLOC_FEEDS", str(tmp_path))
    (tmp_path / "north" / "a.csv").write_text("region,demand\nOhio,100\nIowa,2000\n")
    sound(visit.run())
    sound(visit.run())
    assert visit.metric[3].value == "2 / 2"
    (tmp_path / "north" / "b.csv").write_text("region,demand\nOhio,much\n")
    monkeypatch.setattr("medalloc.ui.live.source.SECONDS", 0.0)
    visit.run()
    assert any("at least 0: Ohio" in each.value and "last good" in each.value for each in visit.warning)
    assert visit.metric[3].value == "2 / 2"


def test_days_that_a_folder_told_are_known_to_a_server_that_begins_again_and_to_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "wards").mkdir()
    monkeypatch.setenv("MEDALLOC_FEEDS", str(tmp_path))
    monkeypatch.setattr("medalloc.ui.live.source.SECONDS", 0.0)
    for day in (1, 2, 3):
        (tmp_path / "wards" / "a.csv").write_text(f"region,demand,at\nOhio,{day},2026-11-0{day}\n")
        source.of_folder("wards", ("Ohio",))
    before = source.of_folder("wards", ("Ohio",))
    source._watched.cache_clear()
    (tmp_path / "wards" / "a.csv").unlink()
    earlier, now = source.of_folder("wards", ("Ohio",))
    assert earlier == before[0] and [each.at[:10] for each in earlier] == ["2026-11-01", "2026-11-02"]
    assert now.numbers == before[1].numbers and now.trouble


def test_patients_alone_are_no_counts_to_play_and_the_screen_leads_on() -> None:
    visit = go(with_sample(), "live")
    sound(visit)
    assert visit.get("page_link")


def test_the_wall_shows_every_region_as_a_tile_and_nothing_to_press_but_the_way_out() -> None:
    visit = pressed(pressed(watched(), "live_next", 8), "live_wall")
    assert [each.key for each in visit.button if not (each.key or "").startswith("choice")] == ["live_wall_leave"]
    tiles = next(
        each.proto.body for each in visit.get("html") if "tile" in each.proto.body and "{" not in each.proto.body
    )
    assert tiles.count('class="tile') == 14
    assert not visit.dataframe
    assert pressed(visit, "live_wall_leave").dataframe


def test_before_anything_is_watched_the_screen_shows_what_it_will_look_like() -> None:
    visit = opened("live")
    sound(visit)
    assert visit.button(key="live_sample").label.startswith("Watch Boston")
    assert any("a week before the peak" in each.value for each in visit.caption)
    alarms, moves = [each.proto.body for each in visit.get("html") if '<table class="glance"' in each.proto.body]
    assert alarms.count("<tr") == 5 and "alarm" in alarms
    assert "nurse" in moves and "+" in moves


def test_what_it_will_look_like_is_told_in_chinese_too() -> None:
    visit = opened("live")
    visit.button_group(key="choice_language").set_value("zh_CN").run()
    sound(visit)
    alarms, moves = [each.proto.body for each in visit.get("html") if '<table class="glance"' in each.proto.body]
    assert "护士" in moves and "nurse" not in moves and "alarm" not in alarms
    (chart,) = visit.get("vega_lite_chart")
    assert "12月" in json.loads(chart.proto.spec)["config"]["locale"]["time"]["shortMonths"]

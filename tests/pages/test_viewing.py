"""Who may only look sees plans, changes nothing and gets no rows of patients; an administrator manages what is kept."""

from collections.abc import Iterator

import pytest

from medalloc.safety.access import FILE, Access, write_access
from medalloc.ui import account
from medalloc.ui.kept import workspace
from tests.pages.test_screens import ROOT, address_of, go, opened, sound, upload, with_sample

NO_CHANGE = {"Present this plan", "sign_out"}
"""Buttons that lead on, or out."""

PLANNER, VIEWER, ADMINISTRATOR = "ann@example.org", "bo@example.org", "cy@example.org"


@pytest.fixture(autouse=True)
def accounts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Have an identity provider, which says who is here."""
    write_access(workspace().objects, Access("roles", (VIEWER,), (PLANNER,), (ADMINISTRATOR,)))
    monkeypatch.setattr(account, "has_accounts", lambda: True)
    yield
    write_access(workspace().objects, Access())


def here(monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    monkeypatch.setattr(account, "said", lambda: {"email": who} if who else {"is_logged_in": False})


def test_a_viewer_sees_the_plan_and_can_change_nothing_even_where_a_control_is_forced(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here(monkeypatch, PLANNER)
    made = go(with_sample("regions_world.csv"), "allocate")
    token, figures = made.session_state["visit"].token, [each.value for each in made.metric]
    here(monkeypatch, VIEWER)
    for screen in ("what_if", "home"):
        sound(opened(screen, token))
    visit = opened("allocate", token)
    assert [each.value for each in visit.metric] == figures
    before = workspace().find(token)
    controls = {
        each.key or each.label: each for each in (*visit.slider, *visit.number_input, *visit.button, *visit.radio)
    }
    # what only the page reckons with is everybody's
    own = {key for key in controls if key.startswith("choice_list_") or key in NO_CHANGE}
    assert {key for key, each in controls.items() if not each.disabled} == own < set(controls)
    # a browser can be made to send what the control does not allow, and a role be taken while a page is open
    here(monkeypatch, PLANNER)
    visit.run()
    here(monkeypatch, VIEWER)
    visit.slider(key="choice_floor").set_value(30).run()
    assert ["You may look at this study" in each.value for each in visit.error] == [True]
    assert workspace().find(token) == before and [each.value for each in visit.metric] == figures
    # what is looked at is theirs to choose
    visit.button_group(key="choice_language").set_value("zh_CN").run()
    sound(visit)
    home = opened("home", token)
    assert home.button(key=f"open_{token}").disabled and home.checkbox(key=f"sure_{token}").disabled
    assert "Manage the workspace" not in {each.label for each in home.expander}


def test_who_has_not_signed_in_or_has_no_role_opens_nothing_by_an_address(monkeypatch: pytest.MonkeyPatch) -> None:
    here(monkeypatch, PLANNER)
    token = address_of(with_sample("regions_world.csv"))
    before = len(workspace().trail())
    for who, button in (("", "sign_in"), ("eve@example.org", "sign_out")):
        here(monkeypatch, who)
        visit = opened("allocate", token)
        sound(visit)
        assert [each.key for each in visit.button] == [button] and not visit.metric
        assert visit.session_state["visit"].record is None
    assert len(workspace().trail()) == before


def test_an_administrator_sees_who_did_what_and_takes_away_what_is_old(monkeypatch: pytest.MonkeyPatch) -> None:
    here(monkeypatch, PLANNER)
    token = address_of(with_sample("regions_world.csv"))
    here(monkeypatch, ADMINISTRATOR)
    visit = opened("home")
    assert "Manage the workspace" in {each.label for each in visit.expander}
    visit.session_state["manage_workspace"] = True
    visit.run()
    sound(visit)
    studies, trail = (each.value for each in visit.dataframe)
    assert "regions_world.csv" in list(studies["name"])
    assert (trail["who"] == PLANNER).any() and {"begun", "changed"} <= set(trail["what"])
    visit.button(key="managed_verify").click().run()
    assert any("is as it was written" in each.value for each in visit.success)
    # nobody else, even from a page that was opened before
    here(monkeypatch, VIEWER)
    visit.button(key="managed_sweep").click().run()
    assert workspace().find(token) is not None
    assert "Manage the workspace" not in {each.label for each in visit.expander}


def test_a_viewer_gets_no_rows_of_patients(monkeypatch: pytest.MonkeyPatch) -> None:
    here(monkeypatch, PLANNER)
    token = address_of(with_sample("patients_nhanes.csv"))
    here(monkeypatch, VIEWER)
    visit = opened("home", token)
    shown = {each.proto.page for each in visit.get("page_link")}
    assert not {"data", "prepare", "patients"} & shown
    offered = {each.key: each.disabled for each in visit.get("download_button")}
    assert offered.pop(f"pack_{token}") and all(offered.values())


SCREENS = sorted(each.stem for each in (ROOT / "pages").glob("*.py"))
ROWS = {"pack", "rejects", "rejected", "priority", "patient", "patients_alike"}
"""Downloads that hold rows of patients, by how their keys begin."""

SEEN: dict[str, tuple[list[str], bool]] = {
    VIEWER: (SCREENS, False),
    PLANNER: (["home", "data", "patients"], True),
}
"""By who is here: the screens that are looked at, and whether rows of patients are on any of them or leave by any."""


def named() -> bytes:
    """Return patients each of whom has a name that stands nowhere else."""
    rows = [
        f"Ashworth{place},{20 + place % 60},{('North', 'South')[place % 2]},{int(place % 3 == 0)}"
        for place in range(60)
    ]
    return "\n".join(["patient_id,age,region,need", *rows]).encode()


def test_rows_of_patients_are_seen_and_taken_by_those_roles_alone_that_may(monkeypatch: pytest.MonkeyPatch) -> None:
    here(monkeypatch, PLANNER)
    token = address_of(upload(opened("data"), named()))
    for who, (screens, with_rows) in SEEN.items():
        here(monkeypatch, who)
        shut, rows, leaves = set(), set(), set()
        for screen in screens:
            try:
                visit = go(opened("home", token), screen)
            except ValueError:
                # the server knows no such page for them
                shut.add(screen)
                continue
            assert not visit.exception
            told = [each.value.to_csv() for each in visit.dataframe]
            told += [str(each.value) for each in (*visit.markdown, *visit.caption, *visit.selectbox)]
            rows |= {screen} if any("Ashworth" in each for each in told) else set()
            offered = {str(each.key).partition("_")[0] for each in visit.get("download_button") if not each.disabled}
            leaves |= offered & ROWS
        assert (rows, leaves) == (({"data", "patients"}, {"pack", "priority"}) if with_rows else (set(), set()))
        assert shut == (set() if with_rows else {"data", "prepare", "patients"})


def test_nobody_comes_in_while_the_list_of_who_may_cannot_be_read_and_it_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    here(monkeypatch, ADMINISTRATOR)
    (workspace().folder / FILE).write_text("{")
    visit = opened("home")
    assert not visit.exception
    assert [each.value.count("access.json") for each in visit.error] == [1]
    assert not visit.button or {each.key for each in visit.button} == {"sign_out"}

"""Home lists the studies of this browser, and what is done there is done to the study that it says."""

import secrets
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from pypdf import PdfWriter
from streamlit.testing.v1 import AppTest

from medalloc.jobs.here import JobsHere
from medalloc.report.embedding import REPORT, STUDY
from medalloc.saved import form_text
from medalloc.study import Answers, Study
from medalloc.study.steps import needs
from medalloc.ui import own_studies
from medalloc.ui import visit as visits
from medalloc.ui.kept import workspace
from medalloc.workspace.packed import pack
from medalloc.workspace.trained import trained_files
from tests.pages.test_screens import address_of, go, opened, sound, upload, with_sample

NORTH = b"region,demand\nNorth,1000\nSouth,3000\n"
EAST = b"region,demand\nEast,500\nWest,700\nMiddle,900\n"


def come_from(browser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for each in (visits, own_studies):
        monkeypatch.setattr(each, "who", lambda: browser)


@pytest.fixture(autouse=True)
def browser(monkeypatch: pytest.MonkeyPatch) -> str:
    name = secrets.token_hex(16)
    come_from(name, monkeypatch)
    return name


def listed(visit: AppTest) -> list[str]:
    return [each.label.replace("\\", "") for each in visit.button if (each.key or "").startswith("open_")]


def test_another_table_leaves_the_study_before_as_it_was_and_home_leads_back() -> None:
    visit = go(upload(opened("data"), NORTH, "north.csv"), "allocate")
    visit.slider(key="choice_floor").set_value(10).run()
    first = address_of(visit)
    go(visit, "data")
    upload(visit, EAST, "east.csv")
    assert address_of(visit) != first
    sound(go(visit, "home"))
    assert listed(visit) == ["east.csv", "north.csv"]
    assert any("2 rows" in each.value for each in visit.caption) and any(
        "3 rows" in each.value for each in visit.caption
    )
    sound(visit.button(key=f"open_{first}").click().run())
    assert address_of(visit) == first and visit.query_params["visit"] == first
    sound(go(visit, "allocate"))
    assert visit.slider(key="choice_floor").value == 10


def test_a_study_is_called_as_somebody_says_and_deleted_only_when_they_are_sure() -> None:
    visit = upload(opened("data"), NORTH, "north.csv")
    own = address_of(visit)
    go(visit, "home")
    visit.text_input(key=f"title_{own}").set_value("Plan of May").run()
    assert listed(visit) == ["Plan of May"]
    assert visit.button(key=f"delete_{own}").disabled
    visit.checkbox(key=f"sure_{own}").check().run()
    visit.button(key=f"delete_{own}").click().run()
    sound(visit)
    assert listed(visit) == [] and workspace().find(own) is None and address_of(visit) != own
    assert "visit" not in visit.query_params
    sound(go(visit, "data"))


def test_home_lists_nothing_of_other_browsers(monkeypatch: pytest.MonkeyPatch) -> None:
    upload(opened("data"), NORTH, "north.csv")
    come_from("somebody else", monkeypatch)
    assert listed(opened("home")) == []
    # whose cookies are off is nobody who could be told from others
    come_from("", monkeypatch)
    upload(opened("data"), NORTH, "north.csv")
    assert listed(opened("home")) == []


def test_a_packed_study_is_opened_as_one_of_ones_own_and_a_changed_one_is_refused_beneath_the_control() -> None:
    made = go(upload(opened("data"), NORTH, "north.csv"), "allocate")
    made.slider(key="choice_floor").set_value(20).run()
    before = [each.value for each in made.metric]
    study = made.session_state["visit"].choices.study
    packed = pack(study, "From a colleague", visits.files().content)
    visit = with_sample("regions_world.csv")
    go(visit, "home")
    given(visit, "plan.medalloc", packed[:-2] + b"00")
    assert ["was changed after it was packed" in each.value for each in visit.error] == [True]
    kept = address_of(visit)
    sound(given(visit, "plan.medalloc", packed))
    assert address_of(visit) not in (kept, address_of(made))
    assert listed(visit)[:2] == ["From a colleague", "regions_world.csv"]
    sound(visit.run())
    assert len(listed(visit)) == 3
    assert [each.value for each in go(visit, "allocate").metric] == before


def test_a_packed_study_brings_its_models_along() -> None:
    draw = np.random.default_rng(5)
    patients = pd.DataFrame({"age": draw.integers(20, 90, 90), "region": draw.choice(["North", "South"], 90)})
    patients["need"] = (draw.random(90) < patients["age"] / 100).astype(int)
    kept = visits.files().keep(patients.to_csv(index=False).encode())
    study = Study().changed(file=kept, file_name="own.csv", models=("logistic",))
    jobs = JobsHere()
    ticket = Answers(study, visits.files(), jobs).submit(needs.training)
    assert ticket is not None
    packed = pack(study, "Trained elsewhere", visits.files().content, trained_files((ticket,), jobs))
    visit = given(opened("home"), "plan.medalloc", packed)
    sound(visit)
    assert [each.task for each in visit.session_state["visit"].choices.tickets] == ["training"]
    assert visit.session_state["visit"].answers(needs.training).assessments["logistic"].rows == 90
    sound(go(visit, "need"))


def given(visit: AppTest, name: str, content: bytes) -> AppTest:
    """Bring a file to Home."""
    opens = next(each for each in visit.get("file_uploader") if each.key == "home_open")
    opens.set_value((name, content, "application/octet-stream"))
    return visit.run()


@pytest.mark.parametrize("attached", [True, False])
def test_a_report_opens_the_study_that_is_attached_to_it_unless_a_file_is_neither_in_it_nor_here(
    attached: bool,
) -> None:
    made = upload(opened("data"), EAST, "east.csv")
    study = made.session_state["visit"].choices.study
    sha = study.data.file
    inside = {STUDY: form_text(study), REPORT: b"{}", **({"east.csv": EAST} if attached else {})}
    pdf, report = PdfWriter(), BytesIO()
    pdf.add_blank_page(10, 10)
    for file, content in inside.items():
        pdf.add_attachment(file, content)
    pdf.write(report)
    visits.files().remove(sha)
    visit = given(opened("home"), "Board.pdf", report.getvalue())
    if attached:
        sound(visit)
        assert listed(visit)[0] == "Board" and visits.files().content(sha, "east.csv") == EAST
    else:
        assert ["does not hold “east.csv”" in each.value for each in visit.error] == [True]
        visits.files().keep(EAST)
        sound(given(opened("home"), "Board.pdf", report.getvalue()))
    refused = given(opened("home"), "other.pdf", b"%PDF-1.7 nothing")
    assert ["no PDF that can be read" in each.value for each in refused.error] == [True]


def test_whoever_goes_on_with_a_study_or_deletes_it_stays_in_their_language() -> None:
    visit = upload(opened("data"), NORTH, "north.csv")
    first = address_of(visit)
    upload(visit, EAST, "east.csv")
    go(visit, "home")
    visit.button_group(key="choice_language").set_value("zh_CN").run()
    sound(visit.button(key=f"open_{first}").click().run())
    assert visit.session_state["visit"].choices.look.language == "zh_CN" and address_of(visit) == first
    visit.checkbox(key=f"sure_{first}").check().run()
    sound(visit.button(key=f"delete_{first}").click().run())
    assert visit.session_state["visit"].choices.look.language == "zh_CN" and address_of(visit) != first
    assert visit.button_group(key="choice_language").value == "zh_CN"


def test_a_link_to_somebody_elses_study_shows_it_and_a_copy_is_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = go(upload(opened("data"), NORTH, "north.csv"), "allocate")
    theirs.slider(key="choice_floor").set_value(10).run()
    kept, figures = workspace().find(address_of(theirs)), [each.value for each in theirs.metric]
    come_from("somebody else", monkeypatch)
    visit = opened("allocate", address_of(theirs))
    sound(visit)
    assert [each.value for each in visit.metric] == figures and visit.slider(key="choice_floor").disabled
    # a browser can be made to send what the control does not allow, and a study change hands while a page is open
    with monkeypatch.context() as before:
        before.setattr(visits, "is_of_somebody_else", lambda: False)
        visit.run()
    visit.slider(key="choice_floor").set_value(30).run()
    assert any("somebody else's" in each.value for each in visit.error) and workspace().find(address_of(theirs)) == kept
    sound(visit.button(key="make_copy").click().run())
    assert address_of(visit) != address_of(theirs) and [each.value for each in visit.metric] == figures
    sound(visit.slider(key="choice_floor").set_value(30).run())
    assert workspace().find(address_of(theirs)) == kept
    assert listed(go(visit, "home")) == ["north.csv (copy)"]


def test_a_study_is_listed_with_its_map_and_the_picture_goes_with_the_study() -> None:
    states = b"region,demand,existing_beds\nOhio,900,3\nIowa,600,1\nUtah,500,0\n"
    visit = go(upload(opened("data"), states, "states.csv"), "allocate")
    picture = workspace().folder / "pictures" / f"{address_of(visit)}.svg"
    first = picture.read_bytes()
    assert first.startswith(b"<svg")
    visit.slider(key="choice_floor").set_value(10).run()
    assert picture.read_bytes() == first
    sound(go(visit, "home"))
    stories = 3
    assert len(visit.get("image")) == stories + 1
    visit.checkbox(key=f"sure_{address_of(visit)}").check().run()
    visit.button(key=f"delete_{address_of(visit)}").click().run()
    assert not picture.exists()

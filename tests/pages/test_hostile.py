"""Whoever sends a file, an address or a study to do harm gets nothing run, nothing broken and nothing of others."""

from io import BytesIO
from zipfile import ZipFile

import xlsxwriter
from streamlit.testing.v1 import AppTest

from medalloc.study import Study
from medalloc.ui.kept import workspace
from medalloc.workspace.packed import ABOUT, pack
from tests.pages.test_recent import given
from tests.pages.test_screens import address_of, go, opened, sound, upload

SCRIPT = '<img src=x onerror="alert(1)"><script>alert(1)</script>'
LINK = "![x](https://evil.example/x.png)[y](javascript:alert(1))"
HARM = (
    SCRIPT,
    LINK,
    "=HYPERLINK(1)",
    "{reason}{0.__class__}",
    ":material/home: $x$ `y`",
    "‮txt.exe",
    "../../etc/passwd",
)


def workbook() -> bytes:
    """Return a workbook with harm in the names of its sheet, its columns and regions, and in its cells."""
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("<script>alert(1)<script>")
        for row, cells in enumerate(
            (("region", "demand", SCRIPT, LINK), *((each, 10 + n, each, each) for n, each in enumerate(HARM)))
        ):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    return content.getvalue()


def markup(visit: AppTest) -> list[str]:
    """Return what a screen says that would be taken for markup of an image, a link or a script."""
    texts = [*visit.markdown, *visit.caption, *visit.info, *visit.warning, *visit.error, *visit.success, *visit.title]
    said = [each.value for each in texts if not getattr(each.proto, "allow_html", False)]
    said += [each.label for each in (*visit.button, *visit.selectbox, *visit.expander)]
    assert not [each for each in visit.markdown if each.proto.allow_html]
    return [each for each in said if "![x](" in each or "[y](" in each or "<script>alert" in each.replace("\\", "\0")]


def test_harm_in_names_of_files_sheets_columns_regions_and_cells_is_text_on_every_screen() -> None:
    visit = upload(opened("data"), workbook(), f"{SCRIPT}{LINK}.xlsx")
    for screen in ("data", "allocate", "home"):
        sound(go(visit, screen))
        assert markup(visit) == [], screen
    assert address_of(visit) and visit.session_state["visit"].record.table_name.startswith("<img")


FORGED = (
    {ABOUT: b'{"version": 1, "title": "x", "study": {"data": {"file": "../../etc/passwd", "file_name": "x"}}}'},
    {ABOUT: b"[" * 100_000},
    {"../../outside": b"x"},
    {"files/" + "a" * 64: b"not what its name says"},
)


def test_a_forged_study_is_refused_and_nothing_of_it_is_kept() -> None:
    packed, visit = pack(Study(), "x", lambda _sha, _name: b""), opened("home")
    before = len(workspace().recent())
    for place, changed in enumerate(FORGED):
        made = BytesIO()
        with ZipFile(BytesIO(packed)) as real, ZipFile(made, "w") as forged:
            forged.comment = real.comment
            for name, content in {**{each: real.read(each) for each in real.namelist()}, **changed}.items():
                forged.writestr(name, content)
        given(visit, f"plan{place}.medalloc", made.getvalue())
        assert len(visit.error) == 1 and not visit.exception
        assert len(workspace().recent()) == before and not (workspace().folder.parent / "outside").exists()


def test_a_study_that_names_a_folder_of_the_server_is_refused() -> None:
    packed = pack(Study().changed(partitions="/srv/somebody"), "x", lambda _sha, _name: b"")
    visit = given(opened("home"), "plan.medalloc", packed)
    assert ["table in partitions" in each.value for each in visit.error] == [True]
    assert visit.session_state["visit"].choices.study.data.partitions == ""


def test_an_address_that_somebody_guesses_opens_nothing_and_is_never_taken_over() -> None:
    known = address_of(upload(opened("data"), b"region,demand\nNorth,10\nSouth,30\n", "north.csv"))
    for guess in ("a" * 22, "../../etc/passwd", "A" * 5_000):
        visit = opened("home", guess)
        assert not visit.exception and address_of(visit) not in (known, guess)
        assert visit.session_state["visit"].record is None

"""One file holds a study with all that it needs, and what somebody changed in it is refused."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.errors import InputError, SourceError
from medalloc.saved import Objects
from medalloc.study import Study
from medalloc.study.files import FilesInMemory, KeptFiles
from medalloc.workspace import packed
from medalloc.workspace.packed import ABOUT, FILES, Packed, pack, unpack
from tests.unit.geography.own import invented

TABLE, PLACES = b"region,demand\nNorth,10\nSouth,30\n", b"region,population\nNorth,100\nSouth,300\n"


@pytest.fixture
def files(tmp_path: Path) -> KeptFiles:
    return KeptFiles(Objects(tmp_path / "files"))


@pytest.fixture
def study(files: KeptFiles) -> Study:
    table, places = files.keep(TABLE), files.keep(PLACES)
    return Study().changed(
        file=table,
        file_name="/home/somebody/secret/own.csv",
        regions_file=places,
        regions_name="../places.csv",
        files_beside=((places, "dir/beside.csv"),),
        floor=0.1 + 0.2,
    )


def rewritten(made: bytes, change: Callable[[dict[str, bytes]], object], comment: bytes | None = None) -> bytes:
    """Return an archive with other members, and the comment that it had."""
    with zipfile.ZipFile(BytesIO(made)) as archive:
        members, said = {each: archive.read(each) for each in archive.namelist()}, archive.comment
    change(members)
    anew = BytesIO()
    with zipfile.ZipFile(anew, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = said if comment is None else comment
        for name, content in members.items():
            archive.writestr(name, content)
    return anew.getvalue()


def test_what_is_packed_comes_back_to_the_last_digit_and_says_nothing_of_folders(
    study: Study, files: KeptFiles, tmp_path: Path
) -> None:
    made = pack(study, "Plan", files.content)
    assert made == pack(study, "Plan", files.content)
    elsewhere = KeptFiles(Objects(tmp_path / "elsewhere"))
    names = {"file_name": "own.csv", "regions_name": "places.csv"}
    back = unpack(made, "plan.medalloc", elsewhere.keep)
    beside = ((study.data.files_beside[0][0], "beside.csv"),)
    assert back == Packed("Plan", study.changed(**names, files_beside=beside)) and back.study.limits.floor == 0.1 + 0.2
    assert sorted(each.read_bytes() for each in elsewhere.objects.folder.iterdir()) == sorted([TABLE, PLACES])
    assert b"somebody" not in zipfile.ZipFile(BytesIO(made)).read(ABOUT)


def test_a_study_of_a_sample_needs_no_file(files: KeptFiles) -> None:
    made = pack(Study().changed(file="regions_world.csv", file_name="regions_world.csv"), "", files.content)
    assert unpack(made, "x", files.keep).study.data.file == "regions_world.csv"
    assert zipfile.ZipFile(BytesIO(made)).namelist() == [ABOUT]


def test_a_study_whose_file_is_gone_is_not_packed(study: Study, files: KeptFiles) -> None:
    files.remove(study.data.file or "")
    with pytest.raises(SourceError, match="cannot be opened"):
        pack(study, "", files.content)


CHANGES: dict[str, Callable[[dict[str, bytes]], object]] = {
    "a number of the study": lambda all: all.update({ABOUT: all[ABOUT].replace(b"0.3000", b"0.4000")}),
    "a cell": lambda all: all.update({FILES + hashlib.sha256(TABLE).hexdigest(): TABLE.replace(b"30", b"31")}),
    "a file is missing": lambda all: all.pop(FILES + hashlib.sha256(PLACES).hexdigest()),
    "a file that is not named": lambda all: all.update({FILES + "0" * 64: b"x"}),
    "a path that leads out": lambda all: all.update({"../../evil": b"x"}),
    "no study": lambda all: all.pop(ABOUT),
    "nothing": lambda all: all.clear(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_was_changed_is_refused_in_a_sentence_and_nothing_leads_out(
    what: str, study: Study, files: KeptFiles, tmp_path: Path
) -> None:
    made = rewritten(pack(study, "Plan", files.content), CHANGES[what])
    with pytest.raises(InputError, match=r"was changed after it was packed|is damaged, or no study"):
        unpack(made, "plan.medalloc", KeptFiles(Objects(tmp_path / "new")).keep)
    assert not (tmp_path / "evil").exists() and {each.name for each in tmp_path.iterdir()} <= {"files", "new"}


def test_a_study_that_somebody_wrote_with_its_hash_is_read_as_strictly_as_any(study: Study, files: KeptFiles) -> None:
    def change(members: dict[str, bytes]) -> None:
        members[ABOUT] = json.dumps({"version": 1, "title": "x", "study": {"limits": {"floor": "high"}}}).encode()

    made = pack(study, "Plan", files.content)
    members: dict[str, bytes] = {}
    change(members)
    with pytest.raises(InputError, match=r"study\.limits\.floor"):
        comment = hashlib.sha256(members[ABOUT]).hexdigest().encode()
        unpack(rewritten(made, change, comment), "plan.medalloc", files.keep)


def test_what_would_become_too_large_is_refused_before_anything_is_unpacked(
    study: Study, files: KeptFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = rewritten(pack(study, "", files.content), lambda all: all.update({FILES + "0" * 64: bytes(60_000_000)}))
    assert len(bomb) < 100_000
    monkeypatch.setattr(packed, "_member", None)
    with pytest.raises(InputError, match="would become 60 MB"):
        unpack(bomb, "plan.medalloc", files.keep)


def test_an_archive_that_says_that_it_is_smaller_than_it_is_is_refused(study: Study, files: KeptFiles) -> None:
    made = pack(study, "", files.content)
    said, true = len(TABLE) - 5, len(TABLE)
    forged = made.replace(true.to_bytes(4, "little"), said.to_bytes(4, "little"))
    assert forged != made
    with pytest.raises(InputError, match=r"is damaged|was changed"):
        unpack(forged, "plan.medalloc", files.keep)


@given(st.data())
def test_no_byte_can_be_changed_or_cut_off_unseen(data: st.DataObject) -> None:
    made = pack(Study().changed(floor=0.25), "Plan", lambda *_: b"")
    place = data.draw(st.integers(0, len(made) - 1))
    other = made[:place] + bytes([made[place] ^ data.draw(st.integers(1, 255))]) + made[place + 1 :]
    for each in (other, made[:place]):
        try:
            assert unpack(each, "plan.medalloc", lambda _: "") == Packed("Plan", Study().changed(floor=0.25))
        except InputError as refused:
            assert "plan.medalloc" in str(refused)


def test_boundaries_are_packed_with_the_study_and_drawn_as_before(files: KeptFiles) -> None:
    kept = files.keep_boundaries(invented.geojson(invented.country()), "kreise.geojson")
    study = Study().changed(
        file="regions_world.csv", boundaries_file=kept, boundaries_name="kreise.geojson", boundary_set="own"
    )
    made, held = pack(study, "", files.content), FilesInMemory()
    assert unpack(made, "plan.medalloc", held.keep).study == study
    again, first = (each.boundaries(kept, "kreise.geojson") for each in (held, files))
    assert (again.columns, again.topojson) == (first.columns, first.topojson)

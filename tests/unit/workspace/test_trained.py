"""Trained models travel with a study: nobody trains again, and what was changed on the way is refused."""

import hashlib
import json
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.jobs.here import JobsHere
from medalloc.jobs.pool import JobPool
from medalloc.study import Answers, Study
from medalloc.study.files import FilesInMemory
from medalloc.study.steps import demands, needs
from medalloc.workspace.packed import ABOUT, pack, unpack
from medalloc.workspace.trained import trained_files, with_models

NAME = "plan.medalloc"


@pytest.fixture(scope="module")
def table() -> bytes:
    draw = np.random.default_rng(5)
    frame = pd.DataFrame({"age": draw.integers(20, 90, 120), "region": draw.choice(["Quicksilver", "Zanzibar"], 120)})
    frame["need"] = (draw.random(120) < frame["age"] / 100).astype(int)
    return frame.to_csv(index=False).encode()


@pytest.fixture(scope="module")
def trained(table: bytes) -> Answers:
    files = FilesInMemory()
    study = Study().changed(file=files.keep(table), file_name="own.csv", models=("logistic",))
    answers = Answers(study, files, JobsHere())
    ticket = answers.submit(needs.training)
    assert ticket is not None
    return answers.after(study, (ticket,))


@pytest.fixture(scope="module")
def packed(trained: Answers) -> bytes:
    return pack(trained.study, "Plan", trained.files.content, trained_files(trained.tickets, trained.jobs))


def opened(packed: bytes, jobs: JobsHere | JobPool | None = None) -> Answers:
    files = FilesInMemory()
    found = unpack(packed, NAME, files.keep)
    answers = Answers(found.study, files, jobs or JobsHere())
    return answers.after(found.study, with_models(answers, packed, NAME, found))


def test_whoever_opens_a_study_has_its_models_to_the_last_digit_without_training(
    trained: Answers, packed: bytes, tmp_path: Path
) -> None:
    pool = JobPool(slots=0, root=tmp_path)
    for again in (opened(packed), opened(packed, pool)):
        assert again.standing(needs.training) == "ready"
        one, other = trained(needs.training), again(needs.training)
        assert one is not None and other is not None and one.files() == other.files()
        np.testing.assert_array_equal(
            other.assessments["logistic"].probability, one.assessments["logistic"].probability
        )
        model = other.model("logistic")
        assert model is not None and model.choice.kind == "logistic"
        assert str(again(demands.patients_demand)) == str(trained(demands.patients_demand))
    pool.close()


def test_the_same_study_and_models_are_the_same_file(trained: Answers, packed: bytes) -> None:
    files = trained_files(trained.tickets, trained.jobs)
    assert pack(trained.study, "Plan", trained.files.content, files) == packed
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        models = [each for each in archive.namelist() if each.startswith("models/")]
        assert len(models) >= 5
        # what was learnt says no region of a row; names of levels are what a model stands on
        assert all(b"Quicksilver,1" not in archive.read(each) for each in models)


def test_models_of_another_study_are_left_out(packed: bytes) -> None:
    files = FilesInMemory()
    found = unpack(packed, NAME, files.keep)
    other = Answers(found.study.changed(seed=7), files, JobsHere())
    assert with_models(other, packed, NAME, found) == ()


def _rewritten(packed: bytes, change: Callable[[dict[str, str], dict[str, bytes]], None]) -> bytes:
    """Return a packed study with other models, as somebody makes it who computes all hashes anew."""
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        members = {each: archive.read(each) for each in archive.namelist()}
    about = json.loads(members.pop(ABOUT))
    files = {name: members.pop(f"models/{sha}") for name, sha in about["trained"]["files"].items()}
    change(about["trained"]["of"], files)
    about["trained"]["files"] = {name: hashlib.sha256(each).hexdigest() for name, each in files.items()}
    made, text = BytesIO(), json.dumps(about).encode()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = hashlib.sha256(text).hexdigest().encode()
        archive.writestr(ABOUT, text)
        models = {f"models/{hashlib.sha256(one).hexdigest()}": one for one in files.values()}
        for name, each in (members | models).items():
            archive.writestr(name, each)
    return made.getvalue()


def _bomb() -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.npy", b"\0" * 60_000_000)
    return made.getvalue()


def _short(files: dict[str, bytes]) -> None:
    result = "models/logistic/result.npz"
    with np.load(BytesIO(files[result])) as stored:
        arrays = {name: stored[name][:-1] for name in stored.files}
    made = BytesIO()
    np.savez_compressed(made, **arrays)
    files[result] = made.getvalue()


@pytest.mark.parametrize(
    "change",
    [
        lambda _, files: files.update({"../../outside": b"1"}),
        lambda _, files: files.update({"request.json": b"{}"}),
        lambda _, files: files.update({"models/logistic/result.npz": _bomb()}),
        lambda _, files: files.update({"models/logistic/result.npz": b"none"}),
        lambda _, files: files.update({"models/logistic/result.json": b"{}"}),
        lambda _, files: files.clear(),
        lambda _, files: _short(files),
    ],
)
def test_models_that_were_changed_are_refused_in_a_sentence(
    packed: bytes, change: Callable[[dict[str, str], dict[str, bytes]], None]
) -> None:
    with pytest.raises(InputError) as told:
        opened(_rewritten(packed, change))
    assert NAME in str(told.value)


def test_a_byte_that_differs_is_told(packed: bytes) -> None:
    with zipfile.ZipFile(BytesIO(packed)) as archive:
        members, comment = {each: archive.read(each) for each in archive.namelist()}, archive.comment
    model = next(each for each in members if each.startswith("models/"))
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.comment = comment
        for name, each in members.items():
            archive.writestr(name, each + b" " if name == model else each)
    with pytest.raises(InputError, match="is not what it was"):
        opened(made.getvalue())

import numpy as np
import pytest

from medalloc.need.evaluation.assessment import Assessment, assess
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.card import Grid, Section, card, title
from medalloc.need.persistence.kept_model import KeptModel, keep_model
from medalloc.preparation.recipe import recipe_named
from medalloc.sentences import sentence
from tests.unit.need.conftest import as_table, patients


def assessed(frame_rows: int = 500, **roles: str) -> tuple[KeptModel, Assessment]:
    kept: list[KeptModel] = []
    frame = patients(frame_rows).assign(patient=lambda each: np.arange(len(each)) // 2)
    table = as_table(frame, **{"patient": "ignored", **roles})
    choice = ModelChoice("boosting", options={"trees": 7})
    found = assess(table, recipe_named("default"), choice, keep=lambda trained: kept.append(keep_model(trained, table)))
    return kept[0], found


@pytest.fixture(scope="module")
def made() -> tuple[KeptModel, Assessment]:
    return assessed()


def words(sections: list[Section]) -> str:
    cells = [str(cell) for each in sections if each.grid for row in each.grid.rows for cell in row]
    return " ".join([str(line) for each in sections for line in each.lines] + cells)


def test_a_card_says_what_the_model_was_made_of(made: tuple[KeptModel, Assessment]) -> None:
    model, found = made
    text = words(card(model, found))
    for part in (
        "trees = 7",
        "recipe “default”",
        f"Rows to learn from: {len(model.columns) and model.training.train_rows:,}",
        "Seed: 42.",
        model.training.sha256,
        f"lightgbm {model.libraries['lightgbm']}",
        "female",
    ):
        assert part in text
    assert str(title(model)) == "Model card: Gradient boosting for “need”"


def test_its_scores_are_those_of_the_assessment_with_the_spread_over_folds(
    made: tuple[KeptModel, Assessment],
) -> None:
    model, found = made
    grid = next(each.grid for each in card(model, found) if str(each.title) == "How good it is")
    assert isinstance(grid, Grid) and found.cross_validation is not None
    row = next(row for row in grid.rows if str(row[0]) == "ROC AUC")
    assert row[1] == f"{found.scores.roc_auc:.3f}"
    assert row[-1].startswith(f"{found.cross_validation.mean.roc_auc:.3f} ± ")
    alone = next(each.grid for each in card(model) if str(each.title) == "How good it is")
    assert alone is not None and len(alone.head) == 2


def test_a_model_that_is_no_better_than_the_majority_is_said_to_be_so() -> None:
    draw = np.random.default_rng(0)
    table = as_table(patients(300).assign(need=(draw.random(300) < 0.1).astype(int)))
    kept: list[KeptModel] = []
    assess(
        table,
        recipe_named("default"),
        ModelChoice("logistic"),
        cross_validate=False,
        keep=lambda trained: kept.append(keep_model(trained, table)),
    )
    assert "No better than always giving the majority answer" in words(card(kept[0]))


def test_limits_hold_every_warning_and_the_few_test_rows(made: tuple[KeptModel, Assessment]) -> None:
    model, found = made
    text = words(card(model, found))
    assert all(str(each) in text for each in found.warnings)
    assert "Tested on" in text and "the scores are uncertain" in text
    large, other = assessed(1200)
    assert "the scores are uncertain" not in words(card(large, other))


def test_repeated_patients_are_said_only_where_there_are_some(made: tuple[KeptModel, Assessment]) -> None:
    assert "Patients repeat" not in words(card(*made))
    assert "Patients repeat" in words(card(*assessed(patient="patient id")))


def test_further_sections_stand_between_the_scores_and_the_limits(made: tuple[KeptModel, Assessment]) -> None:
    groups = Section(sentence("By group"))
    titles = [str(each.title) for each in card(*made, further=[groups])]
    assert titles.index("How good it is") < titles.index("By group") < titles.index("Limits")

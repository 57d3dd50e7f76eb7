import numpy as np
import pytest
from sklearn.svm import LinearSVC

from medalloc.need.models import newton_svc
from medalloc.need.models.newton_svc import NewtonSVC

DRAW = np.random.default_rng(4)


def problem(rows: int, columns: int, noise: float) -> tuple[np.ndarray, np.ndarray]:
    matrix = DRAW.normal(size=(rows, columns))
    return matrix, (matrix[:, 0] + 0.5 * matrix[:, 1] - 0.3 + noise * DRAW.normal(size=rows) > 0).astype(int)


@pytest.mark.parametrize("cost", [0.001, 1.0, 100.0])
@pytest.mark.parametrize("noise", [0.1, 2.0])
def test_it_finds_the_answer_of_liblinear(cost: float, noise: float) -> None:
    matrix, need = problem(800, 12, noise)
    slow = LinearSVC(C=cost, dual=False, tol=1e-9, max_iter=100_000).fit(matrix, need)
    fast = NewtonSVC(C=cost).fit(matrix, need)
    np.testing.assert_allclose(fast.decision_function(matrix), slow.decision_function(matrix), rtol=0.02, atol=0.01)


def test_starting_on_some_rows_and_bending_by_some_leads_to_the_same_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    matrix, need = problem(4000, 8, 1.0)
    whole = NewtonSVC().fit(matrix, need)
    monkeypatch.setattr(newton_svc, "START_ROWS", 300)
    monkeypatch.setattr(newton_svc, "CURVED_ROWS", 500)
    part = NewtonSVC().fit(matrix.astype(np.float32), need)
    assert part.n_iter_ < newton_svc.MOST_STEPS
    np.testing.assert_allclose(part.coef_, whole.coef_, atol=2e-3)


def test_rows_that_can_be_separated_and_constant_columns_are_no_trouble() -> None:
    matrix, need = problem(300, 3, 0.0)
    matrix[:, 2] = 1.0
    model = NewtonSVC().fit(matrix, need)
    assert np.isfinite(model.coef_).all()
    assert (model.predict(matrix) == need).mean() > 0.97


def test_the_parameters_survive_a_clone() -> None:
    from sklearn.base import clone

    assert clone(NewtonSVC(C=3.0)).C == 3.0

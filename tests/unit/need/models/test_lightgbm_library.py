import lightgbm
import numpy as np
import pytest

from medalloc.need.models.lightgbm_library import Booster, LightGBMError, library

PARAMETERS = {
    "objective": "binary",
    "num_threads": 1,
    "verbosity": -1,
    "seed": 3,
    "deterministic": "true",
    "force_row_wise": "true",
    "num_leaves": 7,
    "min_data_in_leaf": 20,
}


def rows(count: int = 3000) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(5)
    matrix = draw.normal(size=(count, 5)).astype(np.float32)
    matrix[:, 3] = matrix[:, 3] > 1.5
    matrix[draw.random(count) < 0.1, 4] = np.nan
    need = (matrix[:, 0] + matrix[:, 3] + draw.normal(size=count) > 0).astype(np.float32)
    return matrix, need


def blocks(matrix: np.ndarray, size: int) -> list[tuple[int, np.ndarray]]:
    return [(start, matrix[start : start + size]) for start in range(0, len(matrix), size)]


def booster(size: int = 1000, **changes: object) -> Booster:
    matrix, need = rows()
    return Booster(blocks(matrix, size), matrix, need, {**PARAMETERS, **changes}, rounds=20)


def test_trees_are_those_of_lightgbms_own_package() -> None:
    matrix, need = rows()
    theirs = lightgbm.train(dict(PARAMETERS), lightgbm.Dataset(matrix, need), 20)
    ours = booster()
    np.testing.assert_allclose(ours.margin(matrix), theirs.predict(matrix, raw_score=True), atol=1e-12)
    np.testing.assert_allclose(ours.gain(), theirs.feature_importance("gain"), rtol=1e-6)
    np.testing.assert_allclose(
        ours.contributions(matrix[:50]), theirs.predict(matrix[:50], pred_contrib=True), atol=1e-9
    )


def test_contributions_add_up_to_the_margin() -> None:
    matrix, _ = rows()
    ours = booster()
    np.testing.assert_allclose(ours.contributions(matrix[:100]).sum(axis=1), ours.margin(matrix[:100]), atol=1e-9)


def test_the_size_of_blocks_changes_nothing() -> None:
    matrix, _ = rows()
    np.testing.assert_array_equal(booster(size=7).margin(matrix), booster(size=3000).margin(matrix))


def test_no_rows_give_no_predictions() -> None:
    assert booster().margin(np.empty((0, 5), dtype=np.float32)).shape == (0,)


def test_what_the_library_refuses_is_an_error_in_its_words() -> None:
    with pytest.raises(LightGBMError, match="num_leaves"):
        booster(num_leaves=1)


def test_the_library_is_loaded_once() -> None:
    assert library() is library() is not None

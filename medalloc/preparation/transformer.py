"""A recipe as a scikit-learn transformer, for pipelines outside medalloc."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.pipeline import Pipeline
from sklearn.utils.validation import check_is_fitted, validate_data

from medalloc.errors import InputError
from medalloc.preparation.encoding import EncodedColumn, encode
from medalloc.preparation.fitting import fit_recipe
from medalloc.preparation.recipe import DEFAULT, Recipe
from medalloc.sentences import sentence


class RecipeTransformer(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Fit a recipe and turn a table into a matrix.

    Recipes that leave out rows are refused: a transformer must return the rows it was given.

    Parameters
    ----------
    recipe : Recipe, optional
        What to do; the default recipe when left out.

    Examples
    --------
    >>> frame = pd.DataFrame({"age": [40.0, None, 60.0], "gender": ["male", "female", "male"]})
    >>> made = RecipeTransformer().fit_transform(frame)
    >>> made.shape, made.dtype.name
    ((3, 4), 'float32')
    """

    def __init__(self, recipe: Recipe | None = None) -> None:
        self.recipe = recipe

    def fit(self, X: Any, y: object = None) -> "RecipeTransformer":  # noqa: ARG002, N803
        """Learn from a table.

        Raises
        ------
        InputError
            If the recipe leaves out rows, or cannot be done to this table.
        """
        recipe = self.recipe or DEFAULT
        if any(step.name == "drop_missing_rows" for step in recipe.steps):
            raise InputError(
                sentence(
                    "Recipe “{recipe}” leaves out rows; leave them out before the pipeline and remove "
                    "drop_missing_rows.",
                    recipe=recipe.name,
                )
            )
        encoded = self._encoded(X, reset=True)
        self.fitted_ = fit_recipe(recipe, encoded, np.arange(len(encoded[0].values)))
        return self

    def transform(self, X: Any) -> NDArray[np.float32]:  # noqa: N803
        """Return the prepared rows, shape (rows, prepared columns)."""
        check_is_fitted(self)
        encoded = self._encoded(X, reset=False)
        return self.fitted_.matrix(encoded, np.arange(len(encoded[0].values)))

    def get_feature_names_out(self, input_features: object = None) -> NDArray[np.object_]:  # noqa: ARG002
        """Return the names of the prepared columns."""
        check_is_fitted(self)
        return np.array([column.name for column in self.fitted_.columns], dtype=object)

    def __sklearn_tags__(self) -> Any:
        """Say what it accepts: missing values and text."""
        tags = super().__sklearn_tags__()
        tags.input_tags.allow_nan = True
        tags.input_tags.string = True
        tags.input_tags.categorical = True
        tags.transformer_tags.preserves_dtype = []
        return tags

    def _encoded(self, table: Any, *, reset: bool) -> tuple[EncodedColumn, ...]:
        if isinstance(table, pd.DataFrame):
            validate_data(self, table, reset=reset, skip_check_array=True)
            frame = table if len(table) and len(table.columns) else _checked(self, table, reset=reset)
        else:
            frame = _checked(self, table, reset=reset)
        return encode(frame, list(frame.columns))


def _checked(transformer: RecipeTransformer, table: Any, *, reset: bool) -> pd.DataFrame:
    array = validate_data(transformer, table, reset=reset, dtype=None, ensure_all_finite="allow-nan")
    frame = pd.DataFrame(array, columns=[f"x{place}" for place in range(array.shape[1])])
    return frame.infer_objects()


def pipeline(recipe: Recipe, estimator: Any) -> Pipeline:
    """Return a scikit-learn pipeline that prepares a table by a recipe and hands it to an estimator."""
    return Pipeline([("recipe", RecipeTransformer(recipe)), ("model", estimator)])

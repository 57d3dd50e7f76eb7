"""One fixed colour for each model and policy on every screen, one scale for "how much"; light and dark."""

from typing import Literal

import streamlit as st

from medalloc.allocation.policy import kind_of
from medalloc.colours import ACCENT, DIVERGING, LAND, OUTLINE, QUIET, SEQUENTIAL, TEXT

__all__ = ["ACCENT", "DIVERGING", "LAND", "OUTLINE", "QUIET", "SEQUENTIAL", "TEXT"]

# of each the colour on a light page and that on a dark one
MODELS = {
    "logistic": ("#6c7a7c", "#9aa7aa"),
    "linear-svm": ("#4f5fae", "#a3b0f2"),
    "svm": ("#8a5a9e", "#c79bdc"),
    "forest": ("#6b6f2a", "#c4c86e"),
    "forest-article": ("#c96a12", "#f0a35e"),
    "boosting": ("#0b6b6b", "#5cbcb6"),
    "mlp": ("#a3365f", "#ee8fb2"),
    "cnn": ("#2a78b5", "#7db9e8"),
}
FORECASTERS = {
    "naive": ("#6c7a7c", "#9aa7aa"),
    "seasonal": ("#8a5a9e", "#c79bdc"),
    "damped": ("#7a5230", "#d3a98c"),
    "ets": ("#4f5fae", "#a3b0f2"),
    "theta": ("#3c7a38", "#8fc98a"),
    "median": ("#2d3a3c", "#e4e8e6"),
    "ridge": ("#6b6f2a", "#c4c86e"),
    "boosting": ("#0b6b6b", "#5cbcb6"),
    "mean": ("#8f2d2d", "#f2a0a0"),
    "cnn": ("#2a78b5", "#7db9e8"),
    "rnn": ("#c96a12", "#f0a35e"),
    "lstm": ("#a3365f", "#ee8fb2"),
}
FOR_FUTURES = {"sample-average": ("#2a78b5", "#7db9e8"), "cautious": ("#c96a12", "#f0a35e")}
"""Plans made for many futures at once stand beside the policies, each of which says its own."""


def shade() -> str:
    """Return whether the visitor's page is light or dark."""
    return "dark" if st.context.theme.type == "dark" else "light"


def model(kind: str) -> str:
    """Return the colour of a model."""
    return _shaded(MODELS[kind])


def forecaster(name: str) -> str:
    """Return the colour of a forecaster."""
    return _shaded(FORECASTERS[name])


def policy(text: str) -> str:
    """Return the colour of a policy; alpha-fair has one, whatever its alpha."""
    return _shaded(FOR_FUTURES[text] if text in FOR_FUTURES else kind_of(text).colour)


def _shaded(colour: tuple[str, str]) -> str:
    return colour[shade() == "dark"]


def main_button() -> Literal["primary"]:
    """Return the kind of a screen's main button; the style sheet sees that it can be read on a dark page too."""
    return "primary"

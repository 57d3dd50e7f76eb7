"""One fixed colour for each model and policy on every screen, one scale for "how much"; light and dark."""

from typing import Literal

import streamlit as st

from medalloc.allocation.policy import kind_of

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
    "cnn": ("#2a78b5", "#7db9e8"),
    "rnn": ("#c96a12", "#f0a35e"),
    "lstm": ("#a3365f", "#ee8fb2"),
}
FOR_FUTURES = {"sample-average": ("#2a78b5", "#7db9e8"), "cautious": ("#c96a12", "#f0a35e")}
"""Plans made for many futures at once stand beside the policies, each of which says its own."""
ACCENT = {"light": "#0b6b6b", "dark": "#5cbcb6"}
QUIET = {"light": "#7d898b", "dark": "#9aa7aa"}
LAND = {"light": "#e9eeee", "dark": "#243034"}
OUTLINE = {"light": "#ffffff", "dark": "#12191b"}
TEXT = {"light": "#1c2526", "dark": "#e8eeee"}
# cividis; the end that means "much" stands out from the page
SEQUENTIAL = {
    "light": ["#f3e26a", "#cdbb64", "#a69d75", "#828079", "#5f6470", "#33486d", "#00224e"],
    "dark": ["#2b446e", "#56617a", "#7c7b78", "#9c9475", "#bfae6b", "#dfca58", "#fdea45"],
}

# orange goes, blue comes, grey is as it was; as the theme's own diverging colours
DIVERGING = {
    "light": ["#954a06", "#c96a12", "#e49a53", "#dfe0e0", "#6a9bcb", "#2f6fb3", "#0b4a8f"],
    "dark": ["#f6c08a", "#e49a53", "#b5712a", "#3a464d", "#4a7bb0", "#6a9bcb", "#8fc3ee"],
}


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


def main_button() -> Literal["primary", "secondary"]:
    """Return the kind of a screen's main button; white on the light teal of a dark page could not be read."""
    return "secondary" if shade() == "dark" else "primary"

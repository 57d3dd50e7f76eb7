"""Colours of screens and of print: one accent, greys for what is no data, scales for how much and for change."""

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

"""Why does it work? The founding article step by step."""

from medalloc.ui.kit import layout
from medalloc.ui.kit.words import _
from medalloc.ui.learn import steps

layout.opening(_("Learn"), steps.in_one_sentence())
with layout.failures_as_sentences():
    steps.choose()
with layout.failures_as_sentences():
    steps.chosen().lesson()
with layout.failures_as_sentences():
    layout.glossary("roc auc", "log loss", "support vector", "residual", "learning rate")
    steps.onward()

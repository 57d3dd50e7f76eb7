"""Where the visitor is, and what can be done from here."""

from medalloc.ui import home
from medalloc.ui.kit import layout
from medalloc.ui.kit.words import _

layout.opening("medalloc", home.in_one_sentence())
with layout.failures_as_sentences():
    home.current_plan()
    home.begin()
    home.path_in_words()
    layout.in_detail(_("What happens to my data?"), home.about_data())

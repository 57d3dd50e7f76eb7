"""Why anybody should believe the numbers."""

from medalloc.ui import check
from medalloc.ui.kit import layout
from medalloc.ui.kit.words import _

layout.opening(_("Check us"), check.in_one_sentence())
check.table()
layout.in_detail(_("How to check without a browser"), check.without_a_browser())

"""What errors in amounts are weighed by: an option that the table decides, not the visitor."""

from medalloc.need.models.options import Parameter, TextOption
from medalloc.sentences import sentence

FAMILIES = ("poisson", "gamma", "squared")
"""Errors weighed as those of counts, of amounts above 0, of any numbers."""

FAMILY_PARAMETER = Parameter(
    TextOption(FAMILIES, default="poisson"),
    sentence("Errors weighed as"),
    sentence("Counts err with their mean (poisson), amounts in proportion to it (gamma), any numbers alike (squared)."),
    searched=False,
)

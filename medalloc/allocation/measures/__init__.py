"""How unequal is it? Measures of a distribution, each with its formula, its extremes and its convention stated.

All are weighted by persons and follow the 1/n convention: a population counted twice is as unequal as counted once.
Everyone having nothing, nobody being there and a single group are perfectly equal, by decision; so a level belongs
beside every measure.
"""

from medalloc.allocation.measures.by_rank import concentration_index, erreygers_index, fractional_rank
from medalloc.allocation.measures.entropy import TheilParts, mean_log_deviation, theil, theil_by_group
from medalloc.allocation.measures.levels import group_means, lowest_over_highest, share_below
from medalloc.allocation.measures.lorenz import gini, palma, top_and_bottom
from medalloc.allocation.measures.welfare import atkinson, equal_share_level

__all__ = [
    "TheilParts",
    "atkinson",
    "concentration_index",
    "equal_share_level",
    "erreygers_index",
    "fractional_rank",
    "gini",
    "group_means",
    "lowest_over_highest",
    "mean_log_deviation",
    "palma",
    "share_below",
    "theil",
    "theil_by_group",
    "top_and_bottom",
]

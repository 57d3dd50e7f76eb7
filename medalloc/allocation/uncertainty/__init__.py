"""What if demand is not what was expected? Sampled futures, plans made for all of them, and how any plan fares."""

from medalloc.allocation.uncertainty.answer import futures_json
from medalloc.allocation.uncertainty.cautious import cautious
from medalloc.allocation.uncertainty.fragility import fragile_regions
from medalloc.allocation.uncertainty.futures import Futures
from medalloc.allocation.uncertainty.futures_table import futures_from_table
from medalloc.allocation.uncertainty.newsvendor import newsvendor
from medalloc.allocation.uncertainty.plan import FuturesPlan
from medalloc.allocation.uncertainty.robustness import Robustness, robustness
from medalloc.allocation.uncertainty.sample_average import sample_average
from medalloc.allocation.uncertainty.served import served_in, tail_mean
from medalloc.allocation.uncertainty.spread import spread_futures

__all__ = [
    "Futures",
    "FuturesPlan",
    "Robustness",
    "cautious",
    "fragile_regions",
    "futures_from_table",
    "futures_json",
    "newsvendor",
    "robustness",
    "sample_average",
    "served_in",
    "spread_futures",
    "tail_mean",
]

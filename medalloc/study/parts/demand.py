"""Where demand comes from."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal


@dataclass(frozen=True)
class Demand:
    """What demand comes from, and how it is summed, forecast or set by hand."""

    demand_from: Literal["patients", "counts"] = "patients"
    """What demand comes from where both are possible."""

    regions_file: str | None = None
    """Sample or file with population and existing units of the regions of a patient table."""

    regions_name: str = ""
    """What that file is called."""

    regions_roles: Mapping[str, str] = field(default_factory=dict)
    """Roles of its columns that differ from the suggested ones, by column."""

    scale_to_population: bool = True
    """Whether patients stand for the whole population of their region."""

    population_file: str | None = None
    """File with the population by region, age band and sex."""

    population_name: str = ""
    """What that file is called."""

    patients_anew: bool = False
    """Whether intervals hold the luck of who came as a patient, too."""

    know_regions: bool = True
    """Whether observed need moves the probabilities of a region beyond what features say."""

    period_days: float = 365.0
    """Length of the period that the patients' demand is for. [days]"""

    counts_file: str | None = None
    """Sample or file with counts over time; None for the table in use."""

    counts_name: str = ""
    """What that file is called."""

    counts_roles: Mapping[str, str] = field(default_factory=dict)
    """Roles of its columns that differ from the suggested ones, by column; a feature is known in advance."""

    sum_rows: bool = False
    """Whether counts of one region and period that stand in several rows are summed, rather than refused."""

    counts_regions_file: str | None = None
    """File with population and existing units of the regions that are counted."""

    counts_regions_name: str = ""
    """What that file is called."""

    counted: str = ""
    """What is counted, in the plural; empty for "cases"."""

    forecast_horizon: int = 4
    """Periods to look ahead. [periods]"""

    forecast_models: tuple[str, ...] = ("auto",)
    """Forecasters to compare."""

    forecast_optimizer: str = "adam"
    """How networks go down the gradient: ``gd``, ``sgd`` or ``adam``."""

    forecast_seeds: int = 3
    """Times that a network learns. [count]"""

    forecast_seed: int = 0
    """The first of these seeds."""

    forecast_period: int = 0
    """Period ahead that is planned for, the first being 1; 0 for the sum over all. [periods]"""

    forecast_by_hand: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Regions whose sum over all periods was set by hand: ``value``, ``reason``, ``first`` and ``last`` day on which
    one of these periods begins, by region."""

    conversions: tuple[Mapping[str, Any], ...] | None = None
    """How persons become units, one a resource; None for examples."""

"""What a visitor can choose for a forecast of counts: part of everything they have chosen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class DemandChoices:
    """Choices of the part of the Demand screen that forecasts counts."""

    demand_from: str = "patients"
    """What demand comes from where both are possible: ``patients`` or ``counts``."""

    counts_file: str | None = None
    """Sample, or SHA-256 of an upload, with counts taken in on the Demand screen; None for the table in use."""

    counts_name: str = ""
    """What that file is called."""

    counts_regions_file: str | None = None
    """SHA-256 of an upload with population and existing units of the regions that are counted."""

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

    forecast_run: str | None = None
    """The run that forecasts."""

    forecast_run_of: str = ""
    """Fingerprint of what that run was given."""

    forecast_run_table: str = ""
    """Fingerprint of the counts it was given."""

    forecast_before: str | None = None
    """The last run with other counts, that the present one is compared with."""

    forecast_period: int = 0
    """Period ahead that is shown and planned for, the first being 1; 0 for the sum over all. [periods]"""

    forecast_by_hand: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    """Regions whose sum over all periods was set by hand: ``value``, ``reason``, ``first`` and ``last`` day on which
    one of these periods begins, by region."""

    forecast_region: str = ""
    """Region that is looked at."""

    forecast_ahead: int = 1
    """How many periods before, when past forecasts are looked at. [periods]"""

    forecast_picture: str = "expected"
    """What the map shows: ``expected`` or ``change``."""

    conversions: tuple[Mapping[str, Any], ...] | None = None
    """How persons become units, one a resource; None for examples."""

    period_days: float = 365.0
    """Length of the period that the patients' demand is for. [days]"""

    patients_anew: bool = False
    """Whether intervals hold the luck of who came as a patient, too."""

    population_file: str | None = None
    """SHA-256 of an upload with the population by region, age band and sex."""

    population_name: str = ""
    """What that file is called."""

    forecast_measure: str = "mase"
    """Measure by which forecasters are compared by horizon: ``mase``, ``wape`` or ``pinball``."""

"""What can be chosen on the way from a table to a what-if: one dataclass for each part of the story.

Names of fields are unique over all parts: a step asks for what it needs by name.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from medalloc.allocation.policy import MOST_SERVED
from medalloc.tables.summary_rows import SummaryRows


@dataclass(frozen=True)
class Data:
    """Which table, how it is read, what its columns are for, and what is repaired."""

    file: str | None = None
    """Name of a sample, or SHA-256 of a file."""

    file_name: str = ""
    """What the file is called."""

    encoding: str | None = None
    """Text encoding; None to recognise it."""

    delimiter: str | None = None
    """Separator; None to recognise it."""

    sheet: str | None = None
    """Worksheet; None for the first visible one with a table."""

    header_row: int | None = None
    """Line of the names of the columns, from 1; 0 for none, None to recognise it."""

    blanks: tuple[str, ...] = ()
    """Words that mean blank in every column, such as NA."""

    decimal: Literal[".", ","] | None = None
    """Decimal sign of numbers; None to recognise it."""

    shape: str = "auto"
    """Known shape that the file has: its name, ``auto`` to recognise it, ``none``, or ``own`` for the one below."""

    own_shape: Mapping[str, Any] | None = None
    """A shape that somebody wrote, as JSON."""

    files_beside: tuple[tuple[str, str], ...] = ()
    """Files that belong to the table, such as names of organisation units, as (file, what it is called)."""

    roles: Mapping[str, str] = field(default_factory=dict)
    """Roles that differ from the suggested ones, by column."""

    need_is: tuple[str, ...] = ()
    """Answers in the column of need that mean need; none where the words themselves say it."""

    need_as: Literal["auto", "answers", "counts", "amounts", "numbers"] = "auto"
    """What the column of need holds; ``auto`` where its cells say it."""

    need_unit: str = ""
    """What amounts of need are counted in, in the plural; the column's name where empty."""

    repairs: tuple[tuple[str, str | None], ...] = ()
    """Accepted repairs as (kind, column)."""

    summary_rows: SummaryRows = "auto"
    """What is done with rows that are sums of others."""

    region_level: int = 0
    """Which regions of a hierarchy are planned for: 0 for the smallest, 1 for the sums of these, and so on."""

    boundary_set: str = "auto"
    """What maps are drawn from: a set that ships by its name, ``auto`` for the file below or else the set that knows
    most regions, ``none``."""

    boundaries_file: str | None = None
    """File with boundaries of the regions."""

    boundaries_name: str = ""
    """What that file is called."""

    boundaries_column: str | None = None
    """Column with names or codes of the regions in it; None for the one that knows most."""

    boundary_of: Mapping[str, str] = field(default_factory=dict)
    """Name of a boundary, nothing for none, by region; where it is not the one that is found."""


@dataclass(frozen=True)
class Preparation:
    """How the table is cleaned."""

    recipe: Mapping[str, Any] | None = None
    """Preparation as JSON; None for the default."""


@dataclass(frozen=True)
class Need:
    """Which models learn who will need care, and which one is believed."""

    models: tuple[str, ...] = ("logistic", "boosting")
    """Models to train; the baseline is trained with them."""

    model_options: Mapping[str, Mapping[str, float | str]] = field(default_factory=dict)
    """Options of models that differ from the usual ones, by kind of model."""

    seed: int = 42
    """Seed of everything random."""

    calibration: str = "auto"
    """Shape of the curve that makes probabilities true: ``auto``, ``isotonic`` or ``sigmoid``."""

    model: str | None = None
    """Model whose probabilities make the demand; None for the one that the comparison chooses."""

    search_model: str = "boosting"
    """Model whose options are searched."""

    search_seconds: int = 60
    """Budget of a search. [s]"""


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


@dataclass(frozen=True)
class Limits:
    """What there is to place, within which limits, and what "best" means."""

    resources: tuple[Mapping[str, Any], ...] | None = None
    """Rows of the resource table; None for the suggested ones."""

    region_changes: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    """Numbers that hold instead of the region table's, by region and role; None takes a limit away."""

    budget: float | None = None
    """Money for placed units; None when it is no limit. [money]"""

    floor: float = 0.0
    """Coverage that every region must reach. [fraction]"""

    time_limit: float | None = None
    """Seconds after which the best plan so far counts; None limits the work instead, so that a plan repeats. [s]"""

    policy: str = MOST_SERVED
    """What "best" means; an alpha-fair one goes with the number below."""

    alpha: float = 2.0
    """How much more the worst-off count, when the policy is alpha-fair. [1]"""

    target_wait: float = 4.0
    """Longest acceptable wait. [hours]"""

    service_level: int = 95
    """Share of arrivals that wait no longer than that. [percent]"""

    equity_by: str | None = None
    """Column of the table of regions by which coverage is compared; None for none."""


@dataclass(frozen=True)
class WhatIf:
    """What is tried: another world, an epidemic, many futures."""

    demand_change: int = 0
    """Change of demand. [percent]"""

    stock_change: int = 0
    """Change of every stock. [percent]"""

    budget_change: int = 0
    """Change of the budget. [percent]"""

    floor_change: int = 0
    """Change of the floor. [percentage points]"""

    changes: tuple[Mapping[str, Any], ...] = ()
    """Further changes, each as a scenario writes it."""

    scenarios: tuple[Mapping[str, Any], ...] = ()
    """Scenarios that were kept by name, each a list of changes to the base."""

    promises: tuple[str, ...] = ()
    """What the plan must keep, such as ``coverage of Kono >= 60%``."""

    epidemic_on: bool = False
    """Whether an epidemic comes on top of demand."""

    epidemic_population: float | None = None
    """Who lives where it spreads; None for everybody in the regions. [persons]"""

    epidemic_today: float = 20.0
    """Who is in hospital because of it today. [persons]"""

    epidemic_doubling: float = 4.0
    """Time in which the infected double while contacts are as usual. [days]"""

    epidemic_reduction: int = 30
    """Contacts that no longer take place. [percent]"""

    epidemic_rate: float = 2.5
    """Infected who are admitted. [percent]"""

    epidemic_stay: int = 7
    """Length of stay in hospital. [days]"""

    epidemic_days: int = 100
    """How far ahead is looked. [days]"""

    epidemic_base: float | None = None
    """Who is in hospital on an ordinary day; None while nobody has said so. [persons]"""

    epidemic_by: Literal["peak", "mean"] = "peak"
    """Whether demand grows as on the worst day, or as on average."""

    futures_from: Literal["demand", "forecast", "spread", "file"] = "demand"
    """Where sampled futures come from: the demand's own uncertainty, the forecast's, as stated below, or a file."""

    futures_cv: int = 30
    """Standard deviation over mean of every region's demand. [percent]"""

    futures_common: int = 50
    """How far all regions move together. [percent]"""

    futures_count: int = 200
    """Number of futures. [count]"""

    futures_seed: int = 1
    """Seed of the futures."""

    futures_file: str | None = None
    """File with sampled futures."""

    futures_name: str = ""
    """What that file is called."""


@dataclass(frozen=True)
class Priority:
    """Who is first among patients who wait."""

    priority_rule: Mapping[str, Any] | None = None
    """Rule as JSON; None for the suggested one."""

    other_rule: Mapping[str, Any] | None = None
    """Rule that it is held against, as JSON; None for a lottery among all."""

    units_given: int | None = None
    """Units to give; None for those of the first resource that is placed, or for a tenth of those who wait. [units]"""

    overrides: tuple[Mapping[str, Any], ...] = ()
    """What people decided otherwise: ``patient``, ``decision`` and ``reason`` of each."""

    facilities_file: str | None = None
    """Sample or file with the facilities that patients can go to; None where nobody goes anywhere."""

    facilities_name: str = ""
    """What that file is called."""

    longest_way: float | None = None
    """Longest way that is asked of a patient, in the unit of the ways; None for no limit."""

    fairness_group: str = ""
    """Column of groups that are compared; empty for a first guess."""

    need_label: str = ""
    """Column that says how much each needs it; empty for a first guess."""

    cost_label: str = ""
    """Column that says what each used or cost; empty for a first guess."""

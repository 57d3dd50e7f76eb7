"""Everything a visitor can choose, as JSON-able data."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from medalloc.ui.demand.choices import DemandChoices
from medalloc.ui.learn.choices import LearnChoices
from medalloc.ui.what_if.epidemic_choices import EpidemicChoices


@dataclass(frozen=True)
class Choices(DemandChoices, EpidemicChoices, LearnChoices):
    """What a visitor has chosen so far."""

    language: str = "en"
    """Language of the screens."""

    sample: str = "patients_rand_hie.csv"
    """Sample that is looked at, before it is used."""

    file: str | None = None
    """Name of a sample, or SHA-256 of an upload."""

    file_name: str = ""
    """What the file is called."""

    encoding: str | None = None
    """Text encoding, when the visitor decides it."""

    delimiter: str | None = None
    """Separator, when the visitor decides it."""

    sheet: str | None = None
    """Worksheet, when the visitor decides it."""

    roles: Mapping[str, str] = field(default_factory=dict)
    """Roles that differ from the suggested ones, by column."""

    repairs: tuple[tuple[str, str | None], ...] = ()
    """Accepted repairs as (kind, column)."""

    regions_file: str | None = None
    """Sample or upload with population and existing units of the regions of a patient table."""

    regions_name: str = ""
    """What that file is called."""

    recipe: Mapping[str, Any] | None = None
    """Preparation as JSON; None for the default."""

    recipe_before: tuple[Mapping[str, Any] | None, ...] = ()
    """Earlier recipes, newest last, for undo."""

    models: tuple[str, ...] = ("logistic", "boosting")
    """Models to train."""

    model_options: Mapping[str, Mapping[str, float | str]] = field(default_factory=dict)
    """Options of models that differ from the usual ones, by kind of model."""

    seed: int = 42
    """Seed of everything random."""

    calibration: str = "auto"
    """Shape of the curve that makes probabilities true: ``auto``, ``isotonic`` or ``sigmoid``."""

    run: str | None = None
    """The training run."""

    run_of: str = ""
    """Fingerprint of what the run was given."""

    model: str | None = None
    """Model whose probabilities make the demand; None for the best one."""

    need_part: str = "quality"
    """What is looked at of the chosen model."""

    threshold: float = 0.5
    """Probability from which a patient counts as in need."""

    effect_of: str = ""
    """Column whose effect on the probability is shown."""

    effect_centred: bool = False
    """Whether single curves start at 0."""

    patient: str = ""
    """Held-out row that is explained, as text."""

    patient_changes: Mapping[str, Any] = field(default_factory=dict)
    """Values tried on a patient: ``of`` whom, ``round`` (how often they were taken back), ``values`` by column."""

    changeable: tuple[str, ...] | None = None
    """Columns whose value a patient can change; None for a first guess."""

    group_by: str = ""
    """Column whose groups are compared."""

    group_corrected: str = ""
    """Group whose need is taken as observed instead of as predicted."""
    cost_missed: float = 1.0
    """Cost of a need that is missed, in any unit. [cost/patient]"""

    cost_false: float = 1.0
    """Cost of a need that is called in error, in the same unit. [cost/patient]"""

    search_model: str = "boosting"
    """Model whose options are searched."""

    search_seconds: int = 60
    """Budget of a search. [s]"""

    search_run: str | None = None
    """The run that searches options."""

    search_run_of: str = ""
    """Fingerprint of what that run was given."""

    scale_to_population: bool = True
    """Whether patients stand for the whole population of their region."""

    resources: tuple[Mapping[str, Any], ...] | None = None
    """Rows of the resource table; None for the suggested ones."""

    region_changes: Mapping[str, Mapping[str, float | None]] = field(default_factory=dict)
    """Numbers that hold instead of the region table's, by region and role; None takes a limit away."""

    budget: float | None = None
    """Money for placed units; None when it is no limit. [money]"""

    floor: int = 0
    """Coverage that every region must reach. [percent]"""

    policy: str = "most-served"
    """What "best" means; ``alpha`` goes with the number below."""

    alpha: float = 2.0
    """How much more the worst-off count, when the policy is alpha-fair. [1]"""

    picture: str = "coverage"
    """What the map shows."""

    queue: str = ""
    """Resource whose queue is shown; only asked where people queue for several."""

    target_wait: float = 4.0
    """Longest acceptable wait. [hours]"""

    service_level: int = 95
    """Who shall wait no longer than that, of those who arrive. [percent]"""

    list_referrals: float = 30.0
    """Waiting list: who joins it. [persons/week]"""

    list_size: float = 1200.0
    """Waiting list: who is on it now. [persons]"""

    list_target: float = 52.0
    """Waiting list: wait within which people shall be seen. [weeks]"""

    list_weeks: float = 26.0
    """Waiting list: time until it shall have its target size. [weeks]"""

    list_wait: float = 40.0
    """Waiting list: mean wait now. [weeks]"""

    demand_change: int = 0
    """What-if: change of demand. [percent]"""

    stock_change: int = 0
    """What-if: change of every stock. [percent]"""

    budget_change: int = 0
    """What-if: change of the budget. [percent]"""

    floor_change: int = 0
    """What-if: change of the floor. [percentage points]"""

    futures_from: str = "demand"
    """Where sampled futures come from: ``demand`` (its own uncertainty), ``spread`` (as stated below) or ``file``."""

    futures_cv: int = 30
    """Standard deviation over mean of every region's demand. [percent]"""

    futures_common: int = 50
    """How far all regions move together. [percent]"""

    futures_count: int = 200
    """Number of futures. [count]"""

    futures_seed: int = 1
    """Seed of the futures."""

    futures_file: str | None = None
    """SHA-256 of an upload with sampled futures."""

    futures_name: str = ""
    """What that file is called."""

    futures_run: str | None = None
    """The run that holds plans against the futures."""

    futures_run_of: str = ""
    """Fingerprint of what that run was given."""

    kept_model: str | None = None
    """SHA-256 of an upload with a kept model; None for the one trained here."""

    kept_model_name: str = ""
    """What that file is called."""

    scored_file: str | None = None
    """SHA-256 of an upload that a model is applied to."""

    scored_name: str = ""
    """What that file is called."""

    scored_region: str = ""
    """Column of that file by which need is summed; nothing for none."""

"""What the screens remember of a visitor that changes no answer: what is looked at, and how."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from medalloc.scenarios.looking import Looked


@dataclass(frozen=True)
class Look:
    """What a visitor looks at."""

    language: str = "en"
    """Language of the screens."""

    sample: str = "patients_rand_hie.csv"
    """Sample that is looked at, before it is used."""

    story: str = ""
    """Which of the plans to begin with is being opened; nothing when none is."""

    recipe_before: tuple[Mapping[str, Any] | None, ...] = ()
    """Earlier recipes, newest last, for undo."""

    recipe_after: tuple[Mapping[str, Any] | None, ...] = ()
    """Recipes that were taken back, the next one last, for redo."""

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

    forecast_region: str = ""
    """Region that is looked at."""

    forecast_ahead: int = 1
    """How many periods before, when past forecasts are looked at. [periods]"""

    forecast_picture: str = "expected"
    """What the map shows: ``expected`` or ``change``."""

    forecast_measure: str = "mase"
    """Measure by which forecasters are compared by horizon: ``mase``, ``wape`` or ``wis``."""

    picked: tuple[str, ...] = ()
    """Regions that tables and charts show; all where none is picked."""

    hub_weeks: str = ""
    """Which day of a week the dates of counts are, for a forecast hub: ``first`` or ``last``; nothing as it seems."""

    map_colours: str = "steps"
    """What each colour of a map stands for: ``steps`` of the same width, or ``ranks`` of as many regions."""

    tour: int = -2
    """Which card of the tour is shown, the first being 0; -2 before it began, -1 when it is over."""

    slide: int = 0
    """Which slide of the talk is shown, the first being 0."""

    plan_part: str = "who"
    """Which question about the plan a closer look answers."""

    changed_part: str = "resources"
    """What of a plan is changed: ``resources``, ``sources``, ``more``, ``regions`` or ``promises``."""

    what_if_view: str = "change"
    """What is looked at of What if: ``change``, ``compare`` or ``closer``."""

    closer_part: str = "hangs"
    """Which question a closer look asks."""

    scenarios_looked: Looked = field(default_factory=Looked)
    """What stood of the kept scenarios when they were last worked out, to tell what a changed base does to them."""

    picture: str = "coverage"
    """What the map of the plan shows."""

    live_played: int = 0
    """Periods of the counts that were played again. [periods]"""

    live_round: int = 0
    """How often they were begun anew; each has a board of moves of its own. [count]"""

    live_wall: bool = False
    """Whether the Live screen is a wall display."""

    live_looked: Mapping[str, Any] = field(default_factory=dict)
    """What stood on the Live screen when the visitor last said to have looked: ``at``, and ``stood`` by region."""

    queue: str = ""
    """Resource whose queue is shown; only asked where people queue for several."""

    report_language: str = ""
    """Language of the report; that of the screens where empty."""

    report_author: str = ""
    """Who answers for it."""

    report_parts: tuple[str, ...] = ()
    """Its parts; all where empty."""

    report_patients: bool = False
    """Whether the table of patients goes into its PDF."""

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

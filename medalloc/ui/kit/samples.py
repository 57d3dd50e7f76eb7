"""The tables a visitor can try without having one."""

from dataclasses import dataclass
from pathlib import Path

from medalloc.ui.kit.words import _

FOLDER = Path(__file__).parents[3] / "sample_data"


@dataclass(frozen=True)
class Sample:
    """One table that ships with medalloc."""

    file: str
    """File name inside `sample_data`."""

    regions: str | None = None
    """Table of the same regions with population and existing units."""

    facilities: str | None = None
    """Table of facilities that its patients can go to."""


SAMPLES = (
    Sample("patients_rand_hie.csv", regions="regions_rand_hie.csv"),
    Sample("patients_article.csv"),
    Sample("patients_nhanes.csv"),
    Sample("patients_peru_dengue.csv"),
    Sample("patients_waiting.csv", regions="regions_rand_hie.csv", facilities="facilities_waiting.csv"),
    Sample("regions_world.csv"),
    Sample("regions_china.csv"),
    Sample("regions_us_counties.csv"),
    Sample("weekly_taiwan_dengue.csv"),
)
DEFAULT = SAMPLES[0]
COUNTS = "weekly_boston_flu.csv"
"""Counts over time, taken in on the Demand screen."""

WAITING = "patients_waiting.csv"
"""Patients who wait, taken in on the Patients screen."""


def sample(file: str | None) -> Sample | None:
    """Return the sample in this file, or None."""
    return next((each for each in SAMPLES if each.file == file), None)


def title(file: str) -> str:
    """Return what a sample is called."""
    return {
        "patients_rand_hie.csv": _("Patients at six US sites (RAND Health Insurance Experiment)"),
        "patients_article.csv": _("The same patients, as the founding article prepares them"),
        "patients_nhanes.csv": _("Patients with gaps in their answers (NHANES 2017–18)"),
        "patients_peru_dengue.csv": _("Cases of dengue in 20 departments of Peru"),
        WAITING: _("300 patients waiting at the six sites, urgency and time waiting invented"),
        "regions_world.csv": _("Countries with their beds and physicians"),
        "regions_china.csv": _("Beds of nursing homes in the 31 provinces of mainland China, in Chinese"),
        "regions_us_counties.csv": _("All 3,142 US counties"),
        "weekly_taiwan_dengue.csv": _("Weekly cases of dengue in 22 counties and cities of Taiwan"),
        COUNTS: _("Weekly visits for influenza in 14 neighbourhoods of Boston"),
    }[file]


def caveat(file: str) -> str:
    """Return what a reader must know before quoting a number of this sample."""
    return {
        "patients_rand_hie.csv": _(
            "Need here is use of care in the following year, measured between 1974 and 1982: at least three visits "
            "or an admission. Scaled to today's populations it is an illustration. Existing beds and clinicians "
            "are invented."
        ),
        "patients_article.csv": _(
            "The same people with numbers and gender only; there is no region, so there is no map."
        ),
        "patients_nhanes.csv": _("Need here is fair or poor self-rated health. The survey publishes no region."),
        "patients_peru_dengue.csv": _(
            "Need here is dengue with warning signs or severe, among cases that were notified from 2019 to 2022: one "
            "in fourteen of them was drawn."
        ),
        WAITING: _(
            "Drawn from the default sample. Urgency, since when they wait, who works in care and all facilities are "
            "invented: nobody in the study waited for anything."
        ),
        "regions_world.csv": _(
            "Demand is an illustrative rate by age, not a measured need; beds and physicians are of differing years."
        ),
        "regions_china.csv": _(
            "Demand is an illustration: one in fifty of those from 65 on would take a bed of a nursing home. Existing "
            "beds are invented."
        ),
        "regions_us_counties.csv": _("Demand is one illustrative rate for every county."),
        "weekly_taiwan_dengue.csv": _(
            "Confirmed cases by week of onset and place of residence, from 2014 to 2024; most weeks have none, and "
            "the outbreaks of three years have nearly all."
        ),
    }[file]

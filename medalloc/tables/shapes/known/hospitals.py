"""What hospitals report: NHS England, and the US Department of Health and Human Services."""

from medalloc.sentences import sentence
from medalloc.tables.shapes.shape import Measure, Shape

RTT = Shape(
    name="nhs-rtt",
    title=str(sentence("NHS England waiting list (RTT)")),
    columns=(
        "period",
        "provider org code",
        "provider org name",
        "rtt part type",
        "treatment function code",
        "gt * weeks*",
    ),
    words=str(
        sentence(
            "The full extract of referral-to-treatment waiting times: who still waits (Part_2), summed over "
            "commissioners and treatment functions for each provider; the rows of all functions together (C_999) are "
            "left out. The bands give how long people have waited."
        )
    ),
    extract={"month": ("period", "*RTT-{it}")},
    keep={"rtt part type": ("part_2",)},
    drop={"treatment function code": ("c_999",), "provider org code": ("total", "eng")},
    region=("provider org name",),
    code="provider org code",
    period=("month", "period"),
    bands=("Gt {low} To {high} Weeks*", "Gt {low} Weeks*"),
    measures=(Measure("demand", ("total all", "total"), "waiting"),),
)
AE = Shape(
    name="nhs-ae",
    title=str(sentence("NHS England A&E attendances")),
    columns=("period", "org code", "parent org", "org name", "a&e attendances type 1"),
    words=str(
        sentence(
            "The monthly file of accident and emergency attendances: attendances of all types are added up for each "
            "provider, and the row of the total is left out."
        )
    ),
    extract={"month": ("period", "*MSitAE-{it}")},
    drop={"org code": ("total",), "org name": ("total|england",)},
    region=("org name",),
    code="org code",
    period=("month", "period"),
    measures=(Measure("demand", ("a&e attendances *",), "A&E attendances"),),
)
HHS = Shape(
    name="hhs-facility",
    title=str(sentence("US hospital capacity by facility (HHS)")),
    columns=("hospital_pk", "collection_week", "state", "hospital_name"),
    words=str(
        sentence(
            "The weekly capacity of each hospital, summed by state. -999999 hides a number from 1 to 3 and is taken "
            "for 2. Patients in beds are the demand, staffed beds are there already."
        )
    ),
    suppressed={"-999999": (1.0, 3.0)},
    region=("state",),
    period=("collection_week",),
    measures=(
        Measure(
            "demand",
            (
                "inpatient_beds_used_7_day_avg",
                "all_adult_hospital_inpatient_bed_occupied_7_day_avg",
                "total_adult_patients_hospitalized_confirmed_and_suspected_covid_7_day_avg",
                "total_adult_patients_hospitalized_confirmed_covid_7_day_avg",
            ),
        ),
        Measure(
            "existing:beds", ("inpatient_beds_7_day_avg", "total_beds_7_day_avg", "all_adult_hospital_beds_7_day_avg")
        ),
        Measure("existing:icu_beds", ("total_icu_beds_7_day_avg", "total_staffed_adult_icu_beds_7_day_avg")),
    ),
)

"""Records of single persons and visits: FHIR and OMOP."""

from medalloc.sentences import sentence
from medalloc.tables.shapes.shape import Join, Measure, Shape

ADDRESS = "address.0.district|address.0.state|address.district|address.state"
PERSONS = Join(
    columns=("resourcetype", "id", ADDRESS),
    rows={"resourcetype": ("patient",)},
    key="subject.reference",
    other="id",
    take={"home district": "address.0.district", "home state": "address.0.state", "home city": "address.0.city"},
)
PLACES = Join(
    columns=("resourcetype", "id", "name"),
    rows={"resourcetype": ("location",)},
    key="location.0.location.reference|reporter.reference",
    other="id",
    take={"place": "name", "longitude": "position.longitude", "latitude": "position.latitude"},
)
ENCOUNTERS = Shape(
    name="fhir-encounters",
    title=str(sentence("FHIR encounters")),
    columns=("resourcetype", "id", "period.start|actualperiod.start"),
    cells={"resourcetype": ("encounter",)},
    words=str(
        sentence(
            "Encounters as FHIR bulk data (NDJSON) or a bundle, counted by month and region: where the patient lives "
            "if patients stand in the file or beside it, else the location. Cancelled and planned ones are left out."
        )
    ),
    joins=(PERSONS, PLACES),
    keep={"resourcetype": ("encounter",)},
    drop={"status": ("cancelled|planned|entered-in-error",)},
    region=(
        *("home district", "home state", "home city", "place"),
        *("location.0.location.display", "serviceprovider.display", "location.0.location.reference"),
        "serviceprovider.reference",
    ),
    period=("period.start|actualperiod.start",),
    every="month",
    counted="encounters",
)
REPORTS = Shape(
    name="fhir-measure-reports",
    title=str(sentence("FHIR measure reports")),
    columns=("resourcetype", "period.start", "group.0.*"),
    cells={"resourcetype": ("measurereport",)},
    words=str(
        sentence(
            "Measure reports as FHIR bulk data (NDJSON) or a bundle: the count of the first population of each report, "
            "by reporter and period."
        )
    ),
    joins=(PLACES,),
    keep={"resourcetype": ("measurereport",)},
    region=("place", "reporter.display", "reporter.reference", "subject.display", "subject.reference"),
    period=("period.start",),
    measures=(
        Measure(
            "demand", ("group.0.population.0.count", "group.0.measurescore.value", "group.0.measurescorequantity.value")
        ),
    ),
)
PATIENTS = Shape(
    name="fhir-patients",
    title=str(sentence("FHIR patients")),
    columns=("resourcetype", "id", "birthdate|gender"),
    cells={"resourcetype": ("patient",)},
    words=str(
        sentence(
            "Patients as FHIR bulk data (NDJSON) or a bundle: a row for each patient, with gender and year of birth to "
            "learn from, in the region where the patient lives."
        )
    ),
    extract={"year of birth": ("birthdate", "{it}-*")},
    keep={"resourcetype": ("patient",)},
    roles={
        "id": "patient id",
        "address.0.district": "region",
        "address.0.state": "region",
        "address.0.city": "region",
        "gender": "feature",
        "year of birth": "feature",
    },
)
LOCATIONS = Shape(
    name="fhir-locations",
    title=str(sentence("FHIR locations")),
    columns=("resourcetype", "id", "name"),
    cells={"resourcetype": ("location",)},
    words=str(
        sentence(
            "Locations as FHIR bulk data (NDJSON) or a bundle: a table of regions with their places on the map. "
            "Numbers that stand beside them are understood by their names."
        )
    ),
    keep={"resourcetype": ("location",)},
    drop={"status": ("inactive|suspended",)},
    region=("name",),
    code="id",
    beside={"longitude": "position.longitude", "latitude": "position.latitude"},
)
HOME = Join(
    columns=("person_id", "year_of_birth", "gender_concept_id"),
    key="person_id",
    other="person_id",
    take={"location_id": "location_id", "year_of_birth": "year_of_birth", "gender_concept_id": "gender_concept_id"},
)
PLACE = Join(
    columns=("location_id", "state|county|zip"),
    key="location_id",
    other="location_id",
    take={"county": "county", "state": "state", "city": "city", "zip": "zip"},
)
SITE = Join(
    columns=("care_site_id", "care_site_name"),
    key="care_site_id",
    other="care_site_id",
    take={"care site": "care_site_name"},
)
VISITS = Shape(
    name="omop-visits",
    title=str(sentence("OMOP visits")),
    columns=("visit_occurrence_id", "person_id", "visit_start_date|visit_start_datetime"),
    words=str(
        sentence(
            "The table visit_occurrence of the OMOP common data model, counted by month and region. Give the tables "
            "person and location beside it for where people live, or care_site for where they go."
        )
    ),
    joins=(HOME, PLACE, SITE),
    region=("county", "state", "city", "zip", "care site", "location_id", "care_site_id"),
    period=("visit_start_date|visit_start_datetime",),
    every="month",
    counted="visits",
)
PEOPLE = Shape(
    name="omop-persons",
    title=str(sentence("OMOP persons")),
    columns=("person_id", "gender_concept_id", "year_of_birth"),
    words=str(
        sentence(
            "The table person of the OMOP common data model: a row for each person, with year of birth and gender to "
            "learn from. Give the table location beside it, and regions have names."
        )
    ),
    joins=(PLACE,),
    roles={
        "person_id": "patient id",
        "county": "region",
        "state": "region",
        "location_id": "region",
        "care_site_id": "region",
        "year_of_birth": "feature",
        "gender_concept_id": "feature",
        "race_concept_id": "group",
    },
)

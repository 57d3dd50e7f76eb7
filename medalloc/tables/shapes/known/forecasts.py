"""Counts that others forecast, and their forecasts: CHAP and the hubs of the hubverse."""

from medalloc.sentences import sentence
from medalloc.tables.shapes.shape import Measure, Shape

CHAP = Shape(
    name="chap",
    title=str(sentence("CHAP climate and health")),
    columns=("time_period", "location", "disease_cases"),
    words=str(
        sentence(
            "The CSV of the Climate Health Analysis Platform: cases by location and period. The weather is left out, "
            "because nobody knows it in advance."
        )
    ),
    region=("location_name", "location"),
    code="location",
    period=("time_period",),
    measures=(Measure("demand", ("disease_cases",)), Measure("population", ("population",))),
)
TARGETS = Shape(
    name="hub-targets",
    title=str(sentence("Forecast hub: what came true")),
    columns=("date|target_end_date|time", "location", "value|observation", "location_name|weekly_rate|as_of|target"),
    words=str(
        sentence(
            "Target data of a hub of the hubverse, such as FluSight: counts by location and week. The whole country "
            "(US) is left out, and the rate beside the count is not used."
        )
    ),
    drop={"location": ("us",), "location_name": ("us|united states",)},
    region=("location_name", "location"),
    code="location",
    period=("target_end_date", "date|time"),
    measures=(Measure("demand", ("value", "observation"), "admissions"),),
)
QUANTILES = Shape(
    name="hub-forecast",
    title=str(sentence("Forecast hub: a forecast")),
    columns=("reference_date|forecast_date", "location", "horizon", "output_type", "output_type_id", "value"),
    words=str(
        sentence(
            "A forecast of a model in a hub of the hubverse, such as FluSight: the medians of all weeks ahead are "
            "added up for each location. The whole country (US), peaks, categories and what is over are left out."
        )
    ),
    keep={"output_type": ("quantile",), "output_type_id": ("0.5|0.500|.5",), "target": ("wk inc *|*inc*",)},
    drop={"location": ("us",), "horizon": ("-*",)},
    region=("location_name", "location"),
    code="location",
    measures=(Measure("demand", ("value",), "expected"),),
)

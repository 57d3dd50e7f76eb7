"""DHIS2: what a national health information system exports."""

from medalloc.sentences import sentence
from medalloc.tables.shapes.shape import Join, Shape

UNITS = Join(
    columns=("id|uid", "name|displayname|organisation unit", "level|parent*|path|code"),
    key="orgunit|org unit|organisation unit|ou",
    other="id|uid",
    take={"unit": "name|displayname", "path": "path|parentgraph", "unit id": "id|uid"},
)
"""Names of organisation units by their ids, as GeoJSON, JSON or CSV."""

PIVOT = Shape(
    name="dhis2-pivot",
    title=str(sentence("DHIS2 pivot table")),
    columns=("organisation unit id", "organisation unit", "organisation unit code", "organisation unit description"),
    words=str(
        sentence(
            "A table downloaded from the Data Visualizer or Pivot app: four columns for each dimension in rows, then "
            "a column for each data item and period. Periods become rows, items become columns."
        )
    ),
    melt=True,
    item="data|data element|indicator",
    region=("organisation unit",),
    code="organisation unit id",
    period=("period", "period id"),
)
ANALYTICS = Shape(
    name="dhis2-analytics",
    title=str(sentence("DHIS2 analytics")),
    columns=("data|dx", "period|pe", "organisation unit|ou", "value"),
    words=str(
        sentence(
            "Plain data of the analytics resource, as CSV or JSON: a row for each data item, period and organisation "
            "unit. Items become columns; units above others are left out where the file names who is above whom."
        )
    ),
    joins=(UNITS,),
    path="path",
    item="data|dx",
    number="value",
    region=("unit", "organisation unit|ou"),
    code="organisation unit id|organisation unit|ou",
    period=("period|pe",),
)
VALUES = Shape(
    name="dhis2-values",
    title=str(sentence("DHIS2 data values")),
    columns=("period", "orgunit", "value"),
    words=str(
        sentence(
            "The dataValueSets resource, as CSV or JSON: a row for each data element, period, organisation unit and "
            "category, summed over categories; deleted values are left out. Give the file of organisation units "
            "beside it, and regions have names; units above others are left out then."
        )
    ),
    joins=(UNITS,),
    drop={"deleted": ("true",)},
    path="path",
    item="dataelement",
    number="value",
    region=("unit", "orgunit"),
    code="orgunit",
    period=("period",),
)
GEO = Shape(
    name="dhis2-units",
    title=str(sentence("DHIS2 organisation units")),
    columns=("name", "level", "parent|parentgraph", "longitude"),
    words=str(
        sentence(
            "The organisationUnits resource as GeoJSON: only the units of the deepest level count, those above them "
            "are their sums. Numbers that were added to the units are understood by their names."
        )
    ),
    level="level",
    region=("name",),
    code="id|code",
    measures=(),
    beside={"longitude": "longitude", "latitude": "latitude"},
)

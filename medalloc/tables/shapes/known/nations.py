"""World Bank, WHO and the United Nations: numbers of countries and of places in need."""

from medalloc.sentences import sentence
from medalloc.tables.shapes.shape import Measure, Shape

AGGREGATES = (
    *("WLD|ARB|CEB|CSS|EAP|EAR|EAS|ECA|ECS|EMU|EUU|FCS|HIC|HPC|IBD|IBT|IDA|IDB|IDX|LAC|LCN|LDC|LIC|LMC|LMY|LTE",),
    *("MEA|MIC|MNA|NAC|OED|OSS|PRE|PSS|PST|SAS|SSA|SSF|SST|TEA|TEC|TLA|TMN|TSA|TSS|UMC|AFE|AFW|INX",),
)
"""Codes of the World Bank for groups of countries."""

ADMINS = tuple(
    f"ADM{level}_EN|ADM{level}_FR|ADM{level}_ES|ADM{level}_PT|ADM{level}_AR|ADM{level}_NAME|ADM{level}_REF"
    f"|admin{level}Name|admin{level}Name_en|adm{level}_name|admin{level}"
    for level in (4, 3, 2, 1)
)
CODES = "ADM4_PCODE|ADM3_PCODE|ADM2_PCODE|ADM1_PCODE|admin3Pcode|admin2Pcode|admin1Pcode|adm2_code|adm1_code"

WORLD_BANK = Shape(
    name="world-bank",
    title=str(sentence("World Bank indicators")),
    columns=("country name", "country code", "indicator name|series name", "indicator code|series code"),
    words=str(
        sentence(
            "The CSV of the World Bank's API or DataBank: a row for each country and indicator, a column for each "
            "year. Groups of countries are left out; the latest year of each country counts."
        )
    ),
    drop={"country code": AGGREGATES},
    melt=True,
    item="indicator name|series name",
    region=("country name",),
    code="country code",
    latest=True,
)
GHO = Shape(
    name="who-gho",
    title=str(sentence("WHO Global Health Observatory")),
    columns=("indicatorcode", "indicator", "location", "period", "factvaluenumeric"),
    words=str(
        sentence(
            "The CSV of the Global Health Observatory: a row for each indicator, country and year. WHO regions and the "
            "parts by sex or age are left out where a total stands beside them; the latest year of each country counts."
        )
    ),
    keep={
        "location type": ("country", "admin*"),
        "dim1": ("both sexes", "total", "all*"),
        "dim2": ("both sexes", "total", "all*"),
    },
    item="indicator",
    number="factvaluenumeric",
    region=("location",),
    code="spatialdimvaluecode",
    period=("period",),
    latest=True,
)
GHO_API = Shape(
    name="who-gho-api",
    title=str(sentence("WHO Global Health Observatory, interface")),
    columns=("indicatorcode", "spatialdimtype", "spatialdim", "timedim", "numericvalue"),
    words=str(
        sentence(
            "CSV or JSON of the interface of the Global Health Observatory: a row for each indicator, country and "
            "year. WHO regions and the world are left out, and the parts by sex or age where a total stands beside "
            "them; the latest year of each country counts."
        )
    ),
    keep={
        "spatialdimtype": ("country", "admin*"),
        "dim1": ("*btsx", "*total", "*all*"),
        "dim2": ("*btsx", "*total", "*all*"),
        "dim3": ("*btsx", "*total", "*all*"),
    },
    item="indicatorcode",
    number="numericvalue",
    region=("spatialdim",),
    period=("timedim",),
    latest=True,
)
HXL = Shape(
    name="hxl",
    title=str(sentence("HXL tags")),
    columns=("*",),
    words=str(
        sentence(
            "A table of a humanitarian organisation whose first row holds tags such as #adm1+name: they say what the "
            "columns are, and that row is no region. The smallest places that have names count."
        )
    ),
    tagged=True,
    region=(
        "#adm4+name*",
        "#adm3+name*",
        "#adm2+name*",
        "#adm1+name*",
        "#loc+name*",
        "#adm4*|#adm3*|#adm2*|#adm1*",
        "#loc*",
    ),
    code="#adm4+code*|#adm3+code*|#adm2+code*|#adm1+code*|#loc+code*",
    period=("#date+start*", "#date*"),
    measures=(
        Measure("demand", ("#inneed+total*", "#inneed", "#inneed*", "#affected+total*", "#affected", "#affected*")),
        Measure("population", ("#population+total*", "#population", "#population*")),
        Measure("existing:beds", ("#capacity+beds*",)),
    ),
    beside={"longitude": "#geo+lon*", "latitude": "#geo+lat*"},
)
OCHA = Shape(
    name="ocha-pcodes",
    title=str(sentence("OCHA place codes")),
    columns=("|".join(ADMINS), CODES),
    words=str(
        sentence(
            "A common operational dataset of OCHA with names and codes (p-codes) of places: the smallest that have "
            "names count. T_TL is the population; people in need are the demand."
        )
    ),
    keep={"population_group": ("t_tl",), "gender": ("all", "total", "t"), "age_range": ("all", "total")},
    region=ADMINS,
    code=CODES,
    measures=(
        Measure("demand", ("pin|total pin|total_pin|people in need|in need|inneed|affected",)),
        Measure("population", ("t_tl", "population", "total population|pop_total|pop")),
    ),
)

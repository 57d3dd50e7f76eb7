"""Every quantity, said once: what a column can hold, what a region, a resource and a plan have."""

from math import inf, nan

from medalloc.quantities.quantity import ABOVE_0, FRACTION, Quantity
from medalloc.sentences import sentence

PERSONS, UNITS, SHARE, SPACE = sentence("people"), sentence("units"), sentence("fraction"), sentence("space")
PER_PERSON, PER_UNIT = sentence("units/person"), sentence("money/unit")

NO_COUNT = (
    r"low|high|lower|upper|mean|median|min|max|sd|se|rate|ratio|share|percent|percentage|pct|index|growth|change|score"
    r"|rank|per_\d+|per_capita|per_head|quantile"
)
"""Words after which a name such as ``demand_growth`` means no number of persons."""

# a table, read by rows
# fmt: off
QUANTITIES = (
    Quantity("patient id", "patient", sentence("patient"),
        columns=r"patient(_?(id|no|nr|number|code))?|person_?id|subject_?id|mrn|(nhs|hospital)_?number|record_?id|id|case_?id"
                "|患者编号|病人编号|编号"),
    Quantity("region", "row", sentence("region"),
        columns="region|county|district|province|state|country|site|municipality|city|neighbou?rhood"
                "|(geographic(al)?_?)?area|r[eé]gion[ei]?|regi[oó]n|regi[aã]o|d[eé]partement|departamento|bundesland|landkreis|kreis|bezirk"
                "|provin[cz]ia|província|provinz|commune|gemeinde|munic[ií]pio|estado|wojew[oó]dztwo|powiat"
                "|distretto|distrito|distrikt|arrondissement|canton|cant[oó]n|kanton|comune|comarca|prefecture"
                "|town(ship)?|village|borough|parish|suburb|governorate|tehsil|taluka?|lga|woreda|upazila|sub_?county|catchment(_area)?|icb|state/province"
                "|adm(in)?_?[1-4](_(name|en|fr|es|pt))?|name_[1-4]|stadt|ville|ciudad|cidade|città|ज़िला|जिला|राज्य"
                "|регион|область|район|地区|区域|省份|省|城市|县"),
    Quantity("date", "row", sentence("date"),
        columns="date|week|month|day|admission_?date|visit_?date|timestamp|datum|monat|woche|mois"
                "|semaine|fecha|semana|mês|日期|周|月份"),
    Quantity("need", "patient", sentence("need"), role=sentence("need: who was in need"),
        columns="need|needs|needs_care|in_need|target|outcome|label|readmitted|readmission|需要|需求标签|是否需要"),
    Quantity("weight", "patient", sentence("weight"), role=sentence("weight: people that a row stands for"),
        columns="sample_?weight|survey_?weight|sampling_?weight|persons|权重"),

    Quantity("population", "region", sentence("population"), sentence("Population"), PERSONS, usual=None,
        columns=r"population(_total|_\d{4})?|pop|inhabitants|((all_)?usual_)?residents|persons|einwohner(zahl)?|bev(ö|oe)lkerung"
                r"|poblaci[oó]n|popula[cç][aã]o|habitante?s|popolazione|abitanti|ludność|население|人口"),
    Quantity("demand", "region", sentence("demand"), sentence("Demand"), PERSONS, tried="demand", usual=None,
        everywhere=False, columns=rf"demand(?!.*_(?:{NO_COUNT})(_|$))(_.*)?|expected_?demand"
                "|cases(_per_(month|year|week))?|bedarf|f(ä|ae)lle|demande|demanda|besoins?|cas|casos|casi"
                "|necesidad(es)?|zapotrzebowanie|случаи|потребность|需求|需求量"),
    Quantity("value", "region", sentence("value"), sentence("Value"), tried="value", usual=1.0, small=True,
        role=sentence("value of serving one person"),
        help=sentence("What serving one person here counts for; 1 is usual."),
        columns="value|value_per_person|severity|priority|价值|严重程度"),
    Quantity("floor", "region", sentence("floor"), sentence("Floor"), SHARE, tried="floor", limits=FRACTION,
        small=True, role=sentence("smallest coverage [fraction]"),
        help=sentence("Smallest coverage of this region, beside the common floor."),
        columns="floor|minimum_?coverage|最低覆盖"),
    Quantity("space", "region", sentence("space"), sentence("Space"), SPACE, tried="space", usual=inf, nothing=inf,
        role=sentence("space for what is placed"), help=sentence("Room for placed units; blank for no limit."),
        columns="space|空间|场地"),
    Quantity("longitude", "row", sentence("longitude"), columns="lon|lng|long|longitude|经度"),
    Quantity("latitude", "row", sentence("latitude"), columns="lat|latitude|纬度"),
    Quantity("existing", "cell", sentence("existing"), sentence("Existing {name}"), UNITS, tried="existing",
        everywhere=False, help=sentence("Units that are there already.")),
    Quantity("cap", "cell", sentence("cap"), sentence("Cap on {name}"), UNITS, tried="cap", usual=inf, nothing=inf,
        role=sentence("most that may be placed [units]"),
        help=sentence("Most units that may be placed here; blank for no limit.")),
    Quantity("requirement", "cell", sentence("requirement"), sentence("Requirement of {name} in a region"),
        PER_PERSON, field="region_requirement", tried="requirement", usual=nan, nothing=nan, small=True,
        role=sentence("one person uses [units]"), columns="requirement|每人用量",
        help=sentence("Units one person served here uses; blank for what the resource says.")),
    Quantity("cost", "cell", sentence("unit cost"), sentence("Unit cost of {name} in a region"), PER_UNIT,
        field="region_cost", tried="unit_cost", usual=nan, nothing=nan, role=sentence("cost of one unit [money]"),
        columns="(unit_)?cost|单位成本",
        help=sentence("Money for one unit placed here; blank for what the resource says.")),
    Quantity("demand", "cell", sentence("demand"), sentence("Demand of {name}"), PERSONS, field="demand_of",
        tried="demand", usual=None, everywhere=False, role=sentence("people in need of it alone"),
        columns="demand|需求"),
    Quantity("locked", "cell", sentence("locked"), sentence("Locked {name}"), UNITS, tried="locked", usual=nan,
        nothing=nan, everywhere=False, role=sentence("settled [units]"), columns="locked|锁定",
        help=sentence("Units placed here in any case, neither more nor fewer; blank to leave it to the plan.")),

    Quantity("staying", "cell", sentence("staying"), sentence("Staying {name}"), UNITS, everywhere=False,
        role=sentence("existing units that are never moved"), columns="staying|不可移动",
        help=sentence("Existing units that stay here whatever may be moved.")),

    Quantity("group", "column", sentence("group, to compare errors by"), once=False,
        columns="race(_.*)?|ethnicity|religion|caste|nationality|black|民族|种族"),
    Quantity("feature", "column", sentence("feature, to learn from"), once=False),
    Quantity("ignored", "column", sentence("not used"), once=False),

    Quantity("name", "resource", sentence("resource"), limits=None,
        columns="resource|name|resource name|资源|资源名称|名称"),
    Quantity("stock", "resource", sentence("stock"), sentence("Stock of {name}"), UNITS, tried="stock", usual=None,
        option="--resource NAME=STOCK", columns="stock|可分配量|库存", help=sentence("Units there are to place.")),
    Quantity("requirement", "resource", sentence("requirement"), sentence("Requirement of {name}"), PER_PERSON,
        tried="requirement", limits=ABOVE_0, usual=1.0, small=True, option="--requirement NAME=UNITS",
        columns="requirement|requirement per person|requirement [units/person]|每人用量",
        help=sentence("Units one served person uses.")),
    Quantity("unit_cost", "resource", sentence("unit cost"), sentence("Unit cost of {name}"), PER_UNIT,
        tried="unit_cost", option="--cost NAME=MONEY", columns="unit cost|cost|unit cost [money/unit]|单位成本|单价",
        help=sentence("Money for one placed unit.")),
    Quantity("space", "resource", sentence("space"), sentence("Space of {name}"), sentence("space/unit"),
        option="--space NAME=SPACE", columns="space|space per unit|space [space/unit]|单位占用空间|占用空间",
        help=sentence("Room that one placed unit takes of the space of its region.")),
    Quantity("whole", "resource", sentence("whole units"), sentence("Whole units of {name}"), limits=None,
        columns="whole|whole units|integer|只能整数|整数",
        help=sentence("Tick when half a unit cannot be placed: a bed, but not an hour of work.")),
    Quantity("movable", "resource", sentence("movable share"), sentence("Movable share of {name}"), SHARE,
        tried="movable", limits=FRACTION, small=True, option="--movable NAME=SHARE",
        columns="movable|movable share|movable [fraction]|可调动比例",
        help=sentence("Share of all existing units that may be taken to another region.")),
    Quantity("move_cost", "resource", sentence("cost of moving"), sentence("Cost of moving {name}"), PER_UNIT,
        tried="move_cost", option="--move-cost NAME=MONEY",
        columns="move cost|cost of moving|move cost [money/unit]|调动成本",
        help=sentence("Money for taking one existing unit to another region.")),
    Quantity("stands_in_for", "resource", sentence("substitutes for"), limits=None, usual=None,
        option="--stands-in-for NAME=OTHER",
        columns="stands in for|可替代资源|替代",
        help=sentence("Resource whose work these units can do as well, as nurses for doctors; blank for none.")),
    Quantity("productivity", "resource", sentence("productivity"), sentence("Productivity of {name}"),
        sentence("units/unit"), tried="productivity", limits=ABOVE_0, usual=1.0, small=True,
        option="--productivity NAME=UNITS", columns="productivity|productivity [units/unit]|替代效率",
        help=sentence("How many units of that resource one of these replaces: 0.5 means that two replace one.")),
    Quantity("stand_in_share", "resource", sentence("stand-in share"), sentence("Share in which {name} may stand in"),
        SHARE, tried="stand_in_share", limits=FRACTION, usual=1.0, small=True,
        option="--stand-in-share NAME=SHARE", columns="stand in share|stand in share [fraction]|可替代比例",
        help=sentence("Largest share of a person's need of that resource which may be met in this way.")),
    Quantity("length_of_stay", "resource", sentence("length of stay"), sentence("Length of stay, {name}"),
        sentence("hours"), tried="length_of_stay", limits=ABOVE_0, usual=None, nothing=nan, small=True,
        option="--stay NAME=HOURS",
        columns="length of stay [hours]|length of stay|stay [hours]|停留时间（小时）|停留时间"
        "|住院时长（小时）|住院时长",
        help=sentence("Mean time for which a person keeps one unit busy; needed for waits only, blank for none.")),

    Quantity("floor", "plan", sentence("floor"), unit=SHARE, field="common_floor", tried="floor", limits=FRACTION),
    Quantity("budget", "plan", sentence("budget"), sentence("Budget"), sentence("money"), tried="budget",
        nothing=inf),
    Quantity("policy", "plan", sentence("policy"), tried="policy", limits=None),
)
# fmt: on
"""In the order in which they are offered."""

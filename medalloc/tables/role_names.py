"""Names by which the roles of columns are known exactly, as patterns; words among other words are in `role_words`."""

import re
from collections.abc import Mapping

from medalloc.quantities import CELLS, OF_ANY_TABLE

NAMES: Mapping[str, str] = {each.name: each.columns for each in OF_ANY_TABLE if each.columns}
"""Names by which a role is recognised, whole and without regard to case."""

OVER_TIME = r"value|obs_value|count|visits|admissions|attendances|arrivals|数值|就诊量"
"""Names that mean demand when they stand beside a date and no column is called demand: one row a region and week."""

PLACES = (
    r"ward|zone|zona|block|mandal|uf|trust|hospital|facility|clinic|health_(board|district|zone|cent(er|re))"
    r"|h[oô]pital|[eé]tablissement|krankenhaus|klinik|ospedale|presidio|struttura|estabelecimento|医院|机构|街道|社区|乡镇"
)
"""Names of regions, too, but where a row is a patient: there they are rather something to learn from."""

NUMBERED = "ward|zone|zona|block|mandal"
"""Those of them that may have numbers in the place of names."""

POSTAL = "zip(_?code)?|post_?code|postal_?code|plz|postleitzahl|code_postal|c[oó]digo_postal|邮编|邮政编码"
"""Names of regions where nothing else names these."""

OF_ROWS = "id|record_?id|编号"
"""Names of a column of patients that may as well number the rows of any table."""

OF_NAMES = r"(name|nome?|nombre)_(of|de|do|da|di|du|del|della)(_la|_l|_the)?_|_?(name|nome?|nombre|bezeichnung|名称|名)"
"""What is said beside the word for a region where its name stands, such as ``District name``."""

UNITS = re.compile(
    r"(existing|current|staffed|number_of|现有)_?(?P<resource>(?!.*_per_).+?)(_(invented|虚构))?"
    r"|(?P<behind>(?!.*_per_).+?)_(existing|current|现有)",
    re.IGNORECASE,
)
CAPS = re.compile(r"(cap|space_?for|max(imum)?)_(?P<resource>.+)", re.IGNORECASE)
KINDS = {each.name: re.compile(each.columns, re.IGNORECASE) for each in CELLS if each.columns}
BY_RESOURCE = re.compile(
    rf"(?P<kind>{'|'.join(each.pattern for each in KINDS.values())})"
    r"_(?!.*per_)(?!(.*_)?(low|high|mean|median|total|sum|lower|upper|min|max|sd|se|rate|index|\d+)$)(?P<resource>.+)",
    re.IGNORECASE,
)
"""Names that give a number of one resource: ``demand_beds``, not ``demand_low``, ``demand_2019``, ``cost_per_day``."""

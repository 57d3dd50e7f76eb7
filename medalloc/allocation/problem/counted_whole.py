"""What comes whole: things and people do, time and money do not."""

import re

MEASURES = re.compile(
    r"(^|[^a-z])(min(ute)?s?|h|hrs?|hours?|days?|weeks?|shifts?|sessions?|time|fte|money|funds?|budgets?|euros?|dollars?"
    r"|pounds|yuan|usd|eur|gbp|cny|lit(er|re)s?|m[lg]|kg|grams?|tons?|tonnes?|shares?|percent)([^a-z]|$)"
    r"|分钟|小时|工时|时间|资金|金额|经费|预算|万元|亿元|人民币|升$|千克|公斤|克$|比例"
)
"""What a unit that can be had in parts is called."""


def comes_whole(name: str) -> bool:
    """Whether a unit of a resource cannot be had in parts, as its name says what is counted.

    Whoever knows better says so in the table of resources, or on Allocate.

    Examples
    --------
    >>> [comes_whole(name) for name in ("beds", "nurses", "nurse hours", "theatre_minutes", "money", "护士工时")]
    [True, True, False, False, False, False]
    """
    return MEASURES.search(name.casefold()) is None

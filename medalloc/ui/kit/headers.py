"""Names of the columns of a downloaded table, in the visitor's language.

In English they are those of the commands' files, which scripts read.
"""

from collections.abc import Callable

import pandas as pd

from medalloc.ui.kit import words
from medalloc.ui.kit.words import _


def in_the_language() -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return what writes the names of columns in the language of the screen; no name is given twice.

    A name that is nobody's word, as those of a file that somebody brought, stays.
    """
    if words.language().code == "en":
        return lambda frame: frame
    known, led = _known(), _led()

    def named(name: str) -> str:
        if name in known:
            return known[name]
        start, blank, rest = name.partition(" ")
        return led[start].format(name=rest) if blank and start in led else name

    def renamed(frame: pd.DataFrame) -> pd.DataFrame:
        names = [named(str(name)) for name in frame.columns]
        once = [new if names.count(new) == 1 else str(old) for new, old in zip(names, frame.columns, strict=True)]
        return frame.set_axis(once, axis=1)

    return renamed


def _led() -> dict[str, str]:
    """Return columns whose names begin with a word and go on with that of a resource or of a column."""
    return {
        "existing": _("existing {name}"),
        "placed": _("placed {name}"),
        "moved": _("moved {name}"),
        "demand": _("demand {name}"),
        "served": _("served {name}"),
        "coverage": _("coverage {name}"),
        "points:": _("points: {name}"),
        "waiting:": _("waiting: {name}"),
    }


def _known() -> dict[str, str]:
    """Return the names of columns, in words."""
    return {
        "region": _("Region"),
        "population": _("Population"),
        "demand": _("Demand"),
        "served": _("Served"),
        "unmet": _("Unmet"),
        "coverage": _("Coverage"),
        "reason": _("Reason"),
        "load": _("Load [erlang]"),
        "units": _("Units"),
        "occupancy": _("Occupancy"),
        "wait": _("Mean wait"),
        "wait_hours": _("Mean wait [hours]"),
        "longer": _("Waiting longer than the target"),
        "lacking": _("Units lacking"),
        "measure": _("Measure"),
        "value": _("Value"),
        "best": _("Best possible"),
        "meaning": _("Meaning"),
        "before": _("Before"),
        "now": _("Now"),
        "change": _("Change"),
        "changes": _("Changes"),
        "day": _("Day"),
        "susceptible": _("Susceptible"),
        "infected": _("Infected"),
        "recovered": _("Recovered"),
        "admissions_hospital": _("Hospital admissions"),
        "admissions_intensive_care": _("Admissions to intensive care"),
        "admissions_ventilator": _("New patients on ventilators"),
        "census_hospital": _("In hospital"),
        "census_intensive_care": _("In intensive care"),
        "census_ventilator": _("On ventilators"),
        "mean": _("Mean"),
        "low": _("Low end"),
        "high": _("High end"),
        "patients": _("Patients"),
        "predicted": _("Predicted"),
        "observed": _("Observed"),
        "ratio": _("Observed over predicted"),
        "ratio_low": _("Observed over predicted, low end"),
        "ratio_high": _("Observed over predicted, high end"),
        "z": _("z score"),
        "resource": _("Resource"),
        "unit": _("Unit"),
        "column": _("Column"),
        "becomes": _("Becomes"),
        "kind": _("Kind"),
        "missing_before": _("Missing before"),
        "missing_after": _("Missing after"),
        "mean before": _("Mean before"),
        "spread before": _("Standard deviation before"),
        "range before": _("Range before"),
        "mean after": _("Mean after"),
        "spread after": _("Standard deviation after"),
        "range after": _("Range after"),
        "rank": _("Rank"),
        "patient": _("Patient"),
        "decision": _("Decision"),
        "facility": _("Facility"),
        "way": _("Distance"),
        "why_there": _("Why there"),
        "by_other_rule": _("By the other rule"),
        "score": _("Score"),
        "band": _("Band"),
        "lottery": _("Lottery number"),
        "override": _("Changed by hand"),
        "group": _("Group"),
        "waiting": _("Waiting"),
        "share": _("Share"),
        "need_waiting": _("Mean need, waiting"),
        "need_served": _("Mean need, served"),
        "need_left": _("Mean need, not served"),
        "agrees": _("Agrees"),
        "name": _("Name"),
        "inputs": _("Inputs"),
        "expected": _("Expected"),
        "obtained": _("Obtained"),
        "difference": _("Difference"),
        "source": _("Source"),
        "horizon": _("Periods ahead"),
        "date": _("Date"),
        "forecast": _("Forecast"),
        "said": _("Forecast made then"),
        "counted": _("Counted"),
        "count": _("Count"),
        "year": _("Year"),
        "period": _("Period"),
        "trend": _("Trend"),
        "season": _("Season"),
        "rest": _("Remainder"),
        "model": _("Model"),
        "used": _("Used"),
        "seeds": _("Seeds"),
        "split": _("Split"),
        "row": _("Row"),
        "need": _("Need"),
        "distance": _("Distance"),
        "typical": _("Typical value"),
        "points": _("Points"),
        "log_odds": _("Log-odds"),
        "training patients": _("Training patients"),
        "number": _("Number"),
        "gini": _("Gini index"),
        "lowest": _("Lowest coverage"),
        "scenario": _("Scenario"),
        "spent": _("Spent"),
        "plan": _("Plan"),
        "near": _("Share near the best"),
        "regret": _("Regret"),
        "fragile": _("Fragile"),
        "gained": _("Gained"),
        "from": _("From"),
        "to": _("To"),
        "until": _("Until"),
        "status": _("Status"),
        "what": _("What"),
        "loses": _("Loses"),
        "demand corrected": _("Demand, corrected"),
        "factor": _("Factor"),
        "filled": _("Filled in"),
        "largest": _("Largest change"),
        "revised": _("Revised"),
        "when": _("When"),
        "withdrawn": _("Withdrawn"),
        "regions": _("Regions"),
        "rows": _("Rows"),
        "persons": _("People"),
        "in_need": _("In need"),
        "auc": _("ROC AUC"),
        "accuracy": _("Accuracy"),
        "false_negative_rate": _("Missed cases (false negative rate)"),
        "selection_rate": _("Share flagged"),
        "permutation": _("Permutation importance"),
        "impurity": _("Impurity importance"),
        "mase": _("Error (MASE)"),
        "wape": _("Error (WAPE)"),
        "wis": _("Interval score (WIS)"),
    }

"""Names of the columns of a downloaded table, in the visitor's language.

In English they are those of the commands' files, which scripts read.
"""

from collections.abc import Callable, Mapping

import pandas as pd

from medalloc.sentences import Sentence, sentence
from medalloc.ui.kit import words
from medalloc.ui.kit.words import _

KNOWN: Mapping[str, Sentence] = {
    "region": sentence("Region"),
    "population": sentence("Population"),
    "demand": sentence("Demand"),
    "served": sentence("Served"),
    "unmet": sentence("Unmet"),
    "coverage": sentence("Coverage"),
    "reason": sentence("Reason"),
    "load": sentence("Load [erlang]"),
    "units": sentence("Units"),
    "occupancy": sentence("Occupancy"),
    "wait": sentence("Mean wait"),
    "wait_hours": sentence("Mean wait [hours]"),
    "longer": sentence("Waiting longer than the target"),
    "lacking": sentence("Units lacking"),
    "measure": sentence("Measure"),
    "value": sentence("Value"),
    "best": sentence("Best possible"),
    "meaning": sentence("Meaning"),
    "before": sentence("Before"),
    "now": sentence("Now"),
    "change": sentence("Change"),
    "changes": sentence("Changes"),
    "day": sentence("Day"),
    "susceptible": sentence("Susceptible"),
    "infected": sentence("Infected"),
    "recovered": sentence("Recovered"),
    "admissions_hospital": sentence("Hospital admissions"),
    "admissions_intensive_care": sentence("Admissions to intensive care"),
    "admissions_ventilator": sentence("New patients on ventilators"),
    "census_hospital": sentence("In hospital"),
    "census_intensive_care": sentence("In intensive care"),
    "census_ventilator": sentence("On ventilators"),
    "mean": sentence("Mean"),
    "low": sentence("Low end"),
    "high": sentence("High end"),
    "patients": sentence("Patients"),
    "predicted": sentence("Predicted"),
    "observed": sentence("Observed"),
    "ratio": sentence("Observed over predicted"),
    "ratio_low": sentence("Observed over predicted, low end"),
    "ratio_high": sentence("Observed over predicted, high end"),
    "z": sentence("z score"),
    "resource": sentence("Resource"),
    "unit": sentence("Unit"),
    "column": sentence("Column"),
    "becomes": sentence("Becomes"),
    "kind": sentence("Kind"),
    "missing_before": sentence("Missing before"),
    "missing_after": sentence("Missing after"),
    "mean before": sentence("Mean before"),
    "spread before": sentence("Standard deviation before"),
    "range before": sentence("Range before"),
    "mean after": sentence("Mean after"),
    "spread after": sentence("Standard deviation after"),
    "range after": sentence("Range after"),
    "rank": sentence("Rank"),
    "patient": sentence("Patient"),
    "decision": sentence("Decision"),
    "facility": sentence("Facility"),
    "way": sentence("Distance"),
    "why_there": sentence("Why there"),
    "by_other_rule": sentence("By the other rule"),
    "score": sentence("Score"),
    "band": sentence("Band"),
    "lottery": sentence("Lottery number"),
    "override": sentence("Changed by hand"),
    "group": sentence("Group"),
    "waiting": sentence("Waiting"),
    "share": sentence("Share"),
    "need_waiting": sentence("Mean need, waiting"),
    "need_served": sentence("Mean need, served"),
    "need_left": sentence("Mean need, not served"),
    "agrees": sentence("Agrees"),
    "name": sentence("Name"),
    "inputs": sentence("Inputs"),
    "expected": sentence("Expected"),
    "obtained": sentence("Obtained"),
    "difference": sentence("Difference"),
    "source": sentence("Source"),
    "horizon": sentence("Periods ahead"),
    "date": sentence("Date"),
    "forecast": sentence("Forecast"),
    "said": sentence("Forecast made then"),
    "counted": sentence("Counted"),
    "count": sentence("Count"),
    "year": sentence("Year"),
    "period": sentence("Period"),
    "trend": sentence("Trend"),
    "season": sentence("Season"),
    "rest": sentence("Remainder"),
    "model": sentence("Model"),
    "used": sentence("Used"),
    "seeds": sentence("Seeds"),
    "split": sentence("Split"),
    "row": sentence("Row"),
    "need": sentence("Need"),
    "distance": sentence("Distance"),
    "typical": sentence("Typical value"),
    "points": sentence("Points"),
    "log_odds": sentence("Log-odds"),
    "training patients": sentence("Training patients"),
    "number": sentence("Number"),
    "gini": sentence("Gini index"),
    "lowest": sentence("Lowest coverage"),
    "scenario": sentence("Scenario"),
    "spent": sentence("Spent"),
    "plan": sentence("Plan"),
    "near": sentence("Share near the best"),
    "regret": sentence("Regret"),
    "fragile": sentence("Fragile"),
    "gained": sentence("Gained"),
    "from": sentence("From"),
    "to": sentence("To"),
    "until": sentence("Until"),
    "status": sentence("Status"),
    "what": sentence("What"),
    "loses": sentence("Loses"),
    "demand corrected": sentence("Demand, corrected"),
    "factor": sentence("Factor"),
    "filled": sentence("Filled in"),
    "largest": sentence("Largest change"),
    "revised": sentence("Revised"),
    "when": sentence("When"),
    "withdrawn": sentence("Withdrawn"),
    "regions": sentence("Regions"),
    "rows": sentence("Rows"),
    "persons": sentence("People"),
    "in_need": sentence("In need"),
    "auc": sentence("ROC AUC"),
    "accuracy": sentence("Accuracy"),
    "false_negative_rate": sentence("Missed cases (false negative rate)"),
    "selection_rate": sentence("Share flagged"),
    "permutation": sentence("Permutation importance"),
    "impurity": sentence("Impurity importance"),
    "mase": sentence("Error (MASE)"),
    "wape": sentence("Error (WAPE)"),
    "wis": sentence("Interval score (WIS)"),
    "plans_unmet": sentence("Unmet by its plans [%]"),
}
"""Names of columns, in words."""


def in_the_language() -> Callable[[pd.DataFrame], pd.DataFrame]:
    """Return what writes the names of columns in the language of the screen; no name is given twice.

    A name that is nobody's word, as those of a file that somebody brought, stays.
    """
    if words.language().code == "en":
        return lambda frame: frame
    known, led = {name: words.plainly(said) for name, said in KNOWN.items()}, _led()

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

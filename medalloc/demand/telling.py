"""Demand as it may be told where few people came from a region."""

from dataclasses import replace

import numpy as np

from medalloc.demand.demand import Demand
from medalloc.disclosure.hiding import told as told_counts
from medalloc.disclosure.rule import Rule

PATIENTS = "patients by region"
"""What these numbers are of, wherever they are told."""


def told(demand: Demand, rule: Rule) -> Demand:
    """Return demand with small numbers of patients hidden, and those from which they could be worked out.

    Expected demand and its interval stay: they are a model's, for all who live there.

    Parameters
    ----------
    demand : Demand
        By region.
    rule : Rule
        Of the workspace.
    """
    if rule.tells_all:
        return demand
    observed = np.where(np.isnan(demand.observed), 0.0, demand.observed)
    # weights may let more people be in need than rows came
    people = np.maximum(demand.weight_sum, observed)
    counts = told_counts(np.column_stack([people, observed]), rule, of=PATIENTS, rows=demand.regions)
    rows = told_counts(demand.patients[:, None], rule, of=PATIENTS, rows=demand.regions)[:, 0]
    few = np.isnan(counts).any(axis=1) | np.isnan(rows)
    return replace(
        demand,
        patients=np.where(few, np.nan, rows),
        observed=np.where(few | np.isnan(demand.observed), np.nan, counts[:, 1]),
        predicted=np.where(few, np.nan, demand.predicted),
        predicted_variance=np.where(few, np.nan, demand.predicted_variance),
    )

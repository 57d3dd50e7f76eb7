"""What demand would be by another of the models that were trained, or by another forecaster that was compared."""

from collections.abc import Mapping
from typing import Any

from medalloc.allocation.policy import MOST_SERVED
from medalloc.allocation.problem import Resource
from medalloc.demand.forecasting.catalogue import NETWORKS
from medalloc.demand.forecasting.expecting import expected
from medalloc.demand.forecasting.outlook import Outlook, forecast_by
from medalloc.jobs.tasks import Assessed
from medalloc.need.evaluation.amount_assessment import AmountAssessment
from medalloc.need.evaluation.assessment import Assessment
from medalloc.partitions.state import State
from medalloc.scenarios.change import MODEL
from medalloc.study.entries import entries
from medalloc.study.steps import demands, plans
from medalloc.tables.table import Table


def other_models(
    is_from_counts: bool,
    table: Table | None,
    outlook: Outlook | None,
    assessments: dict[str, Assessment] | None,
    amount_assessments: dict[str, AmountAssessment] | None,
    partitioned: State | None,
) -> tuple[str, ...]:
    """Return the models or forecasters whose demand is at hand: of networks and of tables in partitions it is not."""
    if is_from_counts:
        return () if outlook is None else tuple(each for each in outlook.compared if each not in NETWORKS)
    if table is None or table.kind == "regions" or partitioned is not None:
        return ()
    probable = (kind for kind, each in (assessments or {}).items() if each.probability is not None)
    return (*probable, *(amount_assessments or {}))


def model_demands(
    is_from_counts: bool,
    other_models: tuple[str, ...],
    table: Table | None,
    changes: tuple[Mapping[str, Any], ...],
    scenarios: tuple[Mapping[str, Any], ...],
    outlook: Outlook | None,
    by_hand: dict[str, Mapping[str, Any]] | None,
    period_ahead: int | None,
    regions_of_counts: Table | None,
    training: Assessed | None,
    assessments: dict[str, Assessment] | None,
    amount_assessments: dict[str, AmountAssessment] | None,
    regions: Table | None,
    people: Table | None,
    scale_to_population: bool,
    patients_anew: bool,
    know_regions: bool,
    resources_in_use: tuple[Resource, ...],
    region_changes: Mapping[str, Mapping[str, float | None]],
) -> dict[str, dict[str, float]]:
    """Return the demand by region of every model that a scenario asks for; what was set by hand stays as set."""
    tried = entries(changes=changes, scenarios=scenarios)
    every = (*tried.changes, *(change for each in tried.scenarios for change in each.changes))
    asked = dict.fromkeys(str(change.value) for change in every if change.what == MODEL)
    found: dict[str, dict[str, float]] = {}
    for model in (each for each in other_models if each in asked):
        counted = patients = None
        if is_from_counts and outlook is not None:
            counted = expected(forecast_by(outlook, model), by_hand or {}, horizon=period_ahead)
        elif training is not None:
            one, amount = (assessments or {}).get(model), (amount_assessments or {}).get(model)
            how = (scale_to_population, patients_anew, know_regions)
            patients = demands.patients_demand(training, one, amount, regions, people, *how, None, None)
        made = demands.region_table(is_from_counts, table, patients, regions, counted, regions_of_counts)
        if made is None:
            continue
        base = plans.problem_of_file(made, resources_in_use, None, 0.0, MOST_SERVED)
        if base is not None:
            changed = plans.problem(base, region_changes)
            found[model] = dict(zip(changed.regions, changed.demand.tolist(), strict=True))
    return found

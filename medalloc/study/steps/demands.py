"""How much care is expected in which region, from patients or from counts over time."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from medalloc.demand import Demand, population_of, poststratified_demand, regional_demand, to_region_table
from medalloc.demand.amounts import amounts_demand
from medalloc.demand.forecasting.catalogue import NETWORKS
from medalloc.demand.forecasting.expecting import Expected, expected
from medalloc.demand.forecasting.outlook import Outlook
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.question import Question
from medalloc.demand.forecasting.reading import read_panel
from medalloc.demand.region_table import with_reasons
from medalloc.errors import refused
from medalloc.jobs.summing import SumPartitions
from medalloc.jobs.tasks import Assessed, Forecast
from medalloc.need.evaluation.amount_assessment import AmountAssessment
from medalloc.need.evaluation.assessment import Assessment
from medalloc.need.training.splitting import patient_groups
from medalloc.need.training.target import read_need
from medalloc.partitions.mending import refuse_for_partitions
from medalloc.partitions.state import State
from medalloc.partitions.summing import Sums, demand_of_sums, sums_of
from medalloc.sentences import Sentence, sentence
from medalloc.study.entries import entries
from medalloc.study.step import long
from medalloc.tables.summary_rows import SummaryRows
from medalloc.tables.table import Table


def demand_unit(is_from_counts: bool, amount_unit: str | None, counted: str) -> str | None:
    """Return what demand is counted in, in the plural; None for persons, and for cases."""
    return (counted.strip() or None) if is_from_counts else amount_unit


def panel(counts: Table, summary_rows: SummaryRows, sum_rows: bool) -> Panel:
    """Return the counts by region and period."""
    found = read_panel(counts, summary_rows=summary_rows, sum_rows=sum_rows).panel
    return replace(found, notes=(*counts.notes, *found.notes))


def question(
    forecast_horizon: int,
    forecast_models: tuple[str, ...],
    forecast_seeds: int,
    forecast_seed: int,
    forecast_optimizer: str,
    summary_rows: SummaryRows,
) -> Question:
    """Return what is asked of the counts; with no forecaster chosen the usual ones are compared."""
    models = forecast_models or ("auto",)
    optimizer = forecast_optimizer if set(models) & set(NETWORKS) else "adam"
    return Question(forecast_horizon, models, forecast_seeds, forecast_seed, optimizer, summary_rows)


@long(Forecast)
def outlook(counts: Table, question: Question, sum_rows: bool) -> Forecast:
    """State what is forecast."""
    return Forecast(counts, question, sum_rows)


def period_ahead(outlook: Outlook, forecast_period: int) -> int | None:
    """Return the period ahead that is planned for; None for all of them."""
    return forecast_period if 1 <= forecast_period <= outlook.forecast.horizon else None


def by_hand(outlook: Outlook, forecast_by_hand: Mapping[str, Mapping[str, Any]]) -> dict[str, Mapping[str, Any]]:
    """Return what was set by hand for the periods of this forecast, by region."""
    entries(forecast_by_hand=forecast_by_hand)
    of_these = span(outlook).items()
    return {name: each for name, each in forecast_by_hand.items() if of_these <= each.items()}


def span(outlook: Outlook) -> dict[str, str]:
    """Return the first day of the first and of the last period ahead, as JSON."""
    dates = outlook.forecast.dates
    return {"first": dates[0].date().isoformat(), "last": dates[-1].date().isoformat()}


def expected_counts(outlook: Outlook, by_hand: dict[str, Mapping[str, Any]], period_ahead: int | None) -> Expected:
    """Return what the forecast expects in the chosen periods, with what was set by hand."""
    return expected(outlook.forecast, by_hand, horizon=period_ahead)


def predicting(training: Assessed, assessment: Assessment) -> str:
    """Return the file of the model whose probabilities make the demand."""
    return str(training.model_file(assessment.choice.kind))


@long(SumPartitions)
def partition_sums(
    partitioned: State,
    predicting: str,
    unprepared: Table,
    repairs: tuple[tuple[str, str | None], ...],
) -> SumPartitions:
    """State which rows are added up, and what predicts them."""
    need = read_need(unprepared)
    refuse_for_partitions(repairs)
    return SumPartitions(
        state=str(partitioned.folder),
        model_file=predicting,
        region=unprepared.required("region"),
        need=unprepared.required("need"),
        weight=unprepared.column("weight"),
        means_need=need.means_need,
        means_none=need.means_none,
        repairs=repairs,
    )


def patients_demand(
    training: Assessed,
    assessment: Assessment | None,
    amount_assessment: AmountAssessment | None,
    regions: Table | None,
    people: Table | None,
    scale_to_population: bool,
    patients_anew: bool,
    know_regions: bool,
    partitioned: State | None,
    partition_sums: Sums | None,
) -> Demand | None:
    """Return the demand of every region from what is expected of the patients that the models learned from."""
    patients = training.learned_from
    if patients.column("region") is None:
        return None
    population = population_of(regions) if scale_to_population else None
    uncertain: Any = {"patients_anew": patients_anew, "know_regions": know_regions}
    if partitioned is not None and (people is not None or patients_anew or amount_assessment is not None):
        raise refused(
            "Demand from a table in partitions is a sum of people in need: it is neither weighted by "
            "age and sex nor drawn anew by patient, and amounts are only predicted (score)."
        )
    if amount_assessment is not None:
        if people is not None:
            raise refused("Amounts of need cannot be weighted by age and sex; take the table of population out.")
        return amounts_demand(patients, amount_assessment.expected, population=population, **uncertain)
    if assessment is None or assessment.probability is None:
        return None
    probability = assessment.probability
    if partitioned is not None:
        if partition_sums is None:
            return None
        sums = sums_of(patients, probability) + partition_sums
        found = demand_of_sums(sums, population=population, know_regions=know_regions)
        return replace(found, warnings=(*found.warnings, *_repeating(patients)))
    if people is not None:
        return poststratified_demand(patients, probability, people, **uncertain)
    return regional_demand(patients, probability, population=population, **uncertain)


def _repeating(patients: Table) -> tuple[Sentence, ...]:
    """Say what is taken for granted where patients come more than once and only some of their rows are known."""
    if patient_groups(patients) is None:
        return ()
    return (
        sentence(
            "Patients appear more than once: in a table in partitions each row counts as a patient of its own, so that "
            "intervals may be too narrow."
        ),
    )


def region_table(
    is_from_counts: bool,
    table: Table | None,
    patients_demand: Demand | None,
    regions: Table | None,
    expected_counts: Expected | None,
    regions_of_counts: Table | None,
) -> Table | None:
    """Return the table that allocation starts from: one's own regions, or those that demand was summed to."""
    if is_from_counts:
        if expected_counts is None:
            return None
        return with_reasons(to_region_table(expected_counts, regions_of_counts), expected_counts.reasons)
    if table is None or table.kind == "regions":
        return table
    return None if patients_demand is None else to_region_table(patients_demand, regions)

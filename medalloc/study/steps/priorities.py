"""Who waits, by which rule they come, who gets a unit, where they go, and what that means for groups."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from medalloc.jobs.tasks import Assessed
from medalloc.need.evaluation.assessment import Assessment
from medalloc.priority.facilities import Facilities, facilities_of
from medalloc.priority.fairness import GroupOutcome, LabelShift, by_group, label_shift
from medalloc.priority.listing import WaitingList, prioritise
from medalloc.priority.placing import Placement, place
from medalloc.priority.rule import Override, Rule
from medalloc.priority.suggesting import (
    LOTTERY,
    FairnessColumns,
    scores_in_words,
    suggest_columns,
    suggest_rule,
    suggested_in_words,
)
from medalloc.priority.waiting import Waiting, waiting_of
from medalloc.sentences import Sentence, counted, sentence
from medalloc.study.entries import entries
from medalloc.study.step import Files
from medalloc.tables.table import Table

PART_SERVED = 10
"""One of so many gets a unit where nobody says how many there are."""


def waiting(table: Table, training: Assessed | None, assessment: Assessment | None) -> Waiting | None:
    """Return who waits: the patients of the table, with how probable their need is where a model learned from them."""
    if table.kind == "regions":
        return None
    if training is None or assessment is None or assessment.probability is None:
        return waiting_of(table)
    return waiting_of(table, assessment.probability if _are_rows_of(training.learned_from, table) else None)


def _are_rows_of(learned_from: Table, table: Table) -> bool:
    """Whether the rows of what models learned from are those of a table, whatever was mended in them since."""
    if len(learned_from.frame) != len(table.frame) or learned_from.source.sha256 != table.source.sha256:
        return False
    column = table.column("patient id")
    if column is None:
        return True
    known = learned_from.frame.get(column)
    return known is not None and known.astype(str).tolist() == table.frame[column].astype(str).tolist()


def suggested_rule(waiting: Waiting) -> Rule:
    """Return the rule that holds until somebody says another."""
    return suggest_rule(waiting)


def rule_in_use(priority_rule: Mapping[str, Any] | None, suggested_rule: Rule) -> Rule:
    """Return what decides who is first."""
    return suggested_rule if priority_rule is None else Rule.from_json(priority_rule)


def other_rule_in_use(other_rule: Mapping[str, Any] | None) -> Rule:
    """Return the rule that it is held against."""
    return LOTTERY if other_rule is None else Rule.from_json(other_rule)


def units_in_use(units_given: int | None, resources: tuple[Mapping[str, Any], ...] | None, waiting: Waiting) -> int:
    """Return how many units there are."""
    if units_given is not None:
        return units_given
    placed = () if resources is None else entries(resources=resources).resources
    return int(placed[0].stock) if placed else max(1, len(waiting.patients) // PART_SERVED)


def decided(overrides: tuple[Mapping[str, Any], ...]) -> tuple[Override, ...]:
    """Return what people decided otherwise."""
    return entries(overrides=overrides).overrides


def facilities(
    facilities_file: str, facilities_name: str, waiting: Waiting, points: pd.DataFrame | None, files: Files
) -> Facilities:
    """Return where patients can go."""
    return facilities_of(files.table(facilities_file, facilities_name), waiting, points)


def placement(
    waiting: Waiting,
    rule_in_use: Rule,
    units_in_use: int,
    decided: tuple[Override, ...],
    facilities: Facilities,
    longest_way: float | None,
) -> Placement:
    """Return who goes where."""
    return place(waiting, rule_in_use, units_in_use, decided, facilities, longest_way)


def priority_list(
    waiting: Waiting,
    rule_in_use: Rule,
    units_in_use: int,
    decided: tuple[Override, ...],
    facilities: Facilities | None,
    placement: Placement | None,
) -> WaitingList | None:
    """Return who gets a unit."""
    if facilities is not None:
        return None if placement is None else placement.found
    return prioritise(waiting, rule_in_use, units_in_use, decided)


def other_list(
    waiting: Waiting,
    other_rule_in_use: Rule,
    units_in_use: int,
    facilities: Facilities | None,
    longest_way: float | None,
) -> WaitingList:
    """Return who had got a unit by the other rule, without overrides."""
    if facilities is None:
        return prioritise(waiting, other_rule_in_use, units_in_use)
    return place(waiting, other_rule_in_use, units_in_use, (), facilities, longest_way).found


def priority_notes(
    waiting: Waiting,
    priority_list: WaitingList,
    priority_rule: Mapping[str, Any] | None,
    units_given: int | None,
    resources: tuple[Mapping[str, Any], ...] | None,
    facilities: Facilities | None,
) -> tuple[Sentence, ...]:
    """Return what was guessed, and what must be known before the list is used."""
    said = [] if priority_rule is not None else [suggested_in_words(priority_list.rule), *scores_in_words(waiting)]
    if units_given is None:
        said.append(_units_guessed(priority_list.units, resources))
    said += [*priority_list.order.notes, *(() if facilities is None else facilities.notes)]
    if facilities is not None and (places := int(facilities.places.sum())) < (units_given or 0):
        said.append(
            counted(
                "There is {units} unit, but the places in facilities are {places}.",
                "There are {units} units, but the places in facilities are {places}.",
                "units",
                units=units_given,
                places=places,
            )
        )
    for each, left in zip(priority_list.rule.reserves, priority_list.choice.unfilled.tolist(), strict=True):
        if left:
            how = sentence("they are kept") if priority_list.rule.keep_unfilled else sentence("they are open to all")
            said.append(
                counted(
                    "Of “{name}”, {left} unit finds nobody it is for; {how}.",
                    "Of “{name}”, {left} units find nobody they are for; {how}.",
                    "left",
                    name=each.name,
                    left=left,
                    how=how,
                )
            )
    return tuple(said)


def _units_guessed(units: int, resources: tuple[Mapping[str, Any], ...] | None) -> Sentence:
    if resources:
        said = sentence("Nobody has said how many units there are; the stock of {name} was taken: {units}.")
        return replace(said, values={"name": str(resources[0].get("name", "")), "units": units})
    return sentence(
        "Nobody has said how many units there are; one for every tenth patient was taken: {units}.", units=units
    )


def fairness_columns(
    waiting: Waiting, rule_in_use: Rule, fairness_group: str, need_label: str, cost_label: str
) -> FairnessColumns:
    """Return by which columns the list is judged."""
    guess = suggest_columns(waiting, rule_in_use)
    return FairnessColumns(fairness_group or guess.group, need_label or guess.need, cost_label or guess.cost)


def group_outcomes(priority_list: WaitingList, fairness_columns: FairnessColumns) -> tuple[GroupOutcome, ...] | None:
    """Return who waits, who is served, and at what need, by group."""
    columns = fairness_columns
    return None if columns.group is None else by_group(priority_list, columns.group, columns.need)


def label_shifts(priority_list: WaitingList, fairness_columns: FairnessColumns) -> tuple[LabelShift, ...] | None:
    """Return who loses places if the list goes by use or cost rather than by need."""
    columns = fairness_columns
    if columns.group is None or columns.need is None or columns.cost is None:
        return None
    given = int(np.sum(priority_list.served))
    return label_shift(priority_list.waiting, given, columns.need, columns.cost, columns.group)

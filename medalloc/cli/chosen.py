"""From options to a study: what was chosen, as plain data."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from medalloc.allocation.policy import MOST_SERVED, kind_of, number_of, policy_fault
from medalloc.cli.files import HOW_IT_IS_READ, boundaries, further_files, noted, recipe_of, several, shape
from medalloc.cli.found_boundaries import refuse_wrong_boundaries
from medalloc.cli.large import drawn
from medalloc.cli.named import by_hand, columns, differing, model_options, with_columns, with_roles
from medalloc.cli.output import sure
from medalloc.cli.progress import Told
from medalloc.cli.remembered import remember, with_remembered
from medalloc.cli.repairs import Further, repairs
from medalloc.cli.resources import OPTIONS, resources, sources
from medalloc.errors import InputError, refused, require
from medalloc.jobs.here import JobsHere
from medalloc.need.models.amount_catalogue import AMOUNTS, SAME_METHOD
from medalloc.need.models.choice import ModelChoice
from medalloc.need.training.amount import holds_amounts, read_amount
from medalloc.need.training.target import read_need
from medalloc.sentences import sentence
from medalloc.study import Answers, Study
from medalloc.study.files import NamedFiles
from medalloc.study.steps import tables
from medalloc.tables.table import Table

AS_THEY_ARE = (
    *(*HOW_IT_IS_READ, "summary_rows", "region_level", "value_order", "need_as", "need_unit"),
    *("multiple", "multiplied"),
    *("calibration", "seed", "budget", "floor", "time_limit", "equity_by", "promises"),
    *("forecast_horizon", "forecast_models", "forecast_period", "sum_rows", "know_regions"),
    "scale_to_population",
)
"""Options that are called as the choices that they make."""


def asked(file: Path | str, folder: Path, chosen: Mapping[str, Any], *, regions: bool = False) -> Answers:
    """Return the answers of the study that options describe.

    Parameters
    ----------
    chosen : mapping
        Options by name; one that a command does not have may be missing.
    regions : bool
        Whether the table is to be taken for one of regions, even where a column seems to say who was in need.
    """
    about_resources = any(chosen.get(name) for name in ("resources", "integer", *(each.field for each in OPTIONS)))
    placed = resources(chosen) if about_resources else None
    read = came_in(file, folder, chosen)
    study = read.study.changed(
        **_need(chosen),
        **further_files(chosen, folder),
        **_policy(chosen.get("policy", MOST_SERVED)),
        resources=None if placed is None else tuple(dict(vars(each)) for each in placed),
        fractions=chosen.get("integer") is False,
        requirement_sources=sources(chosen.get("sources", ()), placed or ()),
    )
    answers = read.after(study, ())
    for further in (
        _roles(chosen, regions=regions),
        _meaning(chosen),
        _where(chosen, folder),
        repairs(chosen),
        _by_hand(chosen),
    ):
        answers = answers.after(answers.study.changed(**further(answers)), ())
    refuse_wrong_boundaries(answers)
    return answers


def came_in(file: Path | str, folder: Path, chosen: Mapping[str, Any]) -> Answers:
    """Return the answers of a study that knows its table, and how this is read, and nothing else."""
    large = drawn(file, chosen)
    if large is not None:
        file = large.sample
    study = Study().changed(
        partitions="" if large is None else str(large.folder),
        train_on="sample" if large is None else chosen["learn_from"],
        **{name: chosen[name] for name in AS_THEY_ARE if name in chosen},
        **noted("file", "file_name", Path(file), folder),
        more_files=several(chosen.get("more_files", ()), folder),
        **shape(chosen, folder),
        **boundaries(chosen, folder),
    )
    return Answers(study, NamedFiles(folder), JobsHere(Told()))


def _need(chosen: Mapping[str, Any]) -> dict[str, Any]:
    """Return how the patients are prepared and what learns from them."""
    named = chosen.get("model") or ()
    kinds = (named,) if isinstance(named, str) else tuple(dict.fromkeys(named))
    models = kinds or Study().need.models
    if chosen.get("learn_from") == "all" and "boosting" not in models:
        raise refused("--learn-from all is for boosted trees; take --model boosting, or leave it out.")
    options = model_options(models, chosen.get("model_options", ()), chosen.get("optimizer"))
    for kind in models:
        ModelChoice(kind, seed=chosen.get("seed", 42), options=options.get(kind, {}))
    return {
        "recipe": recipe_of(chosen.get("recipe", "default")),
        "models": models,
        "model": kinds[0] if len(kinds) == 1 else None,
        "model_options": options,
    }


def _policy(named: str) -> dict[str, Any]:
    """Return a policy as the screens keep it; one that goes with a number is refused without it."""
    if fault := policy_fault(named):
        raise InputError(fault)
    number = number_of(named)
    return {"policy": named} if number is None else {"policy": kind_of(named).kind, "alpha": number}


def _roles(chosen: Mapping[str, Any], *, regions: bool) -> Further:
    """Return the roles of the table's columns; what `--column` says is of the regions where they have a file."""
    named = {"need": "target", "region": "region", "patient id": "patient_id", "date": "date", "demand": "value"}

    def roles(answers: Answers) -> dict[str, Any]:
        came_in = with_remembered(sure(answers, tables.came_in), chosen)
        given = {chosen[option]: role for role, option in named.items() if chosen.get(option)}
        table = with_roles(came_in, given)
        said = set(given)
        if chosen.get("regions") is None:
            table, said = with_columns(table, chosen.get("column", ())), said | set(columns(chosen.get("column", ())))
            _refuse_resources(answers, chosen)
        need = table.column("need")
        if regions and need is not None and "need" not in columns(chosen.get("column", ())).values():
            table = table.with_roles({need: "ignored"})
        found = differing(sure(answers, tables.came_in), table, said)
        remember(table, found, chosen)
        return {"roles": found}

    return roles


def _meaning(chosen: Mapping[str, Any]) -> Further:
    """Return which answers mean need; a comma parts them, unless an answer itself is written so."""

    def meaning(answers: Answers) -> dict[str, Any]:
        table = sure(answers, tables.table)
        column, given = table.column("need"), chosen.get("need_is", ())
        if column is None:
            return {}
        whole = set(table.frame[column].dropna().astype(str).str.strip().str.casefold()) if given else set()
        parts = ([each] if each.strip().casefold() in whole else each.split(",") for each in given)
        named = tuple(dict.fromkeys(one.strip() for part in parts for one in part))
        said = replace(table, need_is=named)
        if not holds_amounts(said):
            # refused here rather than when something learns from it
            read_need(said)
            refuse_models_of_amounts(answers)
            return {"need_is": named}
        read_amount(said)
        if named:
            raise refused("--need-is has no effect where need is an amount; leave it or --need-as out.")
        if chosen.get("calibration", "auto") != "auto":
            raise refused("--calibration has no effect where need is an amount; leave it out.")
        options = answers.study.need.model_options.items()
        return {
            "model": model_of_amounts(chosen.get("model") or ()),
            "model_options": {SAME_METHOD.get(kind, kind): each for kind, each in options},
        }

    return meaning


def _where(chosen: Mapping[str, Any], folder: Path) -> Further:
    """Return the table of regions, of the patients or of what is counted."""

    def where(answers: Answers) -> dict[str, Any]:
        if chosen.get("regions") is None:
            return {}
        if answers(tables.is_from_counts):
            return noted("counts_regions_file", "counts_regions_name", chosen["regions"], folder)
        files = noted("regions_file", "regions_name", chosen["regions"], folder)
        read = sure(answers.after(answers.study.changed(**files), ()), tables.regions)
        _refuse_resources(answers, chosen)
        said = chosen.get("column", ())
        return {**files, "regions_roles": differing(read, with_columns(read, said), columns(said))}

    return where


def _refuse_resources(answers: Answers, chosen: Mapping[str, Any]) -> None:
    """Refuse roles of resources that are not placed: later on such columns are left out without a word."""
    placed = answers.study.limits.resources
    named = columns(chosen.get("column", ()))
    faults = [
        sentence(
            "Column “{column}” has the role “{role}”, but the resources to place are: {resources}."
            " Name one of them, or mark the column as ignored.",
            column=column,
            role=role,
            resources=", ".join(each["name"] for each in placed or ()),
        )
        for column, role in named.items()
        if placed is not None and ":" in role and role.partition(":")[2] not in {each["name"] for each in placed}
    ]
    require(*faults)


def _by_hand(chosen: Mapping[str, Any]) -> Further:
    def changes(answers: Answers) -> dict[str, Any]:
        table = sure(answers, tables.table)
        return {"region_changes": by_hand(chosen.get("changes", ()), _regions_of(table))}

    return changes


def _regions_of(table: Table) -> list[str]:
    """Return the names of the regions in a table; none where no column holds them."""
    column = table.column("region")
    return [] if column is None else sorted(set(table.frame[column].dropna().astype(str).str.strip()))


def model_of_amounts(named: str | tuple[str, ...]) -> str | None:
    """Return the model of amounts that was asked for; None where the comparison chooses."""
    kinds = [SAME_METHOD.get(each, each) for each in ((named,) if isinstance(named, str) else named)]
    known = ", ".join(each for each in (*SAME_METHOD, *AMOUNTS) if each not in SAME_METHOD.values())
    faults = [
        sentence(
            "Model “{kind}” learns answers, and need is an amount here; use one of: {known}.", kind=each, known=known
        )
        for each in kinds
        if each not in AMOUNTS
    ]
    require(*faults)
    return kinds[0] if len(set(kinds)) == 1 else None


def refuse_models_of_amounts(answers: Answers) -> None:
    """Refuse models that learn amounts where need is an answer."""
    faults = [
        sentence("Model “{kind}” learns amounts, and need is an answer here; use another, or --need-as.", kind=each)
        for each in answers.study.need.models
        if each in AMOUNTS
    ]
    require(*faults)

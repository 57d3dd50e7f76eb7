"""From patients to scores: who will need care."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli import needing_amounts
from medalloc.cli.chosen import asked
from medalloc.cli.found import said_of_table
from medalloc.cli.large import LARGE, on_cluster
from medalloc.cli.needing import (
    by_group,
    by_region,
    card_of,
    compared,
    compared_kinds,
    interval_of,
    of_partitions,
    print_groups,
)
from medalloc.cli.options import COMPARE, FILES_ANYWHERE, JSON, NEED, READING, options
from medalloc.cli.output import counted, in_its_folder, print_json, sure
from medalloc.cli.progress import Told
from medalloc.errors import refused
from medalloc.need.evaluation.assessment import Assessment, assess
from medalloc.need.evaluation.storage import need_json
from medalloc.need.groups.comparison import Groups
from medalloc.need.models.choice import ModelChoice
from medalloc.need.persistence.contents import contents
from medalloc.need.persistence.kept_model import keep_model
from medalloc.need.persistence.model_file import write_model
from medalloc.need.training.training import TrainedModel
from medalloc.partitions.everything import Everything
from medalloc.saved import write_file
from medalloc.study.steps import needs, tables
from medalloc.tables.table import Table


@click.command()
@options(
    FILES_ANYWHERE,
    READING,
    NEED,
    COMPARE,
    LARGE,
    click.option("--groups", metavar="COLUMN", help="Compare errors between the groups of this column."),
    click.option(
        "--save",
        type=click.Path(path_type=Path),
        help="Keep the trained model in this file; with --compare, the one chosen.",
    ),
    click.option("--card", "card_file", type=click.Path(path_type=Path), help="Write that model's card: .html or .md."),
    JSON,
)
def need(
    file: Path | str,
    compare: bool,
    every: bool,
    groups: str | None,
    save: Path | None,
    card_file: Path | None,
    as_json: bool,
    **chosen: Any,
) -> None:
    """Learn from the patients in FILE who will need care, and say how well that is known."""
    if every and not compare:
        raise refused("--every has no effect without --compare; add it, or leave --every out.")
    answers = asked(file, Path(), chosen)
    if answers(needs.learns_amounts):
        needing_amounts.need_of_amounts(
            answers, compare=compare, groups=groups, save=save, card_file=card_file, as_json=as_json
        )
        return
    table, recipe = sure(answers, tables.table), sure(answers, tables.recipe_in_use)
    options = sure(answers, needs.trained_options)
    choice = ModelChoice(
        chosen["model"],
        seed=chosen["seed"],
        options=options.get(chosen["model"], {}),
        calibration=chosen["calibration"],
    )
    trained: dict[str, TrainedModel] = {}
    told, everything = Told(), answers(needs.everything)
    kinds = compared_kinds(len(table.frame), choice.kind, every=every) if compare else [choice.kind]
    # groups are compared on every row, each predicted by a model that has not learned from it
    with on_cluster(chosen):
        found = assess(
            table,
            recipe,
            choice,
            cross_validate=compare or groups is not None,
            progress=told.part(0, len(kinds), choice.kind),
            keep=lambda model: trained.update({choice.kind: model}),
            further=None if everything is None else Everything(**everything).learned,
        )
    assessed, board = {choice.kind: found}, dict[str, Any]()
    if compare:
        board = compared(table, recipe, kinds, assessed, trained, told)
        # all that is told and kept is of one model
        found = assessed[board["chosen"]]
    meaning = sure(answers, needs.need_meaning)
    result = need_json(found) | {"need": meaning.to_json()} | board
    result["warnings"] += _kept(trained[found.choice.kind], found, table, save, card_file)
    apart = None if groups is None else by_group(table, groups, found)
    if apart is not None:
        result["groups"] = [each.to_json() for each in apart.groups]
        result["warnings"] += [str(each) for each in apart.warnings]
    result["warnings"] += said_of_table(answers)
    result |= by_region(table, found) | of_partitions(answers, found, told)
    if as_json:
        print_json(result)
        return
    _say(result, str(meaning.said), apart)


def _kept(
    trained: TrainedModel, found: Assessment, table: Table, save: Path | None, card_file: Path | None
) -> list[str]:
    """Write a model and its card where that was asked for, and return what the file of the model holds."""
    if save is None and card_file is None:
        return []
    kept = keep_model(trained, table)
    if save is not None:
        write_model(kept, in_its_folder(save))
    if card_file is not None:
        write_file(in_its_folder(card_file), card_of(kept, found, card_file.suffix))
    return [] if save is None else [str(contents(kept.fitted.model))]


def _say(result: dict[str, Any], meaning: str, apart: Groups | None) -> None:
    """Print what was found."""
    click.echo(f"{result['model']}: {counted(result['train'], 'row')} to learn from, {result['test']:,} to test on")
    click.echo(meaning)
    for name, score in result["scores"].items():
        click.echo(f"  {name}: {score:.4f}{interval_of(result['intervals'].get(name))}")
    for row in result.get("leaderboard", ()):
        click.echo(f"  {row['model']}: ROC AUC {row['auc']:.4f} ± {row['auc_spread']:.4f}")
    if "verdict" in result:
        click.echo(" ".join(filter(None, (result["verdict"], result.get("not_compared")))))
    if apart is not None:
        print_groups(apart)
    if "partitions" in result:
        parted = result["partitions"]
        learnt = max(result["train"], parted["sampled"])
        click.echo(f"Learnt from {learnt:,} of {counted(parted['rows'], 'row')} in partitions.")
        for point in result["sample_curve"]["points"]:
            click.echo(f"  {counted(point['rows'], 'row')}: ROC AUC {point['auc']:.4f}")
        click.echo(result["sample_curve"]["said"])
    for warning in (*result["warnings"], *result.get("regional_notes", ())):
        click.echo(warning)

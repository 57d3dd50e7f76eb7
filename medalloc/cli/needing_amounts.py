"""What the need command does where the column holds amounts: visits, days of stay, cost."""

from pathlib import Path
from typing import Any

import click

from medalloc.cli.found import said_of_table
from medalloc.cli.needing import card_of
from medalloc.cli.output import counted, in_its_folder, print_json, sure
from medalloc.cli.progress import Told
from medalloc.errors import refused
from medalloc.need.comparison.amounts import amounts_json, compare_amounts
from medalloc.need.evaluation.amount_assessment import AmountAssessment, TrainedAmounts
from medalloc.need.evaluation.amount_storage import amount_json
from medalloc.need.evaluation.amounts import assess_amounts
from medalloc.need.models.amount_catalogue import AMOUNTS
from medalloc.need.persistence.kept_model import keep_model
from medalloc.need.persistence.model_file import write_model
from medalloc.saved import write_file
from medalloc.study import Answers
from medalloc.study.steps import needs, tables


def need_of_amounts(
    answers: Answers, *, compare: bool, groups: str | None, save: Path | None, card_file: Path | None, as_json: bool
) -> None:
    """Learn from patients how much each will need, and say how well that is known."""
    if groups is not None:
        raise refused("--groups compares answers, and need is an amount here; leave --groups out.")
    kind, meaning = str(answers.study.need.model), sure(answers, needs.need_meaning)
    every, trained = _assessed(answers, list(dict.fromkeys((kind, *(AMOUNTS if compare else ())))))
    unit, board = sure(answers, needs.amount_unit), dict[str, Any]()
    if compare:
        board = amounts_json(every, compare_amounts(every))
        # all that is told and kept is of one model
        kind = board["chosen"]
    result: dict[str, Any] = {**amount_json(every[kind]), "need": meaning.to_json(), "unit": unit, **board}
    if save is not None or card_file is not None:
        kept = keep_model(trained[kind], sure(answers, tables.table))
        if save is not None:
            write_model(kept, in_its_folder(save))
        if card_file is not None:
            write_file(in_its_folder(card_file), card_of(kept, every[kind], card_file.suffix))
    result["warnings"] = [*result["warnings"], *said_of_table(answers)]
    if as_json:
        print_json(result)
        return
    click.echo(f"{kind}: {counted(result['train'], 'row')} to learn from, {result['test']:,} to test on")
    click.echo(str(meaning.said))
    for line in _lines(result, unit):
        click.echo(line)


def _assessed(answers: Answers, kinds: list[str]) -> tuple[dict[str, AmountAssessment], dict[str, TrainedAmounts]]:
    """Return what was found about each kind of model, and the models."""
    table, recipe, told = sure(answers, tables.table), sure(answers, tables.recipe_in_use), Told()
    every, trained = {}, {}
    for number, kind in enumerate(kinds):

        def keep(model: TrainedAmounts, kind: str = kind) -> None:
            trained[kind] = model

        progress = told.part(number, len(kinds), kind)
        options, seed = answers.study.need.model_options.get(kind, {}), answers.study.need.seed
        every[kind] = assess_amounts(table, recipe, kind, seed, options=options, progress=progress, keep=keep)
    return every, trained


def _lines(result: dict[str, Any], unit: str) -> list[str]:
    made = []
    for name, score in result["scores"].items():
        ends = result["intervals"].get(name)
        between = "" if ends is None else f" ({ends[0]:.4f} to {ends[1]:.4f})"
        made.append(f"  {name}: " + ("not defined" if score is None else f"{score:.4f}{between}"))
    made.append(f"By tenths of what is expected [{unit}]:")
    made += [f"  expected {each['expected']:.3g}, observed {each['observed']:.3g}" for each in result["deciles"]]
    for row in result.get("leaderboard", ()):
        made.append(f"  {row['model']}: deviance {row['deviance']:.4g}, mean absolute error {row['mae']:.4g}")
    return [*made, *([result["verdict"]] if "verdict" in result else []), *result["warnings"]]

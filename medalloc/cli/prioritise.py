"""From patients waiting to a list: who gets a unit, where, and why."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click

from medalloc.cli.answering import read_study, submitted
from medalloc.cli.chosen import asked
from medalloc.cli.files import noted
from medalloc.cli.found import found_of_table
from medalloc.cli.options import FILE, JSON, MODELS, PATH, PATIENTS, READING, options
from medalloc.cli.output import in_columns, print_json, sure, write
from medalloc.cli.telling import learnt_json, unit_json
from medalloc.errors import not_opened, refused
from medalloc.priority.answer import in_short, list_frame, priority_json
from medalloc.priority.fairness import shift_in_words
from medalloc.priority.rule import Override, Rule
from medalloc.priority.waiting import NEED
from medalloc.saved import read_form, read_json
from medalloc.sentences import Sentence
from medalloc.study import Answers
from medalloc.study.entries import entries
from medalloc.study.steps import needs, priorities, tables

ALONE = (
    *("file", "out", "as_json", "rule", "other_rule", "units", "overrides", "overrides_file", "longest_way"),
    *("fairness_group", "need_label", "cost_label"),
)
"""Options that can be given with a study, too."""

SHOWN = 10
"""Patients without a unit who are shown. [count]"""

WHO = options(
    click.option("--target", help="Column that says who was in need, if any."),
    click.option(
        "--model",
        type=click.Choice(MODELS),
        multiple=True,
        help="Train this first, to go by its probabilities; the usual ones if a rule does.",
    ),
)
RULES = options(
    click.option("--rule", type=PATH, help="Rule of priority as JSON; guessed and said when left out."),
    click.option("--rule-b", "other_rule", type=PATH, help="Rule to hold it against; a lottery when left out."),
    click.option("--units", metavar="[NAME=]COUNT", help="Units to give; guessed and said when left out."),
    click.option(
        "--override",
        "overrides",
        multiple=True,
        metavar="PATIENT=give|withhold:REASON",
        help="What people decided otherwise, and why; can be given again.",
    ),
    click.option("--overrides", "overrides_file", type=PATH, help="The same as a JSON list."),
)
PLACES = options(
    click.option("--facilities", type=PATH, help="Table of facilities with their places and where they are."),
    click.option("--longest", "longest_way", type=float, help="Longest way that is asked of a patient."),
    click.option("--regions", type=PATH, help="Table of the patients' regions with longitude and latitude."),
)
FAIRNESS = options(
    click.option("--groups", "fairness_group", default="", metavar="COLUMN", help="Groups that are compared."),
    click.option("--need-label", default="", metavar="COLUMN", help="Column that says how much each needs it."),
    click.option("--cost-label", default="", metavar="COLUMN", help="Column that says what each used or cost."),
)


@click.command()
@options(FILE, READING, WHO, PATIENTS, RULES, PLACES, FAIRNESS)
@click.option("--out", type=PATH, help="Write the list as CSV or XLSX.")
@options(JSON)
def prioritise(file: Path, out: Path | None, as_json: bool, **chosen: Any) -> None:
    """Say who of the patients in FILE, a table or a study, gets a unit first, where, and why; people decide."""
    answers = _answers(file, chosen)
    found, other = sure(answers, priorities.priority_list), sure(answers, priorities.other_list)
    placed, shifts = answers(priorities.placement), answers(priorities.label_shifts)
    groups, columns = answers(priorities.group_outcomes), sure(answers, priorities.fairness_columns)
    notes = list(dict.fromkeys(map(str, _notes(answers))))
    for said in notes:
        click.echo(said, err=True)
    if out is not None:
        write(list_frame(found, other, placed), out)
    if as_json:
        by = {"fairness_columns": vars(columns)}
        print_json(
            {
                **priority_json(found, other, placed, groups, shifts),
                **by,
                **learnt_json(answers),
                **unit_json(answers),
                "notes": notes,
            }
        )
        return
    served = int(found.served.sum())
    click.echo(str(in_short(found, other)))
    click.echo(in_columns(list_frame(found, other, placed, most=served + SHOWN)))
    if (left := len(found.rank) - served - SHOWN) > 0:
        click.echo(f"… and {left:,} more who get none; --out or --json has them all.")
    for each in groups or ():
        need = "" if each.need_served is None else f", mean {columns.need} {each.need_served:.3g}"
        click.echo(
            f"{columns.group} {each.group or '(missing)'}: {each.served:,} of {each.waiting:,} ({each.share:.1%}){need}"
        )
    if shifts is not None:
        click.echo(str(shift_in_words(shifts, columns.need or "", columns.cost or "")))
    click.echo("This list orders patients for people to decide; overrule it with --override and a reason.")


def _answers(file: Path, chosen: Mapping[str, Any]) -> Answers:
    """Return the answers of the study that options describe, its model trained where one is asked for."""
    answers = _of_study(file) if _is_study(file) else asked(file, Path(), chosen)
    given = {
        **noted("facilities_file", "facilities_name", chosen["facilities"], Path()),
        **{name: _rule(chosen[option]) for name, option in (("priority_rule", "rule"), ("other_rule", "other_rule"))},
        **{name: chosen[name] for name in ("longest_way", "fairness_group", "need_label", "cost_label")},
        "units_given": _units(chosen["units"]),
    }
    added = (*_overrides_in(chosen["overrides_file"]), *map(_override, chosen["overrides"]))
    # what a study says holds where no option says otherwise
    study = answers.study.changed(
        **{name: value for name, value in given.items() if value not in (None, "")},
        overrides=(*answers.study.priority.overrides, *added),
    )
    answers = answers.after(study, ())
    if chosen["model"] or _goes_by_a_model(answers):
        answers = answers.after(study, submitted(answers, needs.training))
    if chosen["longest_way"] is not None and study.priority.facilities_file is None:
        raise refused("--longest has no effect without --facilities; add it, or leave --longest out.")
    if answers(priorities.waiting) is None:
        raise refused("This is a table of regions; a list of priority needs one of patients, a row each.")
    return answers


def _is_study(file: Path) -> bool:
    """Whether a file is a study, packed or not, rather than a table."""
    if file.suffix != ".json":
        return file.suffix == ".medalloc"
    try:
        read = read_json(file.read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(read, Mapping) and {"version", "data", "limits"} <= read.keys()


def _of_study(file: Path) -> Answers:
    """Return the answers of a study, which says itself how its table is read."""
    context = click.get_current_context()
    typed = click.core.ParameterSource.COMMANDLINE
    vain = [each for each in context.params if each not in ALONE and context.get_parameter_source(each) is typed]
    if vain:
        raise refused("A study says itself how its table is read; leave out: {options}.", options=", ".join(vain))
    return read_study(file)


def _goes_by_a_model(answers: Answers) -> bool:
    """Whether a rule takes a probability of need that only a training gives."""
    rules, waiting = (priorities.rule_in_use, priorities.other_rule_in_use), answers(priorities.waiting)
    if waiting is None or NEED in waiting.table.frame or waiting.table.column("need") is None:
        return False
    return any(NEED in sure(answers, each).columns for each in rules)


def _notes(answers: Answers) -> Iterator[Sentence]:
    for step in (tables.table, tables.regions):
        read = answers(step)
        yield from () if read is None else read.notes
    yield from found_of_table(answers)
    yield from answers(priorities.priority_notes) or ()


def _rule(file: Path | None) -> dict[str, Any] | None:
    return None if file is None else read_form(file, Rule, Rule.noun).to_json()


def _units(given: str | None) -> int | None:
    if given is None:
        return None
    count = given.rpartition("=")[2].strip()
    if not count.isdecimal():
        raise refused("--units is {found}; write a whole number, such as beds=40.", found=given)
    return int(count)


def _override(given: str) -> dict[str, Any]:
    """Return an override as a study keeps it."""
    patient, _, rest = given.partition("=")
    decision, _, reason = rest.partition(":")
    if decision not in ("give", "withhold") or not patient.strip() or not reason.strip():
        raise refused("--override is {found}; write PATIENT=give:REASON or PATIENT=withhold:REASON.", found=given)
    return Override(patient.strip(), decision, reason.strip()).to_json()  # type: ignore[arg-type]


def _overrides_in(file: Path | None) -> tuple[dict[str, Any], ...]:
    if file is None:
        return ()
    try:
        read = read_json(file.read_bytes())
    except OSError as error:
        raise not_opened(file, error) from error
    except ValueError as error:
        raise refused("“{file}” is no JSON: {reason}.", file=file, reason=str(error)) from error
    return tuple(each.to_json() for each in entries(overrides=read).overrides)

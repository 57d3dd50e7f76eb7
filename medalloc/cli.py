"""The same story without a browser: read, need, allocate, plan."""

import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from medalloc import __version__
from medalloc.errors import InfeasibleError, InputError, MedallocError, SourceError
from medalloc.sentences import sentence
from medalloc.tables.table import Table

DIFFERENT, INPUT, INFEASIBLE = 1, 2, 3
"""Exit codes: a published number is not obtained; something must be mended; no plan keeps every limit."""

POLICIES = "per-head, proportional, most-served, max-min, today, or alpha:A with a number A of at least 0."
MODELS = ("logistic", "svm", "forest", "forest-article", "boosting")


def main() -> None:
    """Run the command line; what a user can repair is one sentence on standard error, never a traceback."""
    try:
        commands(standalone_mode=False, prog_name="python -m medalloc")
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as error:
        click.echo(f"{error.format_message()} Try “python -m medalloc --help”.", err=True)
        sys.exit(INPUT)
    except click.Abort:
        sys.exit(130)
    except MedallocError as error:
        click.echo(str(error), err=True)
        sys.exit(INPUT)


@click.group()
@click.version_option(__version__, prog_name="medalloc")
def commands() -> None:
    """From a table of patients or regions to a defensible plan of which region gets what."""


def options(*decorators: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Return one decorator that adds several options, in the order in which they are given."""

    def decorate(command: Any) -> Any:
        for decorator in reversed(decorators):
            command = decorator(command)
        return command

    return decorate


FILE = click.argument("file", type=click.Path(path_type=Path))
JSON = click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
NEED = options(
    click.option("--target", required=True, help="Column that says who was in need."),
    click.option("--region", help="Column that says in which region."),
    click.option("--id", "patient_id", help="Column that says which patient."),
    click.option("--recipe", default="default", show_default=True, help="default, article, or a JSON file."),
    click.option("--model", type=click.Choice(MODELS), default="boosting", show_default=True),
    click.option("--seed", default=42, show_default=True),
)
LIMITS = options(
    click.option("--resource", "stock", multiple=True, required=True, metavar="NAME=STOCK", help="Units to place."),
    click.option(
        "--requirement", multiple=True, metavar="NAME=UNITS", help="Units one served person uses; 1 if left out."
    ),
    click.option("--cost", multiple=True, metavar="NAME=MONEY", help="Money for one placed unit; 0 if left out."),
    click.option("--budget", type=float, help="Most that the placed units may cost."),
    click.option("--floor", type=float, default=0.0, help="Coverage every region must get, between 0 and 1."),
    click.option("--policy", default="most-served", show_default=True, metavar="POLICY", help=POLICIES),
    click.option("--column", multiple=True, metavar="ROLE=NAME", help="What a column is for, such as demand=cases."),
    click.option(
        "--frontier", type=click.IntRange(0, 200), default=0, help="Points of the frontier of efficiency and fairness."
    ),
    click.option("--out", type=click.Path(path_type=Path), help="Write the plan as CSV or XLSX."),
)


@commands.command()
@options(FILE, JSON)
def read(file: Path, as_json: bool) -> None:
    """Read FILE and say what is in it and what is wrong with it."""
    from medalloc.tables.quality import findings
    from medalloc.tables.reading import read_file
    from medalloc.tables.table import column_kind

    table = read_file(file)
    found = findings(table)
    if as_json:
        _print(
            {
                "rows": len(table.frame),
                "columns": [
                    {
                        "name": name,
                        "kind": column_kind(table.frame[name]),
                        "role": table.roles[name],
                        "missing": int(table.frame[name].isna().sum()),
                    }
                    for name in table.frame.columns
                ],
                "encoding": table.source.encoding,
                "delimiter": table.source.delimiter,
                "findings": [
                    {"kind": each.kind, "column": each.column, "count": each.count, "repair": str(each.repair)}
                    for each in found
                ],
            }
        )
        return
    click.echo(f"{len(table.frame):,} rows, {len(table.frame.columns)} columns")
    for name, role in table.roles.items():
        click.echo(f"  {name}: {role}")
    for each in found:
        click.echo(f"{each.message} {each.repair}")


@commands.command()
@options(FILE, NEED, JSON)
def need(file: Path, as_json: bool, **chosen: Any) -> None:
    """Learn from the patients in FILE who will need care, and say how well that is known."""
    from medalloc.need.assessment import assess
    from medalloc.need.storage import need_json

    table, recipe, choice = _learning(file, chosen)
    result = need_json(assess(table, recipe, choice, cross_validate=False))
    if as_json:
        _print(result)
        return
    click.echo(f"{result['model']}: {result['train']:,} rows to learn from, {result['test']:,} to test on")
    for name, score in result["scores"].items():
        click.echo(f"  {name}: {score:.4f}")
    for warning in result["warnings"]:
        click.echo(warning)


@commands.command()
@options(FILE, LIMITS, JSON)
def allocate(file: Path, as_json: bool, **limits: Any) -> None:
    """Compute which region of the table in FILE gets what."""
    _allocate(_regions(file, limits), limits, as_json=as_json)


@commands.command()
@options(FILE, NEED, LIMITS, JSON)
@click.option("--regions", type=click.Path(path_type=Path), help="Table with population and existing units by region.")
def plan(file: Path, regions: Path | None, as_json: bool, **chosen: Any) -> None:
    """From the patients in FILE to a plan: need, demand and allocation in one go."""
    from medalloc.demand import population_of, regional_demand, to_region_table
    from medalloc.need.assessment import assess

    table, recipe, choice = _learning(file, chosen)
    table.required("region")
    places = None if regions is None else _regions(regions, chosen)
    probability = assess(table, recipe, choice, cross_validate=True).probability
    if probability is None:
        raise RuntimeError("A cross-validated assessment gave no probabilities.")
    expected = regional_demand(table, probability, population=population_of(places))
    _allocate(to_region_table(expected, places), chosen, as_json=as_json)


@commands.command()
@JSON
def check(as_json: bool) -> None:
    """Compute every published number again; exit code 1 if any differs."""
    from medalloc.published.cases import check_all

    every = check_all()
    differing = [each for each in every if not each.agrees]
    if as_json:
        _print({"agree": len(every) - len(differing), "all": len(every), "cases": [each.to_json() for each in every]})
    else:
        for each in every:
            said = "agrees" if each.agrees else f"DIFFERS by {each.difference:.3g}"
            click.echo(f"{said}: {each.case.name} ({each.case.inputs}): {each.obtained:.12g}, {each.case.source}")
        click.echo(f"{len(every) - len(differing)} of {len(every)} published numbers are obtained to their last digit.")
    if differing:
        sys.exit(DIFFERENT)


def _learning(file: Path, chosen: Mapping[str, Any]) -> tuple[Table, Any, Any]:
    from medalloc.need.choice import ModelChoice
    from medalloc.preparation.recipe import recipe_named
    from medalloc.tables.reading import read_file

    named = {"need": chosen["target"], "region": chosen["region"], "patient id": chosen["patient_id"]}
    table = _with_roles(read_file(file), {name: role for role, name in named.items() if name})
    recipe = _recipe_file(chosen["recipe"]) if chosen["recipe"].endswith(".json") else recipe_named(chosen["recipe"])
    return table, recipe, ModelChoice(chosen["model"], seed=chosen["seed"])


def _recipe_file(path: str) -> Any:
    from medalloc.preparation.recipe import Recipe

    try:
        return Recipe.from_json(json.loads(Path(path).read_text(encoding="utf-8")))
    except OSError as error:
        raise InputError(
            sentence("The recipe “{file}” cannot be opened: {reason}.", file=path, reason=error.strerror)
        ) from error
    except ValueError as error:
        raise InputError(
            sentence(
                "The recipe “{file}” is not JSON ({reason}); save it from the Prepare screen.", file=path, reason=error
            )
        ) from error


def _allocate(table: Table, limits: Mapping[str, Any], *, as_json: bool) -> None:
    from medalloc.allocation.answer import answer_json, no_answer_json
    from medalloc.allocation.plan import plan_frame
    from medalloc.allocation.solving import solve

    asked = _problem(table, limits)
    try:
        answer = solve(asked)
    except InfeasibleError as error:
        _print(no_answer_json(error)) if as_json else click.echo(str(error), err=True)
        sys.exit(INFEASIBLE)
    if limits["out"] is not None:
        _write(plan_frame(answer), limits["out"])
    if as_json:
        _print({**answer_json(answer), **_frontier(asked, limits["frontier"])})
        return
    click.echo(
        f"{answer.total_coverage:.1%} of expected need is met; the worst-off region, {answer.worst_region}, "
        f"gets {answer.lowest_coverage:.1%} ({answer.status}, {answer.method})."
    )
    click.echo(plan_frame(answer).to_string(index=False))


def _problem(table: Table, limits: Mapping[str, Any]) -> Any:
    from medalloc.allocation.problem import Resource
    from medalloc.allocation.region_table import problem_from_table

    stock, requirement, cost = (
        _numbers(limits[option], flag)
        for option, flag in (("stock", "--resource"), ("requirement", "--requirement"), ("cost", "--cost"))
    )
    unknown = [name for name in (*requirement, *cost) if name not in stock]
    if unknown:
        raise InputError(sentence("No stock is given for “{name}”; add --resource {name}=STOCK.", name=unknown[0]))
    resources = [
        Resource(name, units, requirement.get(name, 1.0), cost.get(name, 0.0)) for name, units in stock.items()
    ]
    return problem_from_table(
        table,
        resources,
        budget=limits["budget"],
        floor=limits["floor"],
        policy=limits["policy"],
    )


def _frontier(asked: Any, points: int) -> dict[str, Any]:
    from medalloc.scenarios.frontier import frontier

    if not points:
        return {}
    return {"frontier": [each.to_json() for each in frontier(replace(asked, policy="most-served"), points)]}


def _write(frame: Any, out: Path) -> None:
    from medalloc import reports

    try:
        out.write_bytes(reports.as_xlsx(frame) if out.suffix == ".xlsx" else reports.as_csv(frame))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise SourceError(sentence("“{file}” cannot be written: {reason}.", file=out, reason=reason)) from error


def _regions(file: Path, limits: Mapping[str, Any]) -> Table:
    """Read a table of regions: what only its column names suggest gives way to what was asked for by option."""
    from medalloc.allocation.region_table import for_resources
    from medalloc.tables.reading import read_file

    named = _numbers(limits["stock"], "--resource")
    return _with_columns(for_resources(read_file(file), named), limits["column"])


def _with_columns(table: Table, columns: Sequence[str]) -> Table:
    named = {}
    for each in columns:
        role, _, name = each.partition("=")
        if not name:
            raise InputError(sentence("--column {found}: write ROLE=NAME, such as demand=cases.", found=each))
        named[name] = role
    return _with_roles(table, named)


def _with_roles(table: Table, named: Mapping[str, str]) -> Table:
    """Give columns the roles that were asked for; a column that was only suggested for one of them steps back."""
    asked = set(named.values())
    back = {name: "ignored" for name, role in table.roles.items() if role in asked and name not in named}
    return replace(table, roles={**table.roles, **back}).with_roles(named)


def _numbers(given: Sequence[str], flag: str) -> dict[str, float]:
    numbers = {}
    for each in given:
        name, _, number = each.partition("=")
        try:
            numbers[name] = float(number)
        except ValueError:
            raise InputError(
                sentence("{flag} {found}: write NAME=NUMBER, such as beds=500.", flag=flag, found=each)
            ) from None
    return numbers


def _print(result: Mapping[str, Any]) -> None:
    click.echo(json.dumps(result, ensure_ascii=False, allow_nan=False))

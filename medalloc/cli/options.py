"""The options that several commands have, with their words of help."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

POLICIES = "per-head, proportional, most-served, max-min, today, or alpha:A with a number A of at least 0."
MODELS = ("logistic", "linear-svm", "svm", "forest", "forest-article", "boosting", "mlp", "cnn")
OPTIMIZERS = ("gd", "sgd", "adam")


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
    click.option("--optimizer", type=click.Choice(OPTIMIZERS), help="How mlp and cnn learn; adam if left out."),
    click.option("--seed", default=42, show_default=True),
)
COMPARE = click.option("--compare", is_flag=True, help="Compare every model on the same folds, beside the majority.")
RESOURCES = options(
    click.option(
        "--resources",
        type=click.Path(path_type=Path),
        help="Table with a row a resource; the options below change single values of it.",
    ),
    click.option("--resource", "stock", multiple=True, metavar="NAME=STOCK", help="Units to place."),
    click.option(
        "--requirement", multiple=True, metavar="NAME=UNITS", help="Units one served person uses; 1 if left out."
    ),
    click.option("--cost", multiple=True, metavar="NAME=MONEY", help="Money for one placed unit; 0 if left out."),
    click.option("--space", multiple=True, metavar="NAME=UNITS", help="Room one placed unit takes; 0 if left out."),
    click.option("--movable", multiple=True, metavar="NAME=SHARE", help="Share of existing units that may be moved."),
    click.option("--stay", multiple=True, metavar="NAME=HOURS", help="Mean time a person keeps a unit busy."),
    click.option("--integer", is_flag=True, help="Place whole units only, of every resource."),
)
LIMITS = options(
    RESOURCES,
    click.option("--budget", type=float, help="Most that the placed units may cost."),
    click.option("--floor", type=float, default=0.0, help="Coverage every region must get, between 0 and 1."),
    click.option("--policy", default="most-served", show_default=True, metavar="POLICY", help=POLICIES),
    click.option("--column", multiple=True, metavar="ROLE=NAME", help="What a column is for, such as demand=cases."),
    click.option(
        "--frontier", type=click.IntRange(0, 200), default=0, help="Points of the frontier of efficiency and fairness."
    ),
    click.option(
        "--samples", type=click.Path(path_type=Path), help="Table of sampled futures to hold the plan against."
    ),
    click.option("--out", type=click.Path(path_type=Path), help="Write the plan as CSV or XLSX."),
)

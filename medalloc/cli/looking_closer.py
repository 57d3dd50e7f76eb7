"""A closer look at a plan: two numbers at once, without one resource or region, scenarios in sampled futures."""

from typing import Any

import click

from medalloc.cli.output import sure
from medalloc.disclosure.rule import LEAST_EPSILON, MOST_EPSILON
from medalloc.errors import refused
from medalloc.scenarios.noise import price_of_noise
from medalloc.scenarios.sensitivity import ways
from medalloc.study import Answers
from medalloc.study.steps import plans, worlds

AIMS = ("coverage", "fair", "efficient", "little_waste", "short_waits", "quality")

LOOKS = (
    click.option("--grid", nargs=2, metavar="DOWN ACROSS", help="Two numbers at once, such as demand stock:beds."),
    click.option("--aim", type=click.Choice(AIMS), help="What is looked at there; coverage if left out."),
    click.option(
        "--step", "grid_step", type=click.IntRange(1, 30), help="From one plan to the next there, in percent; 10."
    ),
    click.option("--without", is_flag=True, help="What is lost without each resource and each region's share."),
    click.option("--near", is_flag=True, help="Other plans that serve within 1 percent of this one."),
    click.option("--regrets", is_flag=True, help="How the kept scenarios fare in sampled futures."),
    click.option(
        "--epsilon",
        "epsilons",
        type=click.FloatRange(LEAST_EPSILON, MOST_EPSILON),
        multiple=True,
        help="What noise of this epsilon in numbers of people costs a plan made from them; can be given again.",
    ),
)


def grid_chosen(answers: Answers, grid: tuple[str, str] | None, aim: str | None, step: int | None) -> Answers:
    """Return answers of the study with what was said of two numbers at once."""
    chosen: dict[str, Any] = {}
    if grid:
        known = [str(each) for each in ways(sure(answers, plans.problem))]
        if unknown := [each for each in grid if each not in known]:
            raise refused("--grid {found}: use two of: {known}.", found=unknown[0], known=", ".join(known))
        chosen |= {"grid_down": grid[0], "grid_across": grid[1]}
    chosen |= {} if aim is None else {"grid_aim": aim}
    chosen |= {} if step is None else {"grid_step": step}
    return answers.after(answers.study.changed(**chosen), answers.tickets) if chosen else answers


def closer_json(
    answers: Answers, *, grid: bool, without: bool, near: bool, regrets: bool, epsilons: tuple[float, ...]
) -> dict[str, Any]:
    """Return what was asked for as plain values; nothing of what was not."""
    found: dict[str, Any] = {}
    if grid:
        made = sure(answers, worlds.plan_grid)
        values = [[None if one != one else one for one in row] for row in made.values.tolist()]
        found["grid"] = {
            "down": str(made.down),
            "across": str(made.across),
            "aim": made.aim,
            "factors": made.factors.tolist(),
            "values": values,
        }
    if without:
        found["without"] = [vars(each) for each in sure(answers, worlds.plan_replacements)]
    if near:
        found["near"] = [
            {"fewer_served": each.fewer_served, "otherwise": each.otherwise, "more": each.more.tolist()}
            for each in sure(answers, worlds.near_plans)
        ]
    if regrets:
        fared = sure(answers, worlds.scenario_regrets)
        found["regrets"] = [
            {
                name: None if value != value else str(value) if name == "why_not" and value else value
                for name, value in vars(each).items()
            }
            for each in fared
        ]
    if epsilons:
        found["noise"] = [_noise(answers, each) for each in epsilons]
    return found


def _noise(answers: Answers, epsilon: float) -> dict[str, Any]:
    price = price_of_noise(sure(answers, plans.plan), epsilon)
    if price is None:
        raise refused(
            "--epsilon: who is served in this plan depends on more than what stands in a region, so it is not told."
        )
    return {**vars(price), "said": str(price.said)}


def closer_in_words(found: dict[str, Any]) -> list[str]:
    """Return the same as lines."""
    lines = []
    if "grid" in found:
        grid = found["grid"]
        lines.append(f"{grid['aim']}: {grid['down']} down, {grid['across']} across")
        lines.append("\t".join(["", *(f"{100 * (each - 1):+.0f}%" for each in grid["factors"])]))
        for factor, row in zip(grid["factors"], grid["values"], strict=True):
            cells = ("-" if one is None else f"{one:.3f}" for one in row)
            lines.append("\t".join([f"{100 * (factor - 1):+.0f}%", *cells]))
    for each in found.get("without", ()):
        lost = "limits cannot be kept" if each["lost"] is None else f"{each['lost']:,.1f} fewer served"
        lines.append(f"Without {each['resource'] or each['region']}: {lost}")
    if found.get("near") == []:
        lines.append("No other plan was found that serves within 1% of this one and places units elsewhere.")
    for place, each in enumerate(found.get("near", ()), start=1):
        moved = f"{100 * each['otherwise']:.0f}% of units elsewhere"
        lines.append(f"Plan {place}: {moved}, {each['fewer_served']:,.1f} fewer served")
    for each in found.get("regrets", ()):
        name = each["name"] or "Base"
        if each["why_not"]:
            lines.append(f"{name}: {each['why_not']}")
        else:
            lines.append(
                f"{name}: within 5% of the best in {100 * each['near']:.0f}% of futures, "
                f"regret {each['mean_regret']:,.1f} on average, {each['largest_regret']:,.1f} at most"
            )
    lines += [each["said"] for each in found.get("noise", ())]
    return lines

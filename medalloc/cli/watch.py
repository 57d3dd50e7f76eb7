"""A plan is watched: what comes in, what stands out, and which few units should move."""

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from medalloc.cli.answering import read_study, submitted, worked_out
from medalloc.cli.options import JSON, PATH, options
from medalloc.cli.output import counted, print_json, sure
from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.reading import read_panel
from medalloc.errors import refused
from medalloc.live.arriving import arrived, arrived_json, files_in
from medalloc.live.board import read_board
from medalloc.live.days import Days
from medalloc.live.feeds import feed_of
from medalloc.live.forecasting import Ahead, Forecasting, ahead_of, forecasting_of
from medalloc.live.heard import State, heard, polled, read_state, write_state
from medalloc.live.watch import Told, Watch, begun_at, frame, listened_to_all, told, told_json, watch_of
from medalloc.need.persistence.model_file import load_model
from medalloc.saved import Lines, Objects
from medalloc.study.files import NamedFiles
from medalloc.study.steps import demands, plans

RULES = options(
    click.option("--move-share", type=click.IntRange(0, 100), help="Units that may move at once. [percent]"),
    click.option("--move-units", type=float, help="The same as a number."),
    click.option("--move-least", type=float, help="People that a move must serve more."),
    click.option("--move-price", type=float, help="People that every moved unit must serve more."),
    click.option("--raised", "raised_from", type=float, help="Multiple of the usual from which a number is raised."),
    click.option("--high", "high_from", type=float, help="Multiple of the usual from which a number is high."),
)


@click.command()
@click.argument("study", type=PATH)
@click.option(
    "--feed", metavar="FEED", help="folder:PATH, http…, sqlite:FILE?QUERY, postgresql://USER@HOST/BASE?QUERY."
)
@click.option("--every", type=click.FloatRange(0.1), default=5.0, show_default=True, help="Seconds between questions.")
@click.option("--once", is_flag=True, help="Ask once, tell, and end.")
@click.option("--replay", type=PATH, help="Play a table of counts again instead of a feed.")
@click.option("--speed", type=click.FloatRange(0.001), default=1.0, show_default=True, help="Its periods in a second.")
@click.option("--last", type=click.IntRange(1), default=52, show_default=True, help="How many of its last periods.")
@click.option("--patients", type=PATH, help="Folder of new patients, held against the study's model, file by file.")
@click.option(
    "--into", type=PATH, help="Folder for the state, what each day told, and the board of moves if there is one."
)
@options(RULES, JSON)
def watch(
    study: Path, feed: str | None, replay: Path | None, patients: Path | None, as_json: bool, **chosen: Any
) -> None:
    """Watch the plan of STUDY: tell, whenever numbers come in, what stands out and which few units should move."""
    if sum(each is not None for each in (feed, replay, patients)) != 1:
        raise refused("Say where numbers come from: --feed, --replay or --patients.")
    answers = read_study(study)
    named = ("move_share", "move_units", "move_least", "move_price", "raised_from", "high_from")
    given = {name: chosen[name] for name in named if chosen[name] is not None}
    answers = worked_out(answers.after(answers.study.changed(**given), ()))
    if patients is not None:
        for line in _arrivals(answers, patients, chosen):
            print_json(line) if as_json else click.echo(_arrived_in_words(line))
        return
    states = _replayed(answers, replay, chosen) if replay else _fed(answers, str(feed), chosen)
    for found in states:
        print_json(_json(found)) if as_json else click.echo(_in_words(found))


def _fed(answers: Any, feed: str, chosen: dict[str, Any]) -> Iterator[Told]:
    asked = feed_of(feed)
    answers = answers.after(answers.study, submitted(answers, plans.searched_plan))
    plan, into = sure(answers, plans.plan), chosen["into"]
    counts = answers(demands.panel) if answers.study.demand.demand_from == "counts" else None
    forecasting, periods = _forecasting(answers, counts, plan.problem.regions), _periods(answers)
    watched = watch_of(answers.study.live, plan.problem, plan.units, counts, periods=periods, forecasting=forecasting)
    state, days = _start(), None if into is None else Days(Objects(into), "days")
    if days is not None:
        watched, state = listened_to_all(watched, days.known()), read_state(into)
    while True:
        later = polled(state, asked, plan.problem.regions, datetime.now(UTC).isoformat())
        if later is not state:
            found = _told(watched, later, into)
            if days is not None:
                write_state(into, later)
                if later.digest != state.digest:
                    days.keep(later)
            watched, state = found.watch, later
            yield found
        if chosen["once"]:
            return
        asked.wait(chosen["every"])


def _arrivals(answers: Any, folder: Path, chosen: dict[str, Any]) -> Iterator[dict[str, Any]]:
    file = answers(demands.predicting)
    if file is None:
        raise refused("This study has no model of need that patients could be held against.")
    model, seen = load_model(file), set[tuple[str, int]]()
    while True:
        for each in files_in(folder):
            if each not in seen:
                seen.add(each)
                yield arrived_json(arrived(model, folder, *each))
        if chosen["once"]:
            return
        time.sleep(chosen["every"])


def _arrived_in_words(line: dict[str, Any]) -> str:
    told = line["need"]
    need = "" if told is None else f", {told['observed']:,.0f} in need where {told['predicted']:,.0f} were expected"
    return "\n".join([f"{line['at'][:16]} {line['patients']}: {counted(line['rows'], 'row')}{need}.", *line["said"]])


def _replayed(answers: Any, file: Path, chosen: dict[str, Any]) -> Iterator[Told]:
    panel = read_panel(NamedFiles(Path()).table("", str(file))).panel
    start, periods = max(16, panel.length - chosen["last"]), _periods(answers)
    before, asked = panel.until(start), sure(answers, plans.problem)
    forecasting = _forecasting(answers, before, asked.regions)
    problem, placed = begun_at(before, asked, periods, forecasting)
    watched = watch_of(answers.study.live, problem, placed, before, periods=periods, forecasting=forecasting)
    state = _start()
    for period in range(start, panel.length):
        message = frame(panel, period, file.name)
        state = heard(state, message, problem.regions, message.at)
        found = _told(watched, state, chosen["into"])
        watched = found.watch
        if chosen["into"] is not None:
            write_state(chosen["into"], state)
        yield found
        if chosen["once"]:
            return
        time.sleep(1 / chosen["speed"])


def _start() -> State:
    return State()


def _told(watched: Watch, state: State, into: Path | None) -> Told:
    return told(watched, state, () if into is None else read_board(Lines.at(into / "moves.jsonl")))


def _periods(answers: Any) -> float:
    """Return how many periods of the counts the plan is for; 1 where it is from no counts."""
    ahead = _ahead(answers)
    return 1.0 if ahead is None else ahead.periods


def _ahead(answers: Any) -> Ahead | None:
    chosen = answers.study.demand
    return None if chosen.demand_from != "counts" else ahead_of(chosen.forecast_horizon, chosen.forecast_period)


def _forecasting(answers: Any, panel: Panel | None, regions: tuple[str, ...]) -> Forecasting | None:
    """Return who forecasts what comes in; None where the plan is from no counts."""
    ahead = _ahead(answers)
    if panel is None or ahead is None:
        return None
    outlook = answers(demands.outlook)
    same = outlook is not None and outlook.panel.regions == panel.regions
    return forecasting_of(panel, regions, ahead, outlook if same else None)


def _json(found: Told) -> dict[str, Any]:
    return told_json(found)


def _in_words(found: Told) -> str:
    state, replan = found.state, found.replan
    if state.trouble:
        return str(state.trouble_said)
    lines = [
        f"{state.at[:16]}: {replan.served_now.sum():,.0f} are served where units stand, "
        f"{replan.served_after.sum():,.0f} after {counted(len(replan.moves), 'move')}.",
        *([f"Alarm: {', '.join(found.alarms)}."] if found.alarms else []),
        *([f"Not heard from: {', '.join(found.silent)}."] if found.silent else []),
        *map(str, replan.said),
        *([str(found.watch.forecasting.said)] if found.watch.forecasting and state.turn <= 1 else []),
    ]
    for move in replan.moves:
        what = ", ".join(f"{one.units:g} {one.resource} from {one.origin or 'stock'}" for one in move.parts)
        lines.append(f"  {move.to}: {what}; serves {move.serves:.1f} more, {move.loses:.1f} fewer elsewhere.")
    return "\n".join(lines)

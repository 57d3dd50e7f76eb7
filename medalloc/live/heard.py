"""What is known now, region by region: how old, from where, and who has not been heard from."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from medalloc.allocation.problem import Array, Problem
from medalloc.errors import MedallocError, refused
from medalloc.live.feeds import Feed
from medalloc.live.message import Message, moment
from medalloc.saved import Saved, read_form, write_form
from medalloc.sentences import Sentence, listed, sentence

MISSED = 2
"""Rounds of messages without a region after which it counts as not heard from. [count]"""

AHEAD = timedelta(days=1)
"""How far the clock of a sender may be wrong."""


@dataclass(frozen=True)
class Number:
    """What is known of one region."""

    value: float
    """People or cases. [count/period]"""

    at: str
    """As of when, as ISO."""

    source: str
    """Where it came from."""

    missed: int = 0
    """Rounds since, in which the region was not; one begins when a region comes again, with a later time. [count]"""


@dataclass(frozen=True)
class State(Saved):
    """Everything that was heard, and what is wrong with the feed; screens look at `turn` alone until it changes."""

    noun: ClassVar[Sentence] = sentence("state of a feed")
    version: ClassVar[int] = 1

    turn: int = 0
    """Grows by one with everything that is new. [count]"""

    at: str = ""
    """As of when the newest message is, as ISO."""

    numbers: Mapping[str, Number] = field(default_factory=dict)
    """By region."""

    digest: str = ""
    """Of the newest message."""

    trouble: Mapping[str, Any] = field(default_factory=dict)
    """Why the feed cannot be used now, a sentence as JSON; empty while it can."""

    @property
    def trouble_said(self) -> Sentence | None:
        """The same in words that can be translated; None while the feed can be used."""
        return Sentence.from_json(self.trouble) if self.trouble else None


def heard(state: State, message: Message, regions: tuple[str, ...], now: str) -> State:
    """Return the state with a message; the same one as before changes nothing.

    Raises
    ------
    InputError
        In one sentence, if it is older than what is known, from the future, or about regions nobody plans for.
    """
    if message.digest == state.digest:
        return replace(state, trouble={}, turn=state.turn + 1) if state.trouble else state
    if state.at and moment(message.at) < moment(state.at):
        raise refused(
            "“{source}” went back in time, to {at} from {before}: its numbers are left out.",
            source=message.source,
            at=message.at,
            before=state.at,
        )
    if moment(message.at) > moment(now) + AHEAD:
        raise refused(
            "“{source}” tells numbers of {at}, which is still to come: they are left out.",
            source=message.source,
            at=message.at,
        )
    if unknown := sorted(set(message.numbers) - set(regions)):
        raise refused(
            "“{source}” tells of regions that are not in the plan: {names}; its numbers are left out.",
            source=message.source,
            names=listed(unknown),
        )
    # a region that comes again later begins another round; until then others are yet to come
    again = any(
        not known.missed and moment(message.at) > moment(known.at)
        for known in (state.numbers[name] for name in message.numbers if name in state.numbers)
    )
    old = {name: replace(each, missed=each.missed + again) for name, each in state.numbers.items()}
    new = {name: Number(value, message.at, message.source) for name, value in message.numbers.items()}
    return State(state.turn + 1, message.at, {**old, **new}, message.digest)


def polled(state: State, feed: Feed, regions: tuple[str, ...], now: str) -> State:
    """Return the state after a feed was asked: with its message, or as it was with what is wrong now."""
    try:
        return heard(state, feed.read(), regions, now)
    except MedallocError as error:
        said = error.said.to_json()
        return state if said == state.trouble else replace(state, turn=state.turn + 1, trouble=said)


def not_heard_from(state: State, regions: tuple[str, ...]) -> tuple[str, ...]:
    """Return the regions that never were in a message, or not in the last ones."""
    return tuple(name for name in regions if name not in state.numbers or state.numbers[name].missed >= MISSED)


def demand_heard(problem: Problem, state: State, periods: float = 1.0) -> Array:
    """Return what was heard last as the demand; where nothing was, the plan's own demand, shape (n_regions,).

    Parameters
    ----------
    periods : float
        How many periods of the feed the plan is for: what was counted last is taken for each of them.
    """
    known = state.numbers
    return np.array(
        [
            known[name].value * periods if name in known else own
            for name, own in zip(problem.regions, problem.demand.tolist(), strict=True)
        ]
    )


def write_state(folder: Path, state: State) -> None:
    """Write a state, whole or not at all."""
    write_form(folder / "state.json", state)


def read_state(folder: Path) -> State:
    """Return the state that was written; the empty one before the first."""
    path = folder / "state.json"
    return read_form(path, State, State.noun) if path.exists() else State()

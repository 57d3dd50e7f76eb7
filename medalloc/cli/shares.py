"""Shares of a whole as they are typed: 30% or 0.3, the same in every command."""

from typing import Any

import click

from medalloc.errors import InputError
from medalloc.sentences import Sentence, sentence


class Share(click.ParamType):  # type: ignore[type-arg]
    """A share between 0% and 100%, or between 0 and 1; a number above 1 could be meant either way and is refused."""

    name = "share"

    def convert(self, value: Any, param: click.Parameter | None, _ctx: click.Context | None) -> Any:
        """Return the share [fraction], or what is wrong with it, so that a command can say all faults at once.

        Examples
        --------
        >>> Share().convert("2.5%", None, None), Share().convert("0.3", None, None)
        (0.025, 0.3)
        >>> str(Share().convert("30", click.Option(["--floor"]), None))
        '“--floor” is 30; write a share as 0% to 100% or as 0 to 1.'
        """
        typed = str(value).strip()
        try:
            found = float(typed.removesuffix("%")) / (100 if typed.endswith("%") else 1)
        except ValueError:
            found = float("nan")
        if 0 <= found <= 1:
            return found
        option = param.opts[0] if param is not None else self.name
        return sentence("“{option}” is {found}; write a share as 0% to 100% or as 0 to 1.", option=option, found=typed)


def wrong_shares(chosen: dict[str, Any]) -> list[Sentence]:
    """Return what is wrong with the shares among some options."""
    return [each for each in chosen.values() if isinstance(each, Sentence)]


def refuse_wrong_share(_context: click.Context, _option: click.Parameter, found: Any) -> Any:
    """Refuse a share at once, for commands of which it is the only one."""
    if isinstance(found, Sentence):
        raise InputError(found)
    return found

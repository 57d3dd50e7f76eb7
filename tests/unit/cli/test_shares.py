import click
import pytest
from hypothesis import given
from hypothesis import strategies as st

from medalloc.cli.shares import Share, refuse_wrong_share, wrong_shares
from medalloc.errors import InputError
from medalloc.sentences import Sentence

OPTION = click.Option(["--floor"])


@given(st.integers(0, 1000))
def test_a_share_in_percent_is_the_share_as_a_fraction(thousandths: int) -> None:
    percent, fraction = (Share().convert(each, OPTION, None) for each in (f"{thousandths / 10}%", thousandths / 1000))
    assert percent == pytest.approx(fraction)


@pytest.mark.parametrize("typed", ["30", "-1", "101%", "-1%", "half", "%", "nan", "inf%"])
def test_what_is_no_share_is_refused_as_it_was_typed(typed: str) -> None:
    found = Share().convert(typed, OPTION, None)
    assert isinstance(found, Sentence) and f"“--floor” is {typed};" in str(found)
    assert wrong_shares({"floor": found, "other": 0.5}) == [found]
    with pytest.raises(InputError):
        refuse_wrong_share(click.Context(click.Command("allocate")), OPTION, found)

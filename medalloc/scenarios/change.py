"""What a planner would like to try: changes with a name, as data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar

from medalloc.allocation.policy import kind_of, number_of, policy_fault
from medalloc.demand.forecasting.catalogue import MODELS
from medalloc.demand.forecasting.catalogue import name as forecaster_name
from medalloc.errors import require
from medalloc.need.models.amount_catalogue import EVERY_KIND
from medalloc.quantities import CELLS, REGIONS, RESOURCES, Quantity, those_of
from medalloc.quantities.quantity import AMOUNT
from medalloc.resource_names import named
from medalloc.saved import Saved
from medalloc.saved.rules import FINITE
from medalloc.sentences import Sentence, sentence

UNLIMITED = "unlimited"
"""The value that takes a budget, a cap, a lock or a limit on space away."""

SITE, MODEL = "site", "model"
"""A region that is not there yet, with its demand as the value; and another model or forecaster that makes demand."""

_NUMBERS = (*RESOURCES, *REGIONS, *CELLS, *those_of("plan"))

TRIED: Mapping[str, tuple[Quantity, ...]] = {
    name: tuple(each for each in _NUMBERS if each.tried == name)
    for name in dict.fromkeys(each.tried for each in _NUMBERS if each.tried)
} | {
    SITE: (Quantity(SITE, "region", sentence("new region"), everywhere=False),),
    MODEL: (Quantity(MODEL, "plan", sentence("model that makes demand"), limits=None),),
}
"""Everything that a scenario can change: what it is about, the common floor as well as the regions' own."""


@dataclass(frozen=True)
class Change(Saved):
    """One thing that is different: times a factor, with something added, or set to a value.

    Raises
    ------
    InputError
        With everything that is wrong with the change by itself.

    Examples
    --------
    >>> str(Change("stock", factor=1.1, resource="beds").sentence)
    'stock (beds): +10%'
    >>> Change("stock", added=50, resource="beds").to_json()
    {'what': 'stock', 'added': 50, 'resource': 'beds'}
    """

    sparse: ClassVar[bool] = True
    noun: ClassVar[Sentence] = sentence("change")

    what: str
    """One of `TRIED`."""

    factor: float | None = None
    """What the present number is multiplied by, at least 0; or something is added, or a value is set. A requirement or
    unit cost is multiplied in every region, one of the region's own too: ten percent more makes every price ten percent
    higher."""

    value: float | str | None = None
    """The new number; the demand of a new region; the name of a policy or a model; or ``unlimited`` for a budget, a
    cap, a lock or space. A requirement or unit cost that is set is the usual one: a region that has its own keeps it.
    """

    added: float | None = None
    """What is added to the present number, below 0 to take away; where a value would be set."""

    resource: str | None = None
    """Which resource; all of them when left out. A demand has one only where every resource has persons of its own."""

    region: str | None = None
    """Which region; all when left out. A floor without a region is the common one, unless it is multiplied."""

    def __post_init__(self) -> None:
        require(*_faults(self))

    @property
    def about(self) -> Sentence:
        """What is changed, in words."""
        names: list[Sentence | str] = [] if self.resource is None else [named(self.resource)]
        names += [] if self.region is None else [self.region]
        title = TRIED[self.what][0].title
        if not names:
            return title
        said = names[0] if len(names) == 1 else sentence("{first}, {rest}", first=names[0], rest=names[1])
        return sentence("{what} ({names})", what=title, names=said)

    @property
    def sentence(self) -> Sentence:
        """The change in words."""
        about = self.about
        if self.what == SITE:
            return sentence("{about}: demand {number}, inhabitants in proportion", about=about, number=self.value)
        if self.factor is not None:
            return _times(about, self.factor)
        if self.added is not None:
            template = sentence("{about}: plus {number}") if self.added >= 0 else sentence("{about}: minus {number}")
            return Sentence(template.template, {"about": about, "number": abs(self.added)})
        return sentence("{about}: {value}", about=about, value=_value_words(self))


@dataclass(frozen=True)
class Scenario(Saved):
    """A name and the changes, applied one after the other."""

    version: ClassVar[int] = 1
    noun: ClassVar[Sentence] = sentence("scenario")

    name: str
    """What a planner calls it."""

    changes: tuple[Change, ...]
    """What is different from the base problem."""


def model_title(model: str) -> Sentence:
    """Return what a model or a forecaster is called."""
    return EVERY_KIND[model].name if model in EVERY_KIND else forecaster_name(model, "month")


def _times(about: Sentence, factor: float) -> Sentence:
    """Return a change by a factor in percent; from double on as a multiple, which is read sooner."""
    if factor >= 2:
        return sentence("{about}: times {factor}", about=about, factor=factor)
    percent = round(100 * abs(factor - 1), 6)
    if factor >= 1:
        return sentence("{about}: +{percent}%", about=about, percent=percent)
    return sentence("{about}: −{percent}%", about=about, percent=percent)


def _value_words(change: Change) -> object:
    if change.what == MODEL:
        return model_title(str(change.value))
    if change.what != "policy":
        return sentence("unlimited") if change.value == UNLIMITED else change.value
    kind, number = kind_of(str(change.value)), number_of(str(change.value))
    return kind.name if number is None else sentence("{policy} ({number})", policy=kind.name, number=number)


def _faults(change: Change) -> Iterator[Sentence]:
    """Say what is wrong with a change, whatever problem it is for."""
    about = TRIED.get(change.what)
    if about is None:
        known = ", ".join(TRIED)
        yield sentence("“{found}” cannot be changed; use one of: {whats}.", found=str(change.what), whats=known)
        return
    yield from _number_faults(change, about[0])
    kinds = {each.of for each in about}
    for name, given, fits in (
        ("resource", change.resource, kinds & {"resource", "cell"}),
        ("region", change.region, kinds & {"region", "cell"} and "resource" not in kinds),
    ):
        if given is not None and not (fits and isinstance(given, str)):
            yield sentence("{what} has no {name}; leave “{given}” out.", what=change.what, name=name, given=str(given))
    if change.factor is not None:
        return
    if change.resource is None and not kinds & {"region", "plan"}:
        yield sentence("Setting {what} to a value needs the resource; name it.", what=change.what)
    if change.region is None and not about[0].everywhere:
        yield sentence("Setting {what} to a value needs the region; name it.", what=change.what)


def _number_faults(change: Change, quantity: Quantity) -> Iterator[Sentence]:
    given = [each for each in (change.factor, change.added, change.value) if each is not None]
    if len(given) != 1:
        yield sentence("Changing {what} takes either a factor or a value; give one.", what=change.what)
    elif change.what == "policy":
        if fault := policy_fault(given[0]):
            yield fault
    elif change.what == MODEL:
        if given[0] not in (known := (*EVERY_KIND, *MODELS)):
            found, names = str(given[0]), ", ".join(dict.fromkeys(known))
            yield sentence("“{found}” is no model; use one of: {names}.", found=found, names=names)
    elif change.what == SITE and change.value is None:
        yield sentence("A new region takes its demand as a value, neither a factor nor something added.")
    elif change.added is not None:
        if not FINITE.hold(change.added):
            yield sentence("Changing {what}: found {found}; give a number.", what=change.what, found=str(change.added))
    elif not (AMOUNT.hold(given[0]) or (given[0] == change.value == UNLIMITED and quantity.may_be_unlimited)):
        found = str(given[0])
        yield sentence("Changing {what}: found {found}; give a number of at least 0.", what=change.what, found=found)

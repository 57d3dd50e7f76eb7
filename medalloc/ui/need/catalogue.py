"""What the chosen models are good for, what they cost, and their settings."""

import math
from collections.abc import Collection, Mapping

import streamlit as st

from medalloc.errors import InputError
from medalloc.need.models.amount_catalogue import EVERY_KIND
from medalloc.need.models.kind import ModelKind
from medalloc.need.models.options import ModelOption, Parameter, TextOption
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import uploads, words
from medalloc.ui.kit.words import _

Options = Mapping[str, Mapping[str, float | str]]
"""Options of models that differ from the usual ones, by kind of model."""

IN_A_ROW = 3
NOT_A_VISITORS = ("threads", "family")
"""Options that are decided otherwise: by the server, as they change only how long it takes, or by the table."""


def settings(names: dict[str, str], chosen: Collection[str], options: Options) -> None:
    """Show what is to be known of each chosen model, with its settings.

    Parameters
    ----------
    names : dict
        What each kind of model is called.
    chosen : collection of str
        Kinds that are trained.
    options : mapping
        Their options that differ from the usual ones.
    """
    kinds = [kind for kind in names if kind in chosen]
    if not kinds:
        return
    with st.expander(_("What these models are good for, and their settings"), icon=":material/tune:"):
        for place, kind in enumerate(kinds):
            if place:
                st.divider()
            _model(kind, names[kind], options.get(kind, {}))


def _model(kind: str, name: str, chosen: Mapping[str, float | str]) -> None:
    entry = EVERY_KIND[kind]
    st.markdown(f"**{name}**  \n{words.say(entry.fits)}")
    st.caption(words.say(entry.cost))
    shown = _shown(entry)
    if not shown:
        st.caption(_("It has no settings."))
    # a row of columns at a time: on a narrow screen, where columns stand below each other, the order stays
    listed = list(shown.items())
    for start in range(0, len(listed), IN_A_ROW):
        for place, (option, parameter) in zip(st.columns(IN_A_ROW), listed[start : start + IN_A_ROW], strict=False):
            with place:
                _control(kind, option, parameter, chosen)
    if chosen:
        st.button(
            _("Back to the usual settings"),
            key=f"usual_{kind}",
            type="tertiary",
            icon=":material/undo:",
            on_click=_usual,
            args=(kind,),
            disabled=state.locked(),
        )


def _control(kind: str, name: str, parameter: Parameter, chosen: Mapping[str, float | str]) -> None:
    option, label, told = parameter.option, words.say(parameter.title), words.say(parameter.help)
    key = state.started(_key(kind, name), _value(chosen.get(name, option.default), option))
    if isinstance(option, TextOption):
        st.segmented_control(
            label, option.known, help=told, required=True, key=key, on_change=_take, args=(kind, name, option)
        )
        return
    # the browser would drop what is out of range without a word; therefore it is not told the range
    st.number_input(
        label,
        step=1 if option.whole else _step(option),
        format="%d" if option.whole else "%g",
        help=f"{told} {_range(option)}",
        disabled=name == "batch_size" and chosen.get("optimizer") == "gd",
        key=key,
        on_change=_take,
        args=(kind, name, option),
    )
    uploads.tell(key)


def _range(option: ModelOption) -> str:
    return _("From {low} to {high}; usually {usual}.").format(
        low=f"{option.low:g}" if option.low < 1 else words.number(option.low),
        high=words.number(option.high),
        usual=f"{option.default:g}" if option.default < 1 else words.number(option.default),
    )


def _shown(entry: ModelKind) -> dict[str, Parameter]:
    return {name: each for name, each in entry.parameters.items() if name not in NOT_A_VISITORS}


def _step(option: ModelOption) -> float:
    """Return a tenth of the power of ten of the usual value."""
    return float(10.0 ** (math.floor(math.log10(option.default)) - 1)) if option.default else 0.001


def _key(kind: str, name: str) -> str:
    return f"option_{kind}_{name}"


def _value(value: float | str, option: ModelOption | TextOption) -> float | str:
    if isinstance(value, str):
        return value
    return int(value) if isinstance(option, ModelOption) and option.whole else float(value)


def _take(kind: str, name: str, option: ModelOption | TextOption) -> None:
    """Adopt a setting; one that is as usual is not written down."""
    value = state.answered(_key(kind, name))
    if value is None:
        state.start_over(_key(kind, name))
        return
    with uploads.refusing(_key(kind, name)):
        if not option.hold(value):
            state.start_over(_key(kind, name))
            raise InputError(option.fault(words.plainly(EVERY_KIND[kind].parameters[name].title), value))
        state.revise(at.study.need.model_options, _with_one, kind, name, None if value == option.default else value)


def _with_one(every: Options, kind: str, name: str, value: float | str | None) -> Options:
    others = {each: known for each, known in every.get(kind, {}).items() if each != name}
    return with_options(every, kind, others if value is None else {**others, name: value})


def with_options(every: Options, kind: str, options: Mapping[str, float | str]) -> Options:
    """Return the options of all models with those of one replaced; what is as usual is not written down."""
    return {each: known for each, known in {**every, kind: options}.items() if known}


def _usual(kind: str) -> None:
    for name in EVERY_KIND[kind].parameters:
        state.start_over(_key(kind, name))
    state.revise(at.study.need.model_options, with_options, kind, {})

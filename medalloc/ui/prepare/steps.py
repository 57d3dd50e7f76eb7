"""The recipe as a list that can be edited."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

import pandas as pd
import streamlit as st

from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.editing import added, moved, removed, replaced
from medalloc.preparation.effects import Effect
from medalloc.preparation.kind import SHAPES, Option
from medalloc.preparation.leak import Leak
from medalloc.preparation.recipe import Recipe, Step, describe, recipe_named
from medalloc.ui import state
from medalloc.ui.kit import pressed, printed, uploads, words
from medalloc.ui.kit.words import _
from medalloc.ui.prepare.changing import STEPS, adopt, redo, take, undo


def in_one_sentence(recipe: Recipe) -> str:
    """Answer the screen's question: how the table is cleaned."""
    steps = words.several("{count} step", "{count} steps", len(recipe.steps))
    if recipe.fitted_on == "whole table":
        return _("{steps}, learned from the whole table: test rows are seen before the test.").format(steps=steps)
    return _("{steps}, learned from the training rows only: the test stays honest.").format(steps=steps)


def built_in(recipe: Recipe) -> None:
    """Let the visitor take a built-in recipe, or go back and forth by one change."""
    names = {"default": _("Leak-free default"), "article": _("The article's recipe")}
    with st.container(horizontal=True):
        for name, label in names.items():
            built = recipe_named(name)
            st.button(label, on_click=adopt, args=(recipe, built), disabled=recipe == built, key=f"take_{name}")
        before, after = state.look().recipe_before, state.look().recipe_after
        now = (recipe,)
        st.button(_("Undo"), icon=":material/undo:", on_click=undo, args=now, disabled=not before, key="undo")
        st.button(_("Redo"), icon=":material/redo:", on_click=redo, args=now, disabled=not after, key="redo")


def leaks(leak: Leak | None) -> None:
    """Warn that the recipe has seen the test rows, and say how much of them."""
    said = _(
        "This recipe takes its minima, maxima, means and spreads from all rows. The test rows are among them: "
        "the test has seen a little of its own answer. It is offered because the article did it so."
    )
    if leak is not None:
        size = words.counted(
            "With this table, prepared test rows differ most in “{column}”: by {size} standard deviation.",
            "With this table, prepared test rows differ most in “{column}”: by {size} standard deviations.",
            leak.size,
        )
        said += " " + size.format(column=words.escape(leak.column), size=words.number(leak.size))
        said += " " + _("What that does to scores is measured on the Learn screen.")
    st.warning(said)


def steps(
    recipe: Recipe, effects: Sequence[Effect] | None, *, of_table: Sequence[str], features: Sequence[str]
) -> None:
    """Show the steps in order, each with what it does, its parameters, its place and its removal.

    Parameters
    ----------
    effects : sequence of Effect, optional
        What each step does; None where the recipe cannot be done to this table.
    of_table, features : sequence of str
        Columns that steps which shape the table, and steps which learn, can work on.
    """
    for place, step in enumerate(recipe.steps):
        with st.container(border=True, gap="small"):
            with st.container(horizontal=True, wrap=False, vertical_alignment="center", gap="small"):
                st.markdown(f"**{place + 1}.** {words.say(describe(step))}", width="stretch")
                number = words.number(place + 1)
                _move(recipe, place, -1, "↑", _("Move step {number} up").format(number=number))
                _move(recipe, place, 1, "↓", _("Move step {number} down").format(number=number))
                st.button(
                    "✕",
                    key=f"remove_{place}_{step.name}",
                    type="tertiary",
                    help=_("Remove step {number}").format(number=number),
                    on_click=take,
                    args=(recipe, removed, place),
                )
            effect = None if effects is None else effects[place]
            if effect is not None:
                st.caption(words.say(effect.in_words()))
            _inside(recipe, place, effect, of_table if STEP_KINDS[step.name].stage == SHAPES else features)
    uploads.tell(STEPS)


def _inside(recipe: Recipe, place: int, effect: Effect | None, columns: Sequence[str]) -> None:
    step = recipe.steps[place]
    # the key names what the controls start from: after any change they start anew
    key = f"step_{place}_{sha256(str(step).encode()).hexdigest()[:8]}"
    with st.expander(_("Change step {number}").format(number=words.number(place + 1)), key=key):
        if effect is not None and effect.pictures:
            _pictures(effect)
        asked = asked_step(step.name, step, columns, key)
        pressed.button(
            *(_("Use these"), take, recipe, replaced, place, asked), key=f"{key}_use", disabled=asked == step
        )


def _pictures(effect: Effect) -> None:
    shown = pd.DataFrame(effect.pictures, columns=["column", "before", "after"])
    told = _("Rows by value: numbers from low to high, texts and yes-or-no columns from frequent to rare.")
    columns = {
        "column": st.column_config.TextColumn(_("Column"), pinned=True),
        "before": st.column_config.BarChartColumn(_("Values before"), help=told, y_min=0),
        "after": st.column_config.BarChartColumn(_("Values after"), help=told, y_min=0),
    }
    shown[["before", "after"]] = shown[["before", "after"]].map(list)
    printed.grid(shown, column_config=columns, alt=_("Values of columns before and after this step"))


def _move(recipe: Recipe, place: int, by: int, label: str, told: str) -> None:
    possible = 0 <= place + by < len(recipe.steps)
    key, args = f"move_{place}_{by}", (recipe, moved, place, by)
    st.button(label, key=key, type="tertiary", help=told, disabled=not possible, on_click=take, args=args)


def add_step(recipe: Recipe, *, of_table: Sequence[str], features: Sequence[str]) -> None:
    """Let the visitor add a step, which comes as late as it can be done."""
    with uploads.folded(_("Add a step"), STEPS):
        names = {name: words.plainly(kind.words) for name, kind in STEP_KINDS.items()}
        name = st.selectbox(_("Step"), list(names), format_func=names.__getitem__, key="new_step")
        columns = of_table if STEP_KINDS[name].stage == SHAPES else features
        step = asked_step(name, None, columns, f"new_{name}")
        pressed.button(_("Add"), take, recipe, added, step, key="add_step")


def asked_step(name: str, step: Step | None, columns: Sequence[str], key: str) -> Step:
    """Show the controls of a step and return it as they stand; it need not be acceptable.

    Parameters
    ----------
    columns : sequence of str
        Columns that can be named.
    """
    kind = STEP_KINDS[name]
    named = () if step is None or isinstance(step.columns, str) else step.columns
    told = _("all that it suits") if kind.names is None else _("choose columns")
    offered = list(dict.fromkeys((*columns, *named)))
    chosen = st.multiselect(_("Columns"), offered, named, key=f"{key}_columns", placeholder=told)
    scope = kind.works_on if step is None or not isinstance(step.columns, str) else step.columns
    given = {} if step is None else step.options
    options: dict[str, Any] = {}
    for each, option in kind.options.items():
        if not option.counts({name: other.default for name, other in kind.options.items()} | options):
            continue
        value = _control(option, given.get(each, option.default), f"{key}_{each}")
        if value != option.default or each in given:
            options[each] = value
    return Step(name, tuple(chosen) if chosen or kind.names is not None else scope, options)


def _control(option: Option, value: Any, key: str) -> Any:
    label = words.plainly(option.words)
    match option.control:
        case "flag":
            return st.checkbox(label, value, key=key)
        case "choice":
            said = {name: words.plainly(each) for name, each in option.choices.items()}
            return st.selectbox(label, list(said), list(said).index(value), format_func=said.__getitem__, key=key)
        case "text":
            return st.text_input(label, value or "", key=key)
        case "texts":
            lines = st.text_area(label, "\n".join(value), key=key, help=_("One a line."), height="content")
            return tuple(each.strip() for each in lines.splitlines() if each.strip())
        case "numbers by text":
            shown = "\n".join(f"{text}: {number:g}" for text, number in (value or {}).items())
            help_ = _("One a line, such as male: 0")
            return _pairs(st.text_area(label, shown, key=key, help=help_, height="content"))
    # out of range it is refused in a sentence when the step is taken
    if option.control == "count":
        return st.number_input(label, value=int(value), step=1, key=key)
    return st.number_input(label, value=float(value), key=key, step=0.01 if option.control == "share" else None)


def _pairs(lines: str) -> Mapping[str, float | str]:
    made: dict[str, float | str] = {}
    for line in filter(str.strip, lines.splitlines()):
        text, _sign, number = line.rpartition(":")
        try:
            made[text.strip()] = float(number)
        except ValueError:
            made[line.strip()] = number.strip()
    return made

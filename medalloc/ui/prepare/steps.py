"""The recipe as a list that can be edited, exchanged, and made to fit the table."""

import json
from collections.abc import Mapping, Sequence
from functools import partial

import streamlit as st

from medalloc.errors import InputError
from medalloc.preparation.adapting import adapted, still_text
from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.encoding import Kind
from medalloc.preparation.recipe import Recipe, Step, describe, recipe_named
from medalloc.saved import read_json
from medalloc.sentences import sentence
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import uploads, words
from medalloc.ui.kit.words import _

OWN = "own"
STEPS = "recipe_steps"
"""Under which it is said why a change of the steps was refused."""

UNDOABLE = 20
"""Changes that can be taken back. [count]"""


def in_one_sentence(recipe: Recipe) -> str:
    """Answer the screen's question: how the table is cleaned."""
    steps = words.counted(len(recipe.steps), _("1 step"), _("{count} steps"))
    if recipe.fitted_on == "whole table":
        return _("{steps}, learnt from the whole table: test rows are seen before the test.").format(steps=steps)
    return _("{steps}, learnt from the training rows only: the test stays honest.").format(steps=steps)


def built_in(recipe: Recipe) -> None:
    """Let the visitor take a built-in recipe or go back one change."""
    names = {"default": _("Leak-free default"), "article": _("The article's recipe")}
    with st.container(horizontal=True):
        for name, label in names.items():
            st.button(
                label,
                on_click=_take,
                args=(recipe, recipe_named(name)),
                disabled=recipe == recipe_named(name),
                key=f"take_{name}",
            )
        st.button(_("Undo"), icon=":material/undo:", on_click=_undo, disabled=not state.look().recipe_before)
    if recipe.fitted_on == "whole table":
        st.warning(
            _(
                "This recipe takes its minima, maxima, means and spreads from all rows. The test rows are among them: "
                "the test has seen a little of its own answer. It is offered because the article did it so."
            )
        )


def steps(recipe: Recipe) -> None:
    """Show the steps in order, each with its removal."""
    last = len(recipe.steps) - 1
    for place, step in enumerate(recipe.steps):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", border=True, gap="small"):
            st.markdown(f"**{place + 1}.** {words.say(describe(step))}", width="stretch")
            number = words.number(place + 1)
            _move(recipe, place, -1, "↑", _("Move step {number} up").format(number=number), possible=place > 0)
            _move(recipe, place, 1, "↓", _("Move step {number} down").format(number=number), possible=place < last)
            st.button(
                "✕",
                key=f"remove_{place}_{step.name}",
                type="tertiary",
                help=_("Remove step {number}").format(number=number),
                on_click=_take_steps,
                args=(recipe, (*recipe.steps[:place], *recipe.steps[place + 1 :])),
            )
    uploads.tell(STEPS)


def _move(recipe: Recipe, place: int, by: int, label: str, told: str, *, possible: bool) -> None:
    order = list(recipe.steps)
    if possible:
        order[place], order[place + by] = order[place + by], order[place]
    changed, key = tuple(order), f"move_{place}_{by}"
    args = (recipe, changed)
    st.button(label, key=key, type="tertiary", help=told, disabled=not possible, on_click=_take_steps, args=args)


def does_not_fit(recipe: Recipe, kinds: Mapping[str, Kind]) -> None:
    """Offer what makes a recipe fit the table with one click: text is encoded, or left out.

    Parameters
    ----------
    recipe : Recipe
        Made for another table.
    kinds : mapping
        Whether each feature of this table holds numbers or text.
    """
    text, fitting = still_text(recipe, kinds), adapted(recipe, kinds)
    listed = words.escape(", ".join(text))
    with st.container(horizontal=True):
        if fitting != recipe:
            said = _("Leave out columns that are not there or do not suit")
            if text and fitting.steps[:-1] == recipe.steps:
                said = _("Encode {columns} as yes-or-no columns")
            elif text:
                said = _("Encode {columns} as yes-or-no columns, and leave out columns that are not there")
            label = said.format(columns=listed)
            st.button(label, key="adapt", icon=":material/build:", on_click=_take_steps, args=(recipe, fitting.steps))
        if text:
            label = _("Leave {columns} out of the features").format(columns=listed)
            st.button(label, key="leave_text_out", on_click=_leave_out, args=(recipe, kinds, text))


def _leave_out(recipe: Recipe, kinds: Mapping[str, Kind], text: tuple[str, ...]) -> None:
    state.revise(at.study.data.roles, lambda roles: {**roles, **dict.fromkeys(text, "ignored")})
    others = {name: kind for name, kind in kinds.items() if name not in text}
    _take_steps(recipe, adapted(recipe, others).steps)


def add_step(recipe: Recipe, columns: Sequence[str]) -> None:
    """Let the visitor add a step."""
    with st.expander(_("Add a step")):
        names = step_names()
        left, right = st.columns(2)
        name = left.selectbox(_("Step"), list(names), format_func=names.__getitem__, key="new_step")
        chosen = right.multiselect(_("Columns"), columns, key="new_columns", placeholder=_("all that it suits"))
        scope: str | tuple[str, ...] = tuple(chosen) or STEP_KINDS[name].works_on
        if name == "map_values":
            st.caption(_("Replaces text by numbers; give the pairs in the recipe's JSON file below."))
            return
        at_start = name == "drop_missing_rows"
        step, now = Step(name, scope), recipe.steps
        changed = (step, *now) if at_start else (*now, step)
        st.button(_("Add"), on_click=_take_steps, args=(recipe, changed), key="add_step")


def step_names() -> dict[str, str]:
    """Return what each kind of step is called."""
    return {
        "drop_missing_rows": _("Leave out rows with missing values"),
        "impute_median": _("Fill missing numbers with the median"),
        "impute_most_frequent": _("Fill missing text with the most frequent"),
        "one_hot": _("One yes-or-no column a level of text"),
        "map_values": _("Replace text by numbers"),
        "standard_scale": _("Scale to mean 0 and standard deviation 1"),
        "min_max_scale": _("Scale to between 0 and 1"),
        "clip_outliers": _("Pull in extreme values"),
        "log1p": _("Take logarithms"),
    }


def exchange(recipe: Recipe) -> None:
    """Let the visitor keep the recipe as a file and bring one back."""
    with uploads.folded(_("The recipe as a file"), "recipe_upload"):
        text = json.dumps(recipe.to_json(), indent=2, ensure_ascii=False)
        st.code(text, language="json")
        st.download_button(
            _("Download the recipe"),
            text,
            "recipe.json",
            "application/json",
            on_click="ignore",
            icon=":material/download:",
        )
        uploads.uploader(_("Use a recipe from a file"), "recipe_upload", partial(_take_file, recipe), kinds=["json"])


def _take(before: Recipe, recipe: Recipe) -> None:
    state.change(recipe=recipe.to_json(), recipe_before=(*state.look().recipe_before, before.to_json())[-UNDOABLE:])


def _take_steps(recipe: Recipe, changed: tuple[Step, ...]) -> None:
    with uploads.refusing(STEPS):
        _take(recipe, Recipe(OWN, changed, recipe.fitted_on))


def _take_file(recipe: Recipe, content: bytes, _name: str) -> None:
    try:
        given = read_json(content)
    except ValueError:
        raise InputError(sentence("This file is not JSON; choose one that was downloaded here.")) from None
    _take(recipe, Recipe.from_json(given))


def _undo() -> None:
    before = state.look().recipe_before
    state.change(recipe=before[-1], recipe_before=before[:-1])

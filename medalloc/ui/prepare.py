"""Parts of the Prepare screen: the recipe as an editable list, and what it does to each column."""

import json
from collections.abc import Sequence
from functools import partial

import pandas as pd
import streamlit as st

from medalloc.errors import InputError
from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.comparison import Comparison, Summary
from medalloc.preparation.recipe import Recipe, Step, describe, recipe_named
from medalloc.saved import read_json
from medalloc.sentences import sentence
from medalloc.ui import state
from medalloc.ui.kit import downloads, uploads, words
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
    for place, step in enumerate(recipe.steps):
        with st.container(horizontal=True, wrap=False, vertical_alignment="center", border=True):
            st.markdown(f"**{place + 1}.** {words.say(describe(step))}", width="stretch")
            st.button(
                _("Remove"),
                key=f"remove_{place}_{step.name}",
                type="tertiary",
                icon=":material/close:",
                help=_("Remove step {number}").format(number=place + 1),
                on_click=_take_steps,
                args=(recipe, (*recipe.steps[:place], *recipe.steps[place + 1 :])),
            )
    uploads.tell(STEPS)


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


def before_and_after(compared: Comparison) -> None:
    """Show what the recipe makes of each column."""
    shown = pd.DataFrame(
        {
            "column": each.name,
            "kind": _("number") if each.kind == "number" else _("text"),
            "missing_before": each.missing_before,
            "missing_after": each.missing_after,
            **_summary(each.before, "before"),
            **_summary(each.after, "after"),
            "becomes": ", ".join(each.becomes),
        }
        for each in compared.columns
    )
    if compared.rows_after < compared.rows_before:
        left_out = compared.rows_before - compared.rows_after
        st.warning(_("Rows left out because a value is missing: {count}.").format(count=words.number(left_out)))
    columns = {
        "column": st.column_config.TextColumn(_("Column"), pinned=True),
        "kind": st.column_config.TextColumn(_("Kind")),
        "missing_before": st.column_config.NumberColumn(_("Missing before [rows]"), format="localized"),
        "missing_after": st.column_config.NumberColumn(_("Missing after [rows]"), format="localized"),
        "becomes": st.column_config.TextColumn(_("Becomes"), width="large"),
    }
    titles = {
        "mean before": _("Mean before"),
        "mean after": _("Mean after"),
        "spread before": _("Standard deviation before"),
        "spread after": _("Standard deviation after"),
        "range before": _("Range before"),
        "range after": _("Range after"),
    }
    columns |= {key: st.column_config.TextColumn(title, alignment="right") for key, title in titles.items()}
    st.dataframe(shown, hide_index=True, column_config=columns, alt=_("Every column before and after preparation"))
    downloads.offer(shown, "preparation", key="preparation")


def _summary(of: Summary | None, when: str) -> dict[str, str]:
    if of is None:
        return {f"mean {when}": "", f"spread {when}": "", f"range {when}": ""}
    return {
        f"mean {when}": words.number(of.mean, 2),
        f"spread {when}": words.number(of.sd, 2),
        f"range {when}": f"{words.number(of.low, 2)} … {words.number(of.high, 2)}",
    }


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

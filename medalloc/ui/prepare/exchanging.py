"""The recipe as a file, and what makes one that was made for another table fit this one."""

import json
from collections.abc import Mapping
from functools import partial

import streamlit as st

from medalloc.errors import refused
from medalloc.preparation.adapting import adapted, still_text
from medalloc.preparation.editing import with_steps
from medalloc.preparation.encoding import Kind
from medalloc.preparation.recipe import Recipe
from medalloc.preparation.shaping import without_faulty
from medalloc.saved import read_json
from medalloc.tables.table import Table
from medalloc.ui import state
from medalloc.ui.choices import at
from medalloc.ui.kit import uploads, words
from medalloc.ui.kit.words import _
from medalloc.ui.prepare.changing import adopt, take


def does_not_shape(recipe: Recipe, table: Table) -> None:
    """Offer to leave out the steps that cannot be done to this table."""
    fitting, label = without_faulty(table, recipe), _("Leave out the steps that cannot be done to this table")
    args = (recipe, with_steps, fitting.steps)
    st.button(label, key="leave_steps_out", icon=":material/build:", on_click=take, args=args)


def does_not_fit(recipe: Recipe, kinds: Mapping[str, Kind]) -> None:
    """Offer what makes a recipe fit the table with one click: text is encoded, or left out.

    Parameters
    ----------
    recipe : Recipe
        Made for another table.
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
            args = (recipe, with_steps, fitting.steps)
            label = said.format(columns=listed)
            st.button(label, key="adapt", icon=":material/build:", on_click=take, args=args)
        if text:
            label = _("Leave {columns} out of the features").format(columns=listed)
            st.button(label, key="leave_text_out", on_click=_leave_out, args=(recipe, kinds, text))


def _leave_out(recipe: Recipe, kinds: Mapping[str, Kind], text: tuple[str, ...]) -> None:
    state.revise(at.study.data.roles, lambda roles: {**roles, **dict.fromkeys(text, "ignored")})
    others = {name: kind for name, kind in kinds.items() if name not in text}
    take(recipe, with_steps, adapted(recipe, others).steps)


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


def _take_file(recipe: Recipe, content: bytes, _name: str) -> None:
    try:
        given = read_json(content)
    except ValueError:
        raise refused("This file is not JSON; choose one that was downloaded here.") from None
    adopt(recipe, Recipe.from_json(given))

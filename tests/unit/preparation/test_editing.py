import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from medalloc.errors import InputError
from medalloc.preparation.catalogue import STEP_KINDS
from medalloc.preparation.comparison import before_and_after
from medalloc.preparation.editing import UNDOABLE, History, added, moved, removed, replaced
from medalloc.preparation.recipe import ARTICLE, DEFAULT, Recipe, Step
from medalloc.preparation.shaping import shape_table
from medalloc.preparation.state import Target
from medalloc.tables.table import Source, Table

STEPS = (
    Step("drop", ("a",)),
    Step("filter_rows", ("b",)),
    Step("drop_missing_rows", "all"),
    Step("impute_median", "numeric"),
    Step("log1p", "numeric"),
    Step("one_hot", "text"),
)


@given(st.lists(st.sampled_from(STEPS), max_size=8))
@settings(max_examples=40)
def test_steps_can_be_added_in_any_order_and_stand_where_they_can_be_done(chosen: list[Step]) -> None:
    recipe = Recipe("x", ())
    for step in chosen:
        recipe = added(recipe, step)
    assert sorted(map(str, recipe.steps)) == sorted(map(str, chosen))


OPTIONS = {
    "rename": {"to": "years"},
    "ratio": {"to": "visits a year"},
    "filter_rows": {"keep": "at least", "number": 40.0},
    "map_values": {"values": {"low": 0, "high": 1}},
    "clip_outliers": {"low": 0.1, "high": 0.9},
    "impute_constant": {"number": -1.0, "text": "not said"},
}
OF_TEXT = ("map_values", "ordinal", "one_hot", "target_encode")
OF_TWO = ("ratio", "long_from_wide", "impute_iterative")


@pytest.mark.parametrize("name", sorted(STEP_KINDS))
def test_every_kind_of_step_that_is_added_to_the_default_recipe_can_be_done_and_has_an_effect(name: str) -> None:
    draw = np.random.default_rng(5)
    frame = pd.DataFrame({"age": draw.normal(50, 10, 90).round(), "visits": draw.poisson(3, 90).astype(float)})
    frame = frame.mask(draw.random(frame.shape) < 0.1).assign(grade=draw.choice(["low", "high"], 90))
    frame.loc[:1, "grade"] = "odd"
    if name == "map_values":
        frame["grade"] = frame["grade"].replace("odd", "low")
    columns: tuple[str, ...] = ("age", "visits") if name in OF_TWO else ("age",)
    if name in OF_TEXT or name == "group_rare":
        columns = ("grade",)
    elif name == "parse":
        frame["age"] = frame["age"].map("€ {:.0f}".format, na_action="ignore")
    made = added(DEFAULT, Step(name, columns, OPTIONS.get(name, {})))
    target = Target((frame["visits"] > 2).to_numpy(float), np.arange(90) % 5) if name == "target_encode" else None
    shaped = shape_table(Table(frame, dict.fromkeys(frame, "feature"), Source("t", "0")), made)
    found = before_and_after(frame, made, columns=list(frame), target=target, shaped=shaped.after)
    place = next(n for n, each in enumerate(made.steps) if each.name == name and each not in DEFAULT.steps)
    assert "Changes nothing" not in str(found.effects[place].in_words())


@given(st.lists(st.sampled_from(STEPS), min_size=1, max_size=8), st.data())
@settings(max_examples=60)
def test_moving_a_step_and_moving_it_back_is_nothing_and_only_beside_its_like_can_it_move(
    chosen: list[Step], data: st.DataObject
) -> None:
    recipe = Recipe("own", ())
    for step in chosen:
        recipe = added(recipe, step)
    place = data.draw(st.integers(0, len(chosen) - 1))
    to = place + data.draw(st.sampled_from([-1, 1]))
    if not 0 <= to < len(chosen):
        return
    if STEP_KINDS[recipe.steps[place].name].stage == STEP_KINDS[recipe.steps[to].name].stage:
        assert moved(moved(recipe, place, to - place), to, place - to) == recipe
    else:
        with pytest.raises(InputError, match="move"):
            moved(recipe, place, to - place)


@given(st.lists(st.sampled_from(STEPS[3:]), min_size=1, max_size=8), st.data())
@settings(max_examples=40)
def test_one_step_is_removed_or_replaced_and_the_others_stay(chosen: list[Step], data: st.DataObject) -> None:
    recipe, place = Recipe("own", tuple(chosen)), data.draw(st.integers(0, len(chosen) - 1))
    left = chosen.copy()
    assert left.pop(place) == recipe.steps[place]
    assert list(removed(recipe, place).steps) == left
    left.insert(place, Step("min_max_scale", "numeric"))
    assert list(replaced(recipe, place, left[place]).steps) == left


@given(st.integers(1, 5), st.integers(1, 5))
def test_what_was_taken_back_is_made_again_in_its_order(changes: int, times: int) -> None:
    recipes = [Recipe(str(number), ()) for number in range(changes + 1)]
    history = History(recipes[0])
    for each in recipes[1:]:
        history = history.then(each)
    seen = []
    for _ in range(times):
        history = history.undone()
        seen.append(history.now)
    assert seen == [recipes[max(changes - each, 0)] for each in range(1, times + 1)]
    back = max(changes - times, 0)
    for each in recipes[back + 1 :]:
        history = history.redone()
        assert history.now == each
    assert history.redone() == history


class Edits(RuleBasedStateMachine):
    """A visitor edits, undoes and redoes; a list of every recipe so far is the obvious way."""

    def __init__(self) -> None:
        super().__init__()
        self.history = History(DEFAULT)
        self.every, self.at = [DEFAULT], 0

    def _then(self, recipe: Recipe) -> None:
        self.history = self.history.then(recipe)
        self.every = [*self.every[: self.at + 1], recipe]
        self.at += 1

    @rule(step=st.sampled_from(STEPS))
    def add(self, step: Step) -> None:
        self._then(added(self.history.now, step))

    @precondition(lambda self: self.history.now.steps)
    @rule(data=st.data())
    def remove(self, data: st.DataObject) -> None:
        self._then(removed(self.history.now, data.draw(st.integers(0, len(self.history.now.steps) - 1))))

    @precondition(lambda self: self.history.now.steps)
    @rule(data=st.data())
    def change(self, data: st.DataObject) -> None:
        place = data.draw(st.integers(0, len(self.history.now.steps) - 1))
        self._then(replaced(self.history.now, place, self.history.now.steps[place]))

    @rule()
    def take_another(self) -> None:
        self._then(ARTICLE)

    @rule()
    def undo(self) -> None:
        if self.history.before:
            self.at -= 1
        self.history = self.history.undone()

    @rule()
    def redo(self) -> None:
        if self.history.after:
            self.at += 1
        self.history = self.history.redone()

    def teardown(self) -> None:
        assert self.history.now == self.every[self.at]
        assert list(self.history.after) == self.every[: self.at : -1]
        assert len(self.history.before) <= UNDOABLE
        back = self.every[max(0, self.at - len(self.history.before)) : self.at]
        assert list(self.history.before) == back


TestEdits = Edits.TestCase
TestEdits.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)

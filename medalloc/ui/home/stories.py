"""Three finished plans to begin with, one click each: what takes long is done in that click."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

from medalloc.allocation.problem import Resource
from medalloc.study.step import Long
from medalloc.study.steps import demands, needs
from medalloc.ui import asking, state
from medalloc.ui.data import file_choice
from medalloc.ui.kit import layout, palette, runs, samples
from medalloc.ui.kit.words import _

PICTURES = Path(__file__).parent / "pictures"
"""Made by `make shots`."""


@dataclass(frozen=True)
class Story:
    """A sample with limits under which a plan is worth looking at."""

    file: str
    """The sample."""

    resources: tuple[Resource, ...]
    """What is placed."""

    chosen: Mapping[str, Any] = field(default_factory=dict)
    """Further choices, by name."""

    waits_for: Long[Any] | None = None
    """What takes long before there is a plan."""


NOT_YET = -2
"""Where the tour stands before it has begun."""

STORIES: Mapping[str, Story] = {
    "patients": Story(
        "patients_rand_hie.csv",
        (
            Resource("beds", 2_400, 0.01, 100_000, whole=True, length_of_stay=84),
            Resource("clinicians", 8_000, 0.02, 60_000, whole=True),
        ),
        {"budget": 400e6, "floor": 0.3},
        needs.training,
    ),
    "regions": Story(
        "regions_world.csv",
        (Resource("beds", 2_000_000, 0.04, whole=True), Resource("physicians", 400_000, 0.02, whole=True)),
        {"floor": 0.15},
    ),
    "counts": Story(
        samples.COUNTS,
        (Resource("nurses", 60, 0.1, whole=True),),
        {"counted": "visits"},
        demands.outlook,
    ),
}


def choices_of(story: Story) -> dict[str, Any]:
    """Return the limits of a story, in the visitor's words where no column of its table goes by the name."""
    called = {"visits": _("visits")}
    resources = tuple(vars(each) for each in story.resources)
    return {"resources": resources, **{name: called.get(each, each) for name, each in story.chosen.items()}}


def cards() -> None:
    """Show the stories side by side, each with its button; while one is being worked out, how far it is."""
    told = {
        "patients": (
            _("Patients"),
            _("5,473 patients at six sites in the United States: who will need care, and which site gets the staff?"),
            _("Open the plan of six sites"),
        ),
        "regions": (
            _("Regions"),
            _("The countries of the world with their beds and physicians: where do more of both serve the most?"),
            _("Open the plan of the world"),
        ),
        "counts": (
            _("Counts over time"),
            _("Eight years of visits for influenza in Boston: what comes next, and where are nurses sent?"),
            _("Open the plan of Boston"),
        ),
    }
    busy = _is_busy()
    for place, (key, (title, line, label)) in zip(st.columns(len(told)), told.items(), strict=True):
        with place.container(border=True, height="stretch"):
            picture, said = PICTURES / f"{key}-{palette.shade()}.png", _("The map of this plan, made small")
            # as it is: streamlit would make another file of it with every run
            st.image(picture, width="stretch", alt=said, output_format="PNG")
            st.markdown(f"##### {title}")
            st.markdown(line)
            st.button(
                label,
                key=f"story_{key}",
                type=palette.main_button() if key == "patients" else "secondary",
                icon=":material/play_arrow:",
                on_click=open_story,
                args=(key,),
                disabled=state.locked(busy),
                help=samples.title(STORIES[key].file),
            )


def open_story(key: str) -> None:
    """Take a story's sample and limits, and begin what its plan waits for."""
    story = STORIES[key]
    if story.file == samples.COUNTS:
        file_choice.start_over(story.file, story.file)
    else:
        file_choice.take_sample(story.file)
    # who has taken or skipped the tour is not asked again
    tour = 0 if state.look().tour == NOT_YET else state.look().tour
    state.change(story=key, tour=tour, **choices_of(story))
    if story.waits_for is not None:
        runs.submit(story.waits_for)


def go_on() -> None:
    """Lead to the plan of the story that was opened as soon as it is there, and show until then how far it is."""
    story = STORIES.get(state.look().story)
    if story is None:
        return
    standing = "ready" if story.waits_for is None else asking.answers().standing(story.waits_for)
    if standing == "working" and story.waits_for is not None:
        st.markdown(
            _("**The models learn who will need care …**")
            if story.waits_for is needs.training
            else _("**The forecasters are tried on past dates …**")
        )
    if story.waits_for is not None:
        runs.show(
            story.waits_for.__name__,
            cancelled=_("The plan was not made: its calculation was cancelled."),
            lost=_("The calculation was lost with its server: open the plan again."),
        )
    if standing != "working":
        state.change(story="")
    if standing == "ready":
        st.switch_page(layout.PAGES / "allocate.py")


def _is_busy() -> bool:
    story = STORIES.get(state.look().story)
    return story is not None and story.waits_for is not None and runs.is_busy(story.waits_for.__name__)

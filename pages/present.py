"""The plan as a talk: one idea a screen."""

from pathlib import Path

import streamlit as st

from medalloc.study.steps import plans, worlds
from medalloc.ui import asking, present, state
from medalloc.ui.kit import layout, path, promises
from medalloc.ui.present import slides

st.html(Path(present.__file__).with_name("present.css"))
found = asking.known(plans.plan)
with layout.failures_as_sentences():
    if found is None:
        layout.opening(slides.name())
        path.missing_step()
    else:
        changed = asking.known(worlds.changed_plan)
        story = slides.Story(
            found,
            asking.known(plans.todays_plan),
            asking.map_ground(),
            asking.known(worlds.scenario),
            changed,
            asking.known(worlds.kept_scenarios) or (),
        )
        every = slides.slides(story)
        now = every[min(state.look().slide, len(every) - 1)]
        st.title(now.title, anchor=False)
        now.show(story)
        promises.show(asking.known(worlds.kept_promises) or ())
        slides.controls(len(every))

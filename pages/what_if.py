"""What changes if the world changes."""

import streamlit as st

from medalloc.study.steps import plans, worlds
from medalloc.ui import asking
from medalloc.ui.allocate import plan
from medalloc.ui.kit import layout, path
from medalloc.ui.kit.words import _
from medalloc.ui.what_if import base_and_scenario, epidemic, futures

base, now, scenario = asking.known(plans.plan), asking.known(worlds.changed_plan), asking.known(worlds.scenario)
layout.opening(_("What if"), base_and_scenario.answer(base, now, scenario))
with layout.failures_as_sentences():
    path.older()
    problem, chosen = asking.ask(plans.problem), asking.study()
    if problem is None:
        path.missing_step()
    else:
        conflict = asking.attempt(plans.plan)[1] or asking.attempt(worlds.changed_plan)[1]
        if conflict:
            base_and_scenario.conflicts(conflict, asking.ask(worlds.changed_problem), chosen.limits.floor)
        elif base and now:
            layout.figures(plan.figures(now, base))
        inputs, result = st.columns([2, 3], gap="large")
        with inputs:
            base_and_scenario.sliders(budget=chosen.limits.budget is not None)
        if base and now:
            with result:
                base_and_scenario.result(base, now, scenario)
        epidemic.section(problem, lambda: asking.ask(worlds.epidemic))
        base_and_scenario.trade_off(problem)
        st.subheader(_("If demand turns out differently"), anchor=False)
        if futures.can_be_planned(problem, base):
            futures.section(
                problem,
                chosen.what_if,
                asking.sure(worlds.futures_sources),
                lambda: asking.ask(worlds.futures),
                asking.ask(worlds.held_futures),
                older=asking.answers().is_older(worlds.held_futures),
            )

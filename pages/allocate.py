"""Which region gets what, and why."""

from functools import partial

import streamlit as st

from medalloc.demand.region_table import reasons_of
from medalloc.study.steps import demands, measures, plans, tables, worlds
from medalloc.ui import asking, state
from medalloc.ui.allocate import changing, closer, limits, plan, plan_map, regions, repairs, resources
from medalloc.ui.kit import layout, path, promises, searching, thumbnail, tour
from medalloc.ui.kit.words import _

found, conflict, searched, chosen = None, None, None, asking.study().limits
with layout.failures_as_sentences():
    searched = asking.known(plans.large_problem)
    found, conflict = asking.attempt(plans.plan)
    found = searching.in_reach(found, plans.searched_plan, searched)

tour.show()
layout.opening(_("Allocate"), plan.answer(found) if found else None)
with layout.failures_as_sentences():
    path.older()
    searching.progress(plans.searched_plan, searched, found)
    promised = None
    start, placed = asking.ask(demands.region_table), asking.known(plans.stated_resources)
    problem = asking.known(plans.problem)
    if start is None:
        path.missing_step()
    else:
        if found:
            plan.in_short(found)
            groups = asking.sure(measures.region_groups)
            promised = state.keep(worlds.kept_promises, found, asking.study().what_if.promises, groups)
        elif conflict and problem:
            take, floor = partial(repairs.apply, placed or ()), partial(repairs.common_floor, problem)
            repairs.conflicts(conflict, problem, take, floor)
        elif problem is None:
            repairs.without_rows(asking.known(tables.table_findings) or ())
        answer = st.container(key="plan_answer")
        if found:
            with answer:
                layout.figures(plan.figures(found))
                promises.show(promised or ())
        picture, controls = answer.columns([7, 5], gap="large")
        with controls:
            limits.limits(problem)
            if found:
                plan.present()
        with picture:
            if found:
                plan_map.draw(found, asking.map_ground())
        confirmed = asking.known(plans.requirements_confirmed) or {}
        assumed = asking.known(plans.assumed_requirements) or ()
        # what is wrong with it is said above
        base = asking.known(plans.problem_of_file)
        changing.section(placed, confirmed, base, chosen.region_changes, promised)
        if placed is not None:
            resources.assumptions(placed, assumed, examples=chosen.resources is None)
        if base is not None:
            regions.changed(base, chosen.region_changes)
        layout.counted_in()
        if found:
            beside = closer.Beside(
                chosen,
                reasons_of(start),
                partial(searching.rivals, searched),
                partial(searching.margin, searched),
                is_large=searched is not None,
                columns=asking.sure(measures.equity_columns),
                cells=asking.ask(measures.equity_cells),
                ground=asking.map_ground(),
                today=asking.ask(plans.todays_plan),
            )
            closer.section(found, beside)
            thumbnail.keep(found, asking.map_ground(), anew=False)
        read = (
            asking.ask(each) for each in (tables.table, tables.own_counts, tables.regions, tables.regions_of_counts)
        )
        layout.notes(
            *read, more=(*(asking.ask(plans.understood_columns) or ()), *(asking.known(plans.idle_choices) or ()))
        )

"""What came in, and whether it can be trusted."""

import streamlit as st

from medalloc.study.steps import maps, needs, plans, tables
from medalloc.ui import asking
from medalloc.ui.data import (
    boundaries,
    columns,
    file_choice,
    findings,
    in_it,
    lines,
    meaning,
    personal,
    reading,
    shapes,
    summed,
)
from medalloc.ui.kit import layout
from medalloc.ui.kit.words import _

chosen, table = asking.study().data, asking.known(tables.unprepared)
found = asking.known(tables.table_findings) or ()
left = tuple(each for each in found if (each.kind, each.column) not in chosen.repairs)
counts = bool(asking.known(tables.table_holds_counts))

layout.opening(_("Data"), in_it.in_one_sentence(chosen.file, table, left, counts=counts))
with layout.failures_as_sentences():
    file_choice.choose_file("data", in_use=table is not None)
    if chosen.file is not None:
        answer, file = st.container(), st.container(key="the_file")
        with file:
            st.subheader(_("The file"), anchor=False)
            file_choice.further_files(chosen)
        filed = asking.known(tables.as_filed)
        if filed is None:
            lines.way_back(chosen)
            filed = asking.ask(tables.as_filed)
        if filed is not None:
            with file:
                shapes.known_shapes(filed, chosen)
        with answer, layout.failures_as_sentences():
            came_in = asking.ask(tables.came_in)
            # what contradicts it is told below
            account = None if came_in is None else asking.known(tables.lines) or came_in.account
            if came_in is not None:
                roles = columns.roles_in_force(came_in, table, chosen.roles)
                in_it.in_use(came_in, account)
                in_it.next_step(asking.known(tables.unprepared), counts=counts)
                layout.figures(in_it.figures(came_in if table is None else table, roles, left))
                in_it.remarks(came_in, chosen.file)
                if account is not None:
                    lines.rejected(account)
                with layout.failures_as_sentences():
                    summed.multiples(came_in, roles, chosen)
                    summed.summed(asking.sure(tables.table_summaries))
                    summed.notes(came_in, asking.sure(tables.unprepared))
                st.subheader(_("What was found"), anchor=False)
                with layout.failures_as_sentences():
                    findings.by_repair(asking.ask(tables.table_findings) or (), chosen.repairs)
                shapes.offer_rows(found)
                mended = asking.known(tables.mended)
                findings.rejected(came_in if mended is None else came_in.with_roles(mended.roles), chosen.repairs)
                st.subheader(_("What each column is for"), anchor=False)
                columns.reused(came_in, chosen)
                placed = [each.name for each in asking.known(plans.resources_in_use) or ()]
                columns.roles_editor(came_in, table, roles, chosen.roles, placed)
                if table is not None:
                    summed.first(table)
                if table is not None:
                    meaning.means_need(table, lambda: asking.ask(needs.need_meaning))
                if table is not None and (names := asking.known(maps.region_names)):
                    with layout.failures_as_sentences():
                        asking.ask(maps.ground)
                    boundaries.section(
                        chosen,
                        names,
                        asking.map_ground(),
                        asking.known(maps.region_places),
                        asking.known(maps.own_boundaries),
                        asking.known(maps.boundary_columns) or (),
                    )
                with file:
                    reading.reading_options(came_in, chosen)
                    if table is not None:
                        personal.section(table, chosen, asking.study().demand.regions_file)
                    in_it.understood(came_in, account, chosen)
                asking.ask(tables.unprepared)

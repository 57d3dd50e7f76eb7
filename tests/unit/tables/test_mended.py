import numpy as np
import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.tables.checks.finding import Finding
from medalloc.tables.mended import mended_and_left
from medalloc.tables.quality import findings
from medalloc.tables.repairs import Repair, repaired
from medalloc.tables.roles import suggest_roles
from medalloc.tables.table import Source, Table


def table(**columns: object) -> Table:
    frame = pd.DataFrame(columns)
    return Table(frame, suggest_roles(frame), Source("t", ""))


def names(found: tuple[Finding, ...]) -> list[tuple[str, str | None]]:
    return [(each.kind, each.column) for each in found]


def test_findings_shrink_by_what_repairs_mended_which_stays_to_be_seen() -> None:
    asked = table(region=["A", "A", None, "B"], demand=[1, 1, 3, -4], population=[9, 9, 9, 9])
    assert names(mended_and_left(asked, [])) == names(findings(asked))
    repairs = [Repair("duplicated rows"), Repair("missing", "region")]
    found = names(mended_and_left(asked, repairs))
    assert found[:2] == [("duplicated rows", None), ("missing", "region")]
    # of one region in two alike rows there is one left
    assert set(found[2:]) == {("unusable rows", "demand"), ("impossible values", "demand")}


def test_a_finding_that_only_another_repair_calls_for_can_be_mended_and_taken_back() -> None:
    asked = table(region=["North", "NORTH ", "South"], demand=[1, 2, 3])
    assert names(findings(asked)) == [("spellings", "region")]
    alike = Repair("spellings", "region")
    assert names(mended_and_left(asked, [alike])) == [("spellings", "region"), ("duplicated ids", "region")]
    both = [alike, Repair("duplicated ids", "region")]
    assert names(mended_and_left(asked, both)) == [("spellings", "region"), ("duplicated ids", "region")]
    assert repaired(asked, both).frame["demand"].tolist() == [1, 3]


def test_repairs_that_cannot_be_made_hide_no_finding() -> None:
    asked = table(region=["A", None], demand=[1, 2])
    assert names(mended_and_left(asked, [Repair("missing", "nowhere")])) == names(findings(asked))


@settings(max_examples=40, deadline=None)
@given(st.sets(st.sampled_from(["spellings", "duplicated ids", "impossible values", "missing"])))
def test_every_accepted_repair_of_a_table_can_be_seen(kinds: set[str]) -> None:
    asked = table(region=["North", "NORTH ", "South", "South"], demand=[1.0, 2.0, -3.0, np.nan])
    columns = {"impossible values": "demand", "missing": "demand"}
    repairs = [Repair(kind, columns.get(kind, "region")) for kind in sorted(kinds)]
    found = names(mended_and_left(asked, repairs))
    assert len(found) == len(set(found))
    assert {(each.kind, each.column) for each in repairs} <= set(found)

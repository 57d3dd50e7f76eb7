"""Roles that were given by hand, kept by header."""

from hypothesis import given, settings
from hypothesis import strategies as st

from medalloc.tables import mapping
from medalloc.tables.mapping import Mapped, mapping_for, signature, with_mapping

HEADERS = [("region", "n"), ("n", "Region "), ("region", "n", "k"), ("a",), ("b",), ("c",)]


@given(st.lists(st.tuples(st.sampled_from(HEADERS), st.booleans()), max_size=12), st.integers(2, 4))
@settings(max_examples=60)
def test_of_each_header_the_last_roles_are_kept_and_of_the_headers_those_used_last(
    given_roles: list[tuple[tuple[str, ...], bool]], most: int
) -> None:
    kept: dict[str, Mapped] = {}
    expected: list[tuple[str, Mapped]] = []
    before, mapping.MOST = mapping.MOST, most
    try:
        for number, (header, differs) in enumerate(given_roles):
            mapped = Mapped(f"{number}.csv", {header[0]: "demand"} if differs else {})
            kept = with_mapping(kept, header, mapped)
            # the table of before goes to the end, or away
            expected = [each for each in expected if each[0] != signature(header)][1 - most :]
            expected += [(signature(header), mapped)] if differs else []
            assert list(kept.items()) == expected
    finally:
        mapping.MOST = before
    for header in HEADERS:
        found, one = mapping_for([each.upper() for each in header], kept), dict(expected).get(signature(header))
        assert (found is None) == (one is None)
        if found is not None and one is not None:
            wanted = {each.strip().upper() for each in one.roles}
            assert found.file_name == one.file_name and {each.strip() for each in found.roles} == wanted

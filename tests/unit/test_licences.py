"""The list of packages is that of the versions that are installed, and none of them binds who uses medalloc."""

import re

from docs import licences


def test_the_list_names_every_package_at_the_version_that_was_tested() -> None:
    listed = (licences.ROOT / "docs" / "licences.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (\S+) \| (\S+) \| (.+) \|$", listed, re.MULTILINE)[1:]
    tested = dict(re.findall(r"^([\w.-]+)==(\S+)$", (licences.ROOT / "constraints.txt").read_text(), re.MULTILINE))
    tested = {licences._known(name): version for name, version in tested.items()}
    assert {name: tested.get(licences._known(name)) for name, _, _ in rows} == {
        name: version for name, version, _ in rows
    }
    asked = {licences._known(each) for each in licences.named(licences.ROOT / "requirements.txt")}
    assert len(asked) > 25 and asked <= {licences._known(name) for name, _, _ in rows}
    assert [name for name, _, said in rows if re.search(r"\b(A?GPL|GNU General|Affero)", said)] == []

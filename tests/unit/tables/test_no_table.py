import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.tables import no_table
from medalloc.tables.no_table import BEGINS, refuse_no_table, refuse_wide


def test_as_many_columns_as_may_be_are_read_and_one_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(no_table, "MOST_COLUMNS", 3)
    refuse_wide(pd.DataFrame(columns=list("abc")), "t.csv")
    with pytest.raises(InputError, match="4 columns; a table may have 3"):
        refuse_wide(pd.DataFrame(columns=list("abcd")), "t.csv")


OLD_OFFICE = b"\xd0\xcf\x11\xe0" + b"x" * 40


@pytest.mark.parametrize("begins", [begin for begin, _ in BEGINS])
def test_a_file_that_begins_as_none_with_a_table_is_called_what_it_is(begins: bytes) -> None:
    kind = next(each for begin, each in BEGINS if begins.startswith(begin))
    with pytest.raises(InputError) as refused:
        refuse_no_table(begins + b" and more", "f.csv")
    assert f"“f.csv” is not a table but {kind}." in str(refused.value)
    refuse_no_table(b"a,b\n1," + begins, "f.csv")


def test_a_workbook_is_locked_where_it_holds_what_is_encrypted() -> None:
    refuse_no_table(OLD_OFFICE, "f.xls")
    refuse_no_table("EncryptedPackage".encode("utf-16-le"), "f.csv")
    with pytest.raises(InputError, match="locked by a password"):
        refuse_no_table(OLD_OFFICE + "EncryptedPackage".encode("utf-16-le"), "f.xlsx")

import pandas as pd
import pytest

from medalloc.errors import InputError
from medalloc.tables import no_table
from medalloc.tables.no_table import refuse_wide


def test_as_many_columns_as_may_be_are_read_and_one_more_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(no_table, "MOST_COLUMNS", 3)
    refuse_wide(pd.DataFrame(columns=list("abc")), "t.csv")
    with pytest.raises(InputError, match="4 columns; a table may have 3"):
        refuse_wide(pd.DataFrame(columns=list("abcd")), "t.csv")

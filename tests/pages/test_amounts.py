"""Need as an amount on every screen: what the column holds, models of amounts, one patient, demand in its unit."""

import time
from io import BytesIO

import numpy as np
import pandas as pd
from streamlit.testing.v1 import AppTest

from tests.pages.test_screens import PATIENCE, asked_about, go, opened, sound, upload


def visits() -> bytes:
    draw = np.random.default_rng(2)
    age = draw.integers(20, 90, 300)
    frame = pd.DataFrame({"age": age, "region": np.tile(["North", "South"], 150), "need": draw.poisson(age / 20)})
    return frame.to_csv(index=False).encode()


def with_need(visit: AppTest) -> AppTest:
    """Give the column of visits the role of need; what it holds is then told by its cells."""
    visit.session_state["visit"].choices = visit.session_state["visit"].choices.changed({"roles": {"need": "need"}})
    return visit.run()


def said(visit: AppTest) -> str:
    return "\n".join(each.value for each in (*visit.markdown, *visit.caption, *visit.warning, *visit.info))


def test_visits_are_learnt_explained_and_summed_in_their_unit() -> None:
    visit = go(with_need(upload(opened("data"), visits())), "data")
    sound(visit)
    assert "counts or other numbers of at least 0" in said(visit)
    next(each for each in visit.text_input if each.label == "Counted in").set_value("visits").run()
    visit = go(visit, "need")
    next(each for each in visit.button if each.label == "Train").click().run()
    end = time.monotonic() + PATIENCE
    while "deviance" not in said(visit) and time.monotonic() < end:
        time.sleep(0.5)
        visit.run()
    sound(visit)
    board = next(each.value for each in visit.dataframe if "folds" in each.value)
    assert board["model"].tolist()[-1] == "The mean of all" and len(board) == 3
    assert "visits of a patient on average" in visit.markdown[0].value
    assert len(visit.get("vega_lite_chart")) >= 2, "deviance and error of every model, with their intervals"
    for part, words in (("reliance", "what causes need"), ("patient", "typical is"), ("use", "Keep this model")):
        asked_about(visit, part)
        sound(visit)
        labels = " ".join(each.label for each in visit.get("download_button"))
        assert words in said(visit) + labels
    visit = go(visit, "demand")
    sound(visit)
    assert "visits are expected in 2 regions" in visit.markdown[0].value
    assert "Demand is counted in: visits" in said(visit)
    really = pd.read_csv(BytesIO(visits()))["need"].sum()
    table = next(each.value for each in visit.dataframe if "observed" in each.value)
    assert table["observed"].sum() == really and abs(table["mean"].sum() / really - 1) < 0.05
    for screen in ("allocate", "what_if"):
        visit = go(visit, screen)
        sound(visit)
        assert visit.metric[0].label == "Served [visits]"
        assert "Demand is counted in: visits" in said(visit)
        drawn = [
            str(each.proto) for kind in ("plotly_chart", "vega_lite_chart", "dataframe") for each in visit.get(kind)
        ]
        shown = " ".join([*drawn, *(each.label for each in visit.metric)])
        assert "[visits]" in shown and "[persons]" not in shown


def test_what_three_codes_mean_is_asked_and_answered_on_the_screen() -> None:
    codes = pd.DataFrame({"age": range(60), "need": np.tile([0, 1, 2], 20)}).to_csv(index=False).encode()
    visit = go(with_need(upload(opened("data"), codes)), "need")
    assert any("which of them mean need cannot be told" in each.value for each in visit.error)
    next(each for each in visit.pills if each.label == "Means need").set_value(["1", "2"]).run()
    assert not visit.error and "“1”, “2” mean need, not “0”" in said(visit)

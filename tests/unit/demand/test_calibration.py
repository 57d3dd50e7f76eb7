import numpy as np
import pandas as pd

from medalloc.demand import calibration, regional_demand
from medalloc.tables.table import Source, Table


def test_a_region_that_is_predicted_too_low_stands_out() -> None:
    draw = np.random.default_rng(1)
    frame = pd.DataFrame({"town": np.repeat(["fair", "low"], 1000)})
    chance = np.full(2000, 0.2)
    frame["need"] = (draw.random(2000) < np.where(frame["town"] == "low", 0.3, 0.2)).astype(int)
    found = calibration(regional_demand(Table(frame, {"town": "region", "need": "need"}, Source("t", "0")), chance))
    assert abs(found.z[0]) < 2 < 5 < found.z[1]
    assert found.low[0] < 1 < found.high[0]
    assert 1.2 < found.low[1] < found.ratio[1] < found.high[1]


def test_only_rows_with_an_answer_are_compared() -> None:
    frame = pd.DataFrame({"town": ["A", "A", "A", "B"], "need": [1, 0, None, None]})
    demand = regional_demand(Table(frame, {"town": "region", "need": "need"}, Source("t", "0")), [0.5, 0.5, 0.9, 0.9])
    found = calibration(demand)
    assert found.ratio[0] == 1
    assert np.isnan([found.ratio[1], found.z[1], demand.predicted[1]]).all()

import json

import numpy as np

from medalloc.demand.forecasting.answer import outlook_json
from medalloc.demand.forecasting.outlook import outlook
from medalloc.demand.forecasting.question import Question


def test_the_answer_is_plain_json_even_where_nothing_could_be_measured(weeks):
    panel = weeks(regions=2, length=16)
    panel.values[1, 4:-1] = np.nan
    found = json.loads(json.dumps(outlook_json(outlook(panel, Question(2))), allow_nan=False))
    assert set(found) >= {"model", "horizon", "backtest", "verdict", "coverage", "regions"}
    assert set(found["backtest"][0]) >= {"model", "horizon", "mase", "wape", "wis", "seeds"}
    assert set(found["regions"][0]) >= {"region", "horizon", "date", "mean", "q10", "q50", "q90"}
    assert len(found["regions"]) == 4


def test_every_forecaster_and_horizon_has_an_entry(weeks):
    made = outlook(weeks(length=120), Question(3, ("ridge",)))
    found = outlook_json(made)
    pairs = [(each["model"], each["horizon"]) for each in found["backtest"]]
    assert pairs == [(model, ahead) for model in ("naive", "seasonal", "ridge") for ahead in (1, 2, 3)]
    assert found["model"] == made.verdict.chosen
    assert found["coverage"].keys() == {"0.5", "0.8", "0.9"}

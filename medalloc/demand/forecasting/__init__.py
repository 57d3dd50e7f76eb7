"""How much care comes next, where, and how well that was known in the past."""

from medalloc.demand.forecasting.answer import outlook_json
from medalloc.demand.forecasting.forecast import Forecast, futures_frame, sampled_futures
from medalloc.demand.forecasting.layout import Columns
from medalloc.demand.forecasting.outlook import Outlook, outlook
from medalloc.demand.forecasting.panel import Covariate, Panel
from medalloc.demand.forecasting.question import Question
from medalloc.demand.forecasting.reading import Reading, read_panel

__all__ = [
    "Columns",
    "Covariate",
    "Forecast",
    "Outlook",
    "Panel",
    "Question",
    "Reading",
    "futures_frame",
    "outlook",
    "outlook_json",
    "read_panel",
    "sampled_futures",
]

"""Learning from windows: a model for each few horizons, all regions together."""

from abc import ABC, abstractmethod
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.scaling import learned_scale
from medalloc.demand.forecasting.windows import Places, Windows, a_year, blocks, learnable

Floats = NDArray[np.float64]

MOST_MODELS = 6
"""Horizons beyond these share a model, which is told the horizon. [count]"""


class LearnedFromWindows(ABC):
    """A direct forecaster: no forecast is fed back as if it had been counted.

    Parameters
    ----------
    horizon : int
        Longest horizon that it will be asked for. [periods]
    seed : int
        The same seed gives the same forecasts.
    most_rows : int
        Windows that one model learns from; more are drawn from at random. [count]
    """

    def __init__(self, horizon: int, seed: int = 0, most_rows: int = 60_000) -> None:
        self.horizon = horizon
        self.seed = seed
        self.most_rows = most_rows

    @abstractmethod
    def learn(self, rows: NDArray[np.float32], targets: Floats) -> Any:
        """Return a model of the targets of some windows."""

    @abstractmethod
    def apply(self, model: Any, rows: NDArray[np.float32]) -> Floats:
        """Return what a model says of some windows, shape (rows,)."""

    def fit(self, panel: Panel) -> Self:
        """Learn one model for each few horizons from all regions."""
        self.panel_ = panel
        self.scale_ = learned_scale(panel.values).with_young(panel.values)
        self.yearly_ = a_year(panel)
        windows = Windows(panel, self.scale_, self.yearly_)
        draw = np.random.default_rng(self.seed)
        groups = np.array_split(np.arange(1, self.horizon + 1), min(self.horizon, MOST_MODELS))
        self.models_: dict[int, Any] = {}
        for group in groups:
            region, origin, ahead = self._drawn(panel, group, draw, windows.lags)
            rows = np.concatenate([windows.rows(region[at], origin[at], ahead[at]) for at in blocks(len(region))])
            model = self.learn(rows, windows.targets(region, origin, ahead))
            self.models_ |= dict.fromkeys(group.tolist(), model)
        return self

    def predict(self, horizon: int, panel: Panel | None = None) -> Floats:
        """Return what comes next, at least 0, shape (n_regions, horizon) [count/period]."""
        seen = self.panel_ if panel is None else panel
        scale = self.scale_.with_young(seen.values)
        windows = Windows(seen, scale, self.yearly_)
        made = np.empty((len(seen.regions), horizon))
        every = np.arange(len(seen.regions), dtype=np.int64)
        for ahead in range(1, horizon + 1):
            for at in blocks(len(every)):
                region = every[at]
                rows = windows.rows(region, np.full_like(region, seen.length - 1), np.full_like(region, ahead))
                made[at, ahead - 1] = self.apply(self.models_[ahead], rows)
        return scale.counts(made + windows.scaled[:, -1:])

    def _drawn(
        self, panel: Panel, group: NDArray[np.int64], draw: np.random.Generator, lags: int
    ) -> tuple[Places, Places, Places]:
        """Return the windows that a model learns from: all of them, or as many as it may, drawn at random."""
        first = min(lags - 1, panel.length // 3)
        share = self.most_rows // len(group)
        parts = []
        for ahead in group:
            region, origin = learnable(panel, first, int(ahead))
            if len(region) > share:
                kept = np.sort(draw.choice(len(region), share, replace=False))
                region, origin = region[kept], origin[kept]
            parts.append((region, origin, np.full_like(region, ahead)))
        region, origin, looked = (np.concatenate(each) for each in zip(*parts, strict=True))
        return region, origin, looked

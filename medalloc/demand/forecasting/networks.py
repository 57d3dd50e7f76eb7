"""Networks that forecast: convolutional, recurrent, and with long short-term memory."""

from dataclasses import dataclass, replace
from typing import Any, Literal, Self

import numpy as np
from numpy.typing import NDArray

from medalloc.demand.forecasting.panel import Panel
from medalloc.demand.forecasting.scaling import learned_scale
from medalloc.demand.forecasting.windows import Places, Windows, a_year
from medalloc.networks.architecture import Architecture
from medalloc.networks.descent import train
from medalloc.networks.training import Training

Floats = NDArray[np.float64]
Kind = Literal["cnn", "rnn", "lstm"]

STEPS = {"day": 28, "week": 16, "month": 12, "quarter": 8}
"""Periods that are looked back. [periods]"""

HIDDEN: dict[str, tuple[int, ...]] = {"cnn": (32, 32), "rnn": (32,), "lstm": (32,)}
RATES = {"gd": 0.1, "sgd": 0.05, "adam": 0.003}
"""Learning rates that suit scaled counts, by optimiser: the usual ones let a convolution run away."""

TRAINING = Training("adam", learning_rate=RATES["adam"], batch_size=128, epochs=40, patience=5)
MOST_ROWS = 20_000
"""Windows that a network learns from; more are drawn from at random. [count]"""

LATEST = 0.1
"""Share of the windows, the latest, that tell when to stop. [fraction]"""


@dataclass(frozen=True, eq=False)
class Stretches:
    """Stretches of the past as series, gathered only when they are asked for."""

    windows: Windows
    """What is looked at."""

    region: Places
    """Place of each stretch's region, shape (rows,)."""

    origin: Places
    """Last known period of each stretch, shape (rows,)."""

    horizon: int
    """Longest horizon: the season before is shown up to there, and what is known in advance as well. [periods]"""

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.region)

    @property
    def steps(self) -> int:
        """Periods that are looked back [periods]."""
        return STEPS[self.windows.panel.calendar.every]

    @property
    def channels(self) -> int:
        """Numbers of each period [count]."""
        return int(self[np.arange(min(1, len(self)))].shape[2])

    def __getitem__(self, places: Any) -> NDArray[np.float32]:
        """Return some stretches, shape (rows, steps, channels)."""
        region, origin = self.region[places], self.origin[places]
        period = origin[:, None] - np.arange(self.steps - 1, -1, -1)
        now = np.maximum(period, 0)
        scaled, season = self.windows.scaled, self.windows.panel.calendar.season
        # whole seasons back, as many as it takes for the last step to be known
        before = period + self.horizon - season * -(-self.horizon // season)
        rows = np.repeat(region, self.steps)
        ahead = (period + self.horizon).reshape(-1)
        flat = [
            self.windows.waves(np.maximum(ahead, 0)),
            np.nan_to_num(self.windows.known_in_advance(rows, np.maximum(ahead, 0))),
        ]
        told = np.concatenate(flat, axis=1).reshape(len(region), self.steps, -1)
        own = scaled[region[:, None], now] - scaled[region, origin][:, None]
        level = np.broadcast_to(scaled[region, origin][:, None], own.shape)
        past = np.where(before >= 0, scaled[region[:, None], np.maximum(before, 0)] - level, np.float32(0))
        common = self.windows.common[now]
        return np.concatenate([np.stack([own, level, past, common], axis=2), told], axis=2, dtype=np.float32)


def training(optimizer: str) -> Training:
    """Return how a network is trained with an optimiser."""
    return replace(TRAINING, optimizer=optimizer, learning_rate=RATES[optimizer])


class NetworkForecaster:
    """A network that gives all horizons at once, all regions together.

    Parameters
    ----------
    kind : str
        ``cnn``, ``rnn`` or ``lstm``.
    horizon : int
        Longest horizon that it will be asked for. [periods]
    seed : int
        Decides the first weights, the rows drawn and their order.
    how : Training
        Optimiser and passes; its seed is not used.
    """

    def __init__(self, kind: Kind, horizon: int, seed: int = 0, how: Training = TRAINING) -> None:
        self.kind: Kind = kind
        self.horizon = horizon
        self.seed = seed
        self.how = how

    def fit(self, panel: Panel) -> Self:
        """Learn from the windows of all regions; the latest of them tell when to stop.

        Raises
        ------
        SourceError
            If networks cannot be used on this machine.
        """
        self.panel_ = panel
        self.scale_ = learned_scale(panel.values).with_young(panel.values)
        self.yearly_ = a_year(panel)
        windows = Windows(panel, self.scale_, self.yearly_)
        region, origin = self._drawn(panel)
        rows = Stretches(windows, region, origin, self.horizon)
        ahead = origin[:, None] + np.arange(1, self.horizon + 1)
        goal = windows.scaled[region[:, None], ahead] - windows.scaled[region, origin][:, None]
        latest = np.argsort(origin, kind="stable")[-max(1, round(LATEST * len(origin))) :]
        shape = Architecture(self.kind, (rows.steps, rows.channels), self.horizon, HIDDEN[self.kind])
        self.network_ = train(shape, rows, goal, replace(self.how, seed=self.seed), held_out=np.sort(latest))
        return self

    def predict(self, horizon: int, panel: Panel | None = None) -> Floats:
        """Return what comes next, at least 0, shape (n_regions, horizon) [count/period]."""
        seen = self.panel_ if panel is None else panel
        scale = self.scale_.with_young(seen.values)
        windows = Windows(seen, scale, self.yearly_)
        every = np.arange(len(seen.regions), dtype=np.int64)
        rows = Stretches(windows, every, np.full_like(every, seen.length - 1), self.horizon)
        made = self.network_.outputs(rows)[:, :horizon]
        return scale.counts(made + windows.scaled[:, -1:])

    def _drawn(self, panel: Panel) -> tuple[Places, Places]:
        """Return region and origin of the windows learned from: at least half of their targets were counted.

        The targets that were not counted are learned as they are filled; they are never scored.
        """
        known = np.isfinite(panel.values).astype(np.int64)
        sums = np.pad(np.cumsum(known, axis=1), ((0, 0), (1, 0)))
        counted = sums[:, self.horizon + 1 :] - sums[:, 1 : -self.horizon]
        period = np.arange(counted.shape[1])
        fit = (2 * counted >= self.horizon) & (period >= panel.first_known[:, None]) & (period >= 3)
        region, origin = (each.astype(np.int64) for each in np.nonzero(fit))
        if len(region) > MOST_ROWS:
            kept = np.sort(np.random.default_rng(self.seed).choice(len(region), MOST_ROWS, replace=False))
            region, origin = region[kept], origin[kept]
        return region, origin

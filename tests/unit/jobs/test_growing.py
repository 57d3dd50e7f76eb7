"""What trees on a cluster are grown from, seen at the moment at which they would grow."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from distributed import Client

from medalloc.errors import SourceError
from medalloc.jobs import growing
from medalloc.need.models.choice import ModelChoice
from medalloc.partitions.growing import Growing

DRAW = np.random.default_rng(1)


@dataclass
class Piece:
    matrix: np.ndarray
    need: np.ndarray
    weight: np.ndarray


def pieces(*rows: int) -> list[Piece]:
    return [
        Piece(*(DRAW.uniform(1, 9, shape).astype(np.float32) for shape in ((count, 3), (count,), (count,))))
        for count in rows
    ]


class Measured:
    """Parts are their pieces already."""

    def learnable(self, part: list[Piece]) -> Iterator[Piece]:
        return iter(part)


def test_trees_on_a_cluster_grow_from_every_row_and_rows_count_one_on_average(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    parts: list[Any] = [pieces(4, 2), [], pieces(3)]
    told: list[float] = []
    seen: list[np.ndarray] = []

    def fit(client: Client, trees: Any, arrays: list[Any]) -> None:
        seen.extend(client.gather(client.compute(arrays)))
        options = trees.get_params()
        assert (options["n_estimators"], options["min_child_samples"], options["random_state"]) == (7, 5, 11)
        raise OSError("seen enough")

    monkeypatch.setattr(growing, "_fit", fit)
    choice = ModelChoice("boosting", options={"trees": 7, "smallest_leaf": 5}, seed=11)
    binned = np.zeros((2, 3), np.float32)
    asked = Growing(choice, Measured(), parts, 9, binned, tmp_path, "")  # type: ignore[arg-type]
    with (
        Client(processes=False, n_workers=1, threads_per_worker=1, dashboard_address=None) as client,
        pytest.raises(SourceError, match="seen enough"),
    ):
        growing.grown_over(client, asked, lambda share, _: told.append(share))
    every = [piece for part in parts for piece in part]
    matrix, need, weight = (np.concatenate([getattr(each, name) for each in every]) for name in vars(every[0]))
    np.testing.assert_array_equal(seen[0], matrix)
    np.testing.assert_array_equal(seen[1], need)
    np.testing.assert_allclose(seen[2], weight / weight.mean(), rtol=1e-6)
    assert told == pytest.approx([0.7 / 3, 1.4 / 3, 0.7, 0.7])

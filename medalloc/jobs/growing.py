"""Trees that learn from every row of a table, grown by the workers of a cluster through LightGBM's own interface."""

import logging
from collections.abc import Iterable, Mapping
from threading import Thread
from typing import Any

import numpy as np
from numpy.typing import NDArray

from medalloc.errors import unreached
from medalloc.need.models.boosted_trees import parameters_of
from medalloc.need.models.choice import ModelChoice
from medalloc.partitions.folder import Part
from medalloc.partitions.growing import Growing
from medalloc.partitions.measuring import Measure
from medalloc.partitions.working import Progress
from medalloc.sentences import sentence

Rows = tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]
"""Prepared rows, need, and the persons each row stands for."""

SECONDS = 1.0
"""Between two looks at whether every worker is there. [s]"""

QUIET = logging.getLogger("medalloc.trees")
QUIET.setLevel(logging.ERROR)

CALLED = {"min_data_in_leaf": "min_child_samples", "lambda_l2": "reg_lambda", "seed": "random_state"}
"""What options are called there."""


def grown_over(client: Any, asked: Growing, progress: Progress) -> bytes:
    """Grow trees on a cluster, whose workers hold the rows that they prepared, and return them as text.

    Raises
    ------
    SourceError
        If it lost a worker while trees grew, which is on all of them at once, or its scheduler.
    """
    from distributed.client import FutureCancelledError
    from distributed.comm.core import CommClosedError
    from distributed.scheduler import KilledWorker
    from lightgbm.basic import LightGBMError

    try:
        return _grown(client, asked, progress)
    except (LightGBMError, KilledWorker, CommClosedError, FutureCancelledError, TimeoutError, OSError) as error:
        raise unreached(
            "The cluster lost what trees were grown from ({reason}); ask again, with more memory for each "
            "worker, or without --cluster to grow them at this machine.",
            reason=str(error).partition("\n")[0] or type(error).__name__,
        ) from error


def _grown(client: Any, asked: Growing, progress: Progress) -> bytes:
    from distributed import as_completed
    from lightgbm.dask import DaskLGBMRegressor

    shared = client.scatter(asked.measure, broadcast=True, hash=False)
    prepared = [client.submit(_rows, shared, part, pure=False) for part in asked.parts]
    told = {client.submit(_told, each, pure=False): each for each in prepared}
    stage = sentence("Reading all rows for the trees; rows: {rows}.", rows=asked.rows)
    found: dict[Any, tuple[int, float]] = {}
    for number, future in enumerate(as_completed(list(told), loop=client.loop)):
        found[told[future]] = future.result()
        progress(0.7 * (number + 1) / len(told), stage)
    known = [each for each in prepared if found[each][0]]
    scale = sum(found[each][0] for each in known) / sum(found[each][1] for each in known)
    progress(0.7, sentence("Growing the trees."))
    columns = asked.binned.shape[1]
    arrays = [
        _stacked(known, place, [found[each][0] for each in known], wide, scale)
        for place, wide in ((0, (columns,)), (1, ()), (2, ()))
    ]
    # as a regression towards 0 and 1 by the loss of answers: a part may hold one answer only
    trees = DaskLGBMRegressor(client=client, **_options(asked.choice, asked.rows))
    _fit(client, trees, arrays)
    progress(1.0, sentence("Done."))
    text: str = trees.booster_.model_to_string()
    return text.encode()


def _fit(client: Any, trees: Any, arrays: list[Any]) -> None:
    """Grow the trees; LightGBM itself would wait for a worker that died, for ever."""
    import lightgbm

    # what it does would be printed where a command's answer goes
    lightgbm.register_logger(QUIET)
    ended: list[BaseException | None] = []

    def fit() -> None:
        try:
            with client.as_current():
                trees.fit(arrays[0], arrays[1], sample_weight=arrays[2])
            ended.append(None)
        except BaseException as error:
            ended.append(error)

    workers = set(client.ncores())
    growing = Thread(target=fit, daemon=True)
    growing.start()
    while growing.is_alive():
        growing.join(SECONDS)
        if lost := workers - set(client.ncores()):
            raise TimeoutError(", ".join(sorted(lost)))
    if ended and ended[0] is not None:
        raise ended[0]


def _options(choice: ModelChoice, rows: int) -> Mapping[str, Any]:
    """Return the options of trees as LightGBM's estimators call them; each worker uses its own threads."""
    options = {CALLED.get(name, name): each for name, each in parameters_of(choice, "binary", rows).items()}
    del options["num_threads"]
    return {**options, "n_estimators": choice.count("trees")}


def _stacked(parts: Iterable[Any], place: int, rows: Iterable[int], wide: tuple[int, ...], scale: float) -> Any:
    """Return an array of Dask whose chunks are one of the arrays of each part."""
    import dask.array as da
    from dask import delayed

    taken = delayed(_taken, pure=False)
    chunks = [
        da.from_delayed(taken(part, place, scale), (count, *wide), np.float32)
        for part, count in zip(parts, rows, strict=True)
    ]
    return da.concatenate(chunks)


def _rows(measure: Measure, part: Part) -> Rows:
    pieces = list(measure.learnable(part))
    if not pieces:
        nothing = np.empty(0, np.float32)
        return nothing.reshape(0, 1), nothing, nothing
    return (
        np.concatenate([each.matrix for each in pieces]),
        np.concatenate([each.need for each in pieces]),
        np.concatenate([each.weight for each in pieces]),
    )


def _told(rows: Rows) -> tuple[int, float]:
    return len(rows[1]), float(rows[2].sum(dtype=np.float64))


def _taken(rows: Rows, place: int, scale: float) -> NDArray[np.float32]:
    # weights are 1 on average, as for a table in memory
    return rows[place] * np.float32(scale) if place == 2 else rows[place]

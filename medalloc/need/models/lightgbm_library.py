"""LightGBM's own C interface, as far as boosting needs it.

The Python package imports all of scikit-learn before it trains anything, which costs more time than training on
200,000 rows, and it wants the whole training matrix at once. The C interface is documented and stable, loads in
milliseconds, and takes rows a block at a time.
"""

import ctypes
import importlib.util
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FLOAT32, _FLOAT64, _INT32 = 0, 1, 2
_MARGIN, _CONTRIBUTIONS = 1, 3
_GAIN = 1
_BY_ROW = 1

Block = tuple[int, NDArray[np.float32]]


class LightGBMError(RuntimeError):
    """LightGBM refused something; a bug of the caller."""


@cache
def library() -> ctypes.CDLL | None:
    """Return the loaded library, or None when it is not installed or cannot be loaded on this machine."""
    found = importlib.util.find_spec("lightgbm")
    if found is None or found.origin is None:
        return None
    for name in ("lib_lightgbm.so", "lib_lightgbm.dylib", "lib_lightgbm.dll"):
        for folder in ("lib", "bin", "."):
            path = Path(found.origin).parent / folder / name
            if path.is_file():
                try:
                    return _declared(ctypes.CDLL(str(path)))
                except OSError:
                    return None
    return None


class Booster:
    """Boosted trees that live in the library's memory until this object goes.

    Parameters
    ----------
    blocks : iterable of (int, ndarray)
        Training rows a block at a time, each with the place of its first row.
    sample : ndarray
        A sample of those rows, from which bins are chosen, shape (sampled, columns).
    need : ndarray
        0 or 1 for each training row.
    weight : ndarray, optional
        How much each training row counts.
    after : Booster, optional
        Trees that stand already: these begin where those leave their rows, and are kept behind them.

    Raises
    ------
    LightGBMError
        If the library refuses the parameters or the rows.
    """

    def __init__(
        self,
        blocks: Iterable[Block],
        sample: NDArray[np.float32],
        need: NDArray[np.float32],
        parameters: Mapping[str, object],
        *,
        rounds: int,
        weight: NDArray[np.float32] | None = None,
        after: "Booster | None" = None,
    ) -> None:
        self._library = _required_library()
        self._parameters = _words(parameters)
        self._columns = sample.shape[1]
        self._handle = ctypes.c_void_p()
        start = None if after is None else np.zeros(len(need))
        if after is not None and start is not None:
            blocks = after._noting(blocks, start)
        dataset = self._dataset(blocks, sample, {b"label": need, b"weight": weight, b"init_score": start})
        try:
            self._call("BoosterCreate", dataset, self._parameters, ctypes.byref(self._handle))
            if after is not None:
                self._call("BoosterMerge", self._handle, after._handle)
            finished = ctypes.c_int(0)
            for _ in range(rounds):
                self._call("BoosterUpdateOneIter", self._handle, ctypes.byref(finished))
                if finished.value:
                    break
            # The binned rows are the largest thing in memory and of no use once the trees stand.
            self._keep_only_trees()
        finally:
            self._call("DatasetFree", dataset)

    @classmethod
    def from_text(cls, text: bytes, parameters: Mapping[str, object], *, columns: int) -> "Booster":
        """Return the trees that `to_text` wrote down.

        Raises
        ------
        LightGBMError
            If the library does not understand the text.
        """
        made = cls.__new__(cls)
        made._library = _required_library()
        made._parameters = _words(parameters)
        made._columns = columns
        made._handle = ctypes.c_void_p()
        made._read(text)
        return made

    def __del__(self) -> None:
        if getattr(self, "_handle", None):
            self._library.LGBM_BoosterFree(self._handle)

    def margin(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return the logarithm of the odds of need, shape (rows,)."""
        return self._predict(matrix, _MARGIN, 1)[:, 0]

    def contributions(self, matrix: NDArray[np.float32]) -> NDArray[np.float64]:
        """Return exact TreeSHAP contributions to the margin, shape (rows, columns + 1); the last is the base value."""
        return self._predict(matrix, _CONTRIBUTIONS, self._columns + 1)

    def gain(self) -> NDArray[np.float64]:
        """Return the total gain of the splits on each column, shape (columns,)."""
        made = np.zeros(self._columns, dtype=np.float64)
        self._call("BoosterFeatureImportance", self._handle, -1, _GAIN, _pointer(made))
        return made

    def to_text(self) -> bytes:
        """Return the trees in the library's own text format."""
        length = ctypes.c_int64(0)
        size = 1 << 20
        while True:
            text = ctypes.create_string_buffer(size)
            self._call(
                "BoosterSaveModelToString", self._handle, 0, -1, _GAIN, ctypes.c_int64(size), ctypes.byref(length), text
            )
            if length.value <= size:
                return text.value
            size = length.value

    def _dataset(
        self,
        blocks: Iterable[Block],
        sample: NDArray[np.float32],
        fields: Mapping[bytes, NDArray[np.float32] | NDArray[np.float64] | None],
    ) -> ctypes.c_void_p:
        rows_in_all = len(next(each for each in fields.values() if each is not None))
        dataset = ctypes.c_void_p()
        columns = self._columns
        # Only what is not zero is handed over: the library takes the rest for zero and bundles sparse columns.
        places = [np.flatnonzero(column).astype(np.int32) for column in sample.T]
        values = [column[place].astype(np.float64) for column, place in zip(sample.T, places, strict=True)]
        starts = (ctypes.c_void_p * columns)(*(value.ctypes.data for value in values))
        indices = (ctypes.c_void_p * columns)(*(place.ctypes.data for place in places))
        counts = np.array([len(place) for place in places], dtype=np.int32)
        self._call(
            "DatasetCreateFromSampledColumn",
            ctypes.cast(starts, ctypes.c_void_p),
            ctypes.cast(indices, ctypes.c_void_p),
            columns,
            _pointer(counts),
            len(sample),
            rows_in_all,
            ctypes.c_int64(rows_in_all),
            self._parameters,
            ctypes.byref(dataset),
        )
        for start, block in blocks:
            rows = np.ascontiguousarray(block, dtype=np.float32)
            self._call("DatasetPushRows", dataset, _pointer(rows), _FLOAT32, len(rows), columns, start)
        for name, each in fields.items():
            if each is not None:
                values_of = np.ascontiguousarray(each)
                kind = _FLOAT64 if each.dtype == np.float64 else _FLOAT32
                self._call("DatasetSetField", dataset, name, _pointer(values_of), len(values_of), kind)
        return dataset

    def _noting(self, blocks: Iterable[Block], margin: NDArray[np.float64]) -> Iterator[Block]:
        """Yield blocks, and write down what these trees say of them."""
        for begin, block in blocks:
            margin[begin : begin + len(block)] = self.margin(block)
            yield begin, block

    def _keep_only_trees(self) -> None:
        text = self.to_text()
        self._call("BoosterFree", self._handle)
        self._handle = ctypes.c_void_p()
        self._read(text)

    def _read(self, text: bytes) -> None:
        rounds = ctypes.c_int(0)
        self._call(
            "BoosterLoadModelFromString", ctypes.c_char_p(text), ctypes.byref(rounds), ctypes.byref(self._handle)
        )

    def _predict(self, matrix: NDArray[np.float32], what: int, width: int) -> NDArray[np.float64]:
        rows = np.ascontiguousarray(matrix, dtype=np.float32)
        made = np.empty((len(rows), width), dtype=np.float64)
        if not len(rows):
            return made
        length = ctypes.c_int64(0)
        self._call(
            "BoosterPredictForMat",
            self._handle,
            _pointer(rows),
            _FLOAT32,
            len(rows),
            rows.shape[1],
            _BY_ROW,
            what,
            0,
            -1,
            self._parameters,
            ctypes.byref(length),
            _pointer(made),
        )
        return made

    def _call(self, name: str, *arguments: object) -> None:
        if getattr(self._library, f"LGBM_{name}")(*arguments) != 0:
            raise LightGBMError(self._library.LGBM_GetLastError().decode())


def _words(parameters: Mapping[str, object]) -> bytes:
    return " ".join(f"{name}={value}" for name, value in parameters.items()).encode()


def _pointer(array: NDArray[np.generic]) -> ctypes.c_void_p:
    return ctypes.c_void_p(array.ctypes.data)


def _required_library() -> ctypes.CDLL:
    loaded = library()
    if loaded is None:
        raise LightGBMError("LightGBM cannot be loaded")
    return loaded


def _declared(loaded: ctypes.CDLL) -> ctypes.CDLL:
    loaded.LGBM_GetLastError.restype = ctypes.c_char_p
    return loaded

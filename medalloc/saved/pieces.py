"""What a program keeps for itself, in two files: words as JSON, arrays beside them; nothing that could run."""

import json
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin

import numpy as np
from cattrs.errors import BaseValidationError
from numpy.typing import NDArray

from medalloc.errors import InputError, unreached
from medalloc.saved import kinds
from medalloc.saved.faults import Refused, sentences
from medalloc.saved.files import read_file, write_file
from medalloc.saved.plain import plain_and_arrays
from medalloc.saved.reading import Reader
from medalloc.sentences import Sentence

Form = TypeVar("Form")

Arrays = Mapping[str, NDArray[Any]]


class _Reader(Reader):
    """Reads what was written with `plain_and_arrays`."""

    def __init__(self, arrays: Arrays) -> None:
        super().__init__()
        self._arrays = arrays
        self._converter.register_structure_hook(float, self._number)
        self._converter.register_structure_hook(Sentence, self._sentence)
        self._converter.register_structure_hook_func(_is_array, self._array)
        self._converter.register_structure_hook_func(_is_date, self._date)

    def _number(self, found: object, _: Any) -> float:
        if not isinstance(found, str):
            return float(self._leaf(found, float))
        try:
            return float(found)  # what is infinite or no number, and what stands for something
        except ValueError:
            raise Refused(found, kinds.LEAVES[float]) from None

    def _sentence(self, found: Any, _: Any) -> Sentence:
        try:
            return Sentence.from_json(found)
        except (KeyError, TypeError, AttributeError):
            raise Refused(found, kinds.OBJECT) from None

    def _ruled(self, found: object, kind: Any) -> Any:
        is_there = isinstance(found, str) and found in self._arrays and _is_array(get_args(kind)[0])
        return super()._ruled(self._arrays[str(found)] if is_there else found, kind)

    def _array(self, found: Any, _: Any) -> NDArray[Any]:
        if not isinstance(found, str) or found not in self._arrays:
            raise Refused(found, kinds.LIST)
        return self._arrays[found]

    def _date(self, found: Any, kind: Any) -> Any:
        try:
            return kind(found)
        except (TypeError, ValueError):
            raise Refused(found, kinds.LEAVES[str]) from None


def write_pieces(form: object, folder: Path | str, name: str) -> None:
    """Write a frozen dataclass, or a mapping of them, into a folder, which is made if it is not there.

    Parameters
    ----------
    form : object
        Its fields are those that `from_plain` reads, arrays, sentences and `pandas.Timestamp`; numbers may be infinite.
    """
    arrays: dict[str, NDArray[Any]] = {}
    text = json.dumps(plain_and_arrays(form, arrays), ensure_ascii=False, indent=1, allow_nan=False)
    numbers = BytesIO()
    np.savez_compressed(numbers, allow_pickle=False, **arrays)
    write_file(Path(folder) / f"{name}.npz", numbers.getvalue())
    write_file(Path(folder) / f"{name}.json", text.encode())


def read_words(kind: type[Form], data: object, what: Sentence) -> Form:
    """Read a frozen dataclass that holds sentences from what `to_plain` gave.

    Raises
    ------
    InputError
        With every fault at once, each with its path.
    """
    try:
        return _Reader({}).read(data, kind)  # type: ignore[no-any-return]
    except (BaseValidationError, Refused) as error:
        raise InputError(*sentences(error, what)) from None


def read_pieces(kind: type[Form], folder: Path | str, name: str, what: Sentence) -> Form:
    """Read what `write_pieces` wrote.

    Raises
    ------
    SourceError
        If the folder does not hold it.
    InputError
        If it was written by another version, or was changed by hand into something unusable.
    """
    place = Path(folder)
    try:
        data = json.loads(read_file(place / f"{name}.json"))
        with np.load(BytesIO(read_file(place / f"{name}.npz")), allow_pickle=False) as stored:
            arrays = {each: stored[each] for each in stored.files}
    except (OSError, ValueError) as error:
        raise unreached(
            "There is no readable {what} in “{folder}”: {reason}.", what=what, folder=str(place), reason=str(error)
        ) from error
    try:
        return _Reader(arrays).read(data, kind)  # type: ignore[no-any-return]
    except (BaseValidationError, Refused) as error:
        raise InputError(*sentences(error, what)) from None


def _is_array(kind: Any) -> bool:
    origin: Any = get_origin(kind)
    return origin is np.ndarray


def _is_date(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, date)

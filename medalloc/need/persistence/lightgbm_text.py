"""Whether LightGBM's text describes trees that can be walked: the library itself does not look."""

import re
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

_WHOLE = ("split_feature", "decision_type", "left_child", "right_child")


def require_sound_trees(text: bytes, columns: int) -> None:
    """Refuse trees that would make a row walk in circles or read foreign memory.

    Parameters
    ----------
    columns : int
        Columns of the matrix it will be given.

    Raises
    ------
    ValueError
        If the trees do not hold together, or look at columns that are not there.
    """
    head, *trees = re.split(r"^Tree=\d+$", text.decode("utf-8").partition("end of trees")[0], flags=re.MULTILINE)
    about = dict(_entries(head))
    if not head.startswith("tree\n") or about.get("max_feature_idx") != str(columns - 1):
        raise ValueError(f"{about.get('max_feature_idx')} != {columns - 1}")
    if about.get("num_class") != "1" or about.get("num_tree_per_iteration") != "1":
        raise ValueError("num_class")
    for number, tree in enumerate(trees):
        if not _is_sound(dict(_entries(tree)), columns):
            raise ValueError(f"Tree={number}")


def _entries(lines: str) -> Iterator[tuple[str, str]]:
    for line in lines.splitlines():
        name, equals, value = line.partition("=")
        if equals:
            yield name, value


def _is_sound(tree: Mapping[str, str], columns: int) -> bool:
    leaves = int(tree["num_leaves"])
    values = _numbers(tree["leaf_value"])
    if leaves < 1 or len(values) != leaves or not np.isfinite(values).all():
        return False
    if int(tree["num_cat"]) != 0 or int(tree.get("is_linear", "0")) != 0:
        return False
    if leaves == 1:
        return True
    feature, decision, left, right = (_numbers(tree[name]).astype(np.int64) for name in _WHOLE)
    if not all(len(each) == leaves - 1 for each in (feature, decision, left, right, _numbers(tree["threshold"]))):
        return False
    # A negative child -k - 1 is leaf k; every node but the root and every leaf hangs on exactly one branch, and a
    # branch leads to a later node, so that each walk ends.
    children = np.concatenate([left, right])
    own = np.tile(np.arange(leaves - 1), 2)
    return bool(
        np.array_equal(np.sort(children), np.concatenate([np.arange(-leaves, 0), np.arange(1, leaves - 1)]))
        and np.all((children < 0) | (children > own))
        and np.all((feature >= 0) & (feature < columns))
        and np.all((decision & 1) == 0)
    )


def _numbers(line: str) -> NDArray[np.float64]:
    return np.array(line.split(), dtype=np.float64)

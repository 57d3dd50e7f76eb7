"""Units that come to a region counted once, from stock or from elsewhere: a smaller program with the same plans.

From where a unit comes matters to stock and budget only in sum, wherever it costs the same in every region.
"""

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.sparse import coo_array

from medalloc.allocation.closed_forms.bundle import CANCELLATION
from medalloc.allocation.problem import Array
from medalloc.allocation.program.column_ends import column_ends, most_coming
from medalloc.allocation.program.model import Ends, Model
from medalloc.allocation.program.persons import Integers


@dataclass(frozen=True, eq=False)
class Netting:
    """A program, and the one in which columns of new units are of all that come and those of taken ones are empty."""

    model: Model

    @cached_property
    def kinds(self) -> tuple[tuple[int, int], ...]:
        """Places of the resources that are netted, among the movable ones and among all."""
        cost = self.model.problem.unit_cost
        return tuple((j, k) for j, k in enumerate(self.model.layout.movable) if np.ptp(cost[:, k]) == 0)

    @cached_property
    def _useful(self) -> Array:
        """The upper ends of columns, also where a search has narrowed them, shape (columns,)."""
        model = self.model
        _, most = column_ends(model.problem, model.layout, model.persons, roomy=False)
        return np.maximum(most, model.ends.column_upper)

    @cached_property
    def netted(self) -> Model:
        """The smaller program: its stocks give what comes less what goes, which is at least nothing."""
        if not self.kinds:
            return self.model
        model, layout, problem = self.model, self.model.layout, self.model.problem
        coming = most_coming(problem, layout, model.persons)
        cells = model.matrix.tocoo()
        row, column, entry = cells.row, cells.col, cells.data.copy()
        ends = Ends(*(np.array(each) for each in vars(model.ends).values()))
        more: list[tuple[Integers, Integers, Array]] = []
        for j, k in self.kinds:
            new, taken, given = layout.new[:, k], layout.taken[:, j], layout.given[:, j]
            free = np.isnan(problem.locked[:, k])
            most = np.minimum(problem.cap[:, k], ends.column_upper[new] + ends.column_upper[taken])
            most = np.maximum(ends.column_lower[new], np.minimum(most, coming[:, k]))
            ends.column_lower[new] += ends.column_lower[taken]
            ends.column_lower[taken] = 0.0
            ends.column_upper[new] = np.where(free, most, ends.column_upper[new])
            ends.column_upper[taken] = 0.0
            entry[np.isin(column, taken)] = 0.0
            moved = model.rows["moved"][j]
            ends.row_upper[moved] = np.inf
            more += [_in_row(model.rows["stock"][k], given, -1.0), _in_row(moved, new[free], 1.0)]
            if "budget" in model.rows:
                more.append(_in_row(model.rows["budget"][0], given, -problem.unit_cost[0, k]))
        every = [np.concatenate(parts) for parts in zip((row, column, entry), *more, strict=True)]
        matrix = coo_array((every[2], (every[0], every[1])), shape=cells.shape).tocsc()
        matrix.eliminate_zeros()
        return replace(model, matrix=matrix, ends=ends, whole=model.whole & (ends.column_upper > 0))

    def goal(self, goal: Array) -> Array:
        """Return the goal of the smaller program: for every unit that goes, one is taken there that would be new."""
        made, layout = goal.copy(), self.model.layout
        for j, k in self.kinds:
            made[layout.given[:, j]] += goal[layout.taken[:, j]] - goal[layout.new[:, k]]
        return made

    def apart(self, amounts: Array) -> Array:
        """Return the amounts of the program for those of the smaller one: what goes somewhere is taken there."""
        made, layout = amounts.copy(), self.model.layout
        for j, k in self.kinds:
            new, taken, given = layout.new[:, k], layout.taken[:, j], layout.given[:, j]
            both = np.where(np.isnan(self.model.problem.locked[:, k]), np.minimum(made[new], made[given]), 0.0)
            come, go = (_less(made[each], both) for each in (new, given))
            open_ = np.where(np.isnan(self.model.problem.locked[:, k]), come, 0.0)
            before = np.cumsum(open_) - open_
            made[taken] = np.clip(go.sum() - before, 0.0, open_)
            # the smaller program may bring more than could be of use
            made[new], made[given] = np.minimum(_less(come, made[taken]), self._useful[new]), go
        return made

    def together(self, amounts: Array) -> Array:
        """Return the amounts of the smaller program for those of the program."""
        made, layout = amounts.copy(), self.model.layout
        for j, k in self.kinds:
            made[layout.new[:, k]] += made[layout.taken[:, j]]
            made[layout.taken[:, j]] = 0.0
        return made

    def prices(self, price: Array) -> Array:
        """Return the prices of the program's rows: a unit from elsewhere is worth what one from stock costs."""
        made, rows = price.copy(), self.model.rows
        money = price[rows["budget"][0]] if "budget" in rows else 0.0
        for j, k in self.kinds:
            made[rows["moved"][j]] += price[rows["stock"][k]] + money * self.model.problem.unit_cost[0, k]
        return made


def _less(amounts: Array, less: Array) -> Array:
    """Return amounts less others that are no larger; what rounding alone leaves is nothing."""
    left = amounts - less
    return np.where(left > CANCELLATION * amounts, left, 0.0)


def _in_row(row: int, columns: Integers, entry: float) -> tuple[Integers, Integers, Array]:
    return np.full(columns.size, row), columns, np.full(columns.size, entry)

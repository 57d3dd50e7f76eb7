"""What a worker can do with a table in partitions: add up what a model says of its rows."""

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

from medalloc.jobs.protocol import Progress, Task
from medalloc.partitions.measuring import Measure
from medalloc.partitions.state import state_of
from medalloc.partitions.summing import Sums, partition_sums
from medalloc.tables.repairs import Repair


@dataclass(frozen=True, eq=False)
class SumPartitions(Task[Sums]):
    """Add up what a model says of all rows that it was not given to learn from."""

    name: ClassVar[str] = "sum partitions"
    state: str
    """Folder of the sample."""
    model_file: str
    region: str
    need: str
    weight: str | None
    means_need: tuple[str, ...]
    means_none: tuple[str, ...]
    repairs: tuple[tuple[str, str | None], ...]

    def perform(self, folder: Path, progress: Progress) -> None:
        """Do it in the folder of a run."""
        measure = Measure(
            Path(self.model_file).read_bytes(),
            self.region,
            self.need,
            self.weight,
            self.means_need,
            self.means_none,
            tuple(Repair(*each) for each in self.repairs),
        )
        partition_sums(measure, state_of(Path(self.state)), progress).save(folder)

    @classmethod
    def answer(cls, folder: Path) -> Sums:
        """Return the sums."""
        return Sums.load(folder)

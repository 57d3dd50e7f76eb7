"""What was known at the end of each day, in files: a watch that begins again knows the days before."""

from dataclasses import dataclass

from medalloc.errors import MedallocError
from medalloc.live.heard import State
from medalloc.saved import Objects, form_text, from_plain, read_file, read_json

LAST = 52
"""Days that are kept, the newest ones. [days]"""


@dataclass(frozen=True)
class Days:
    """A folder with a file for each day on which something was heard."""

    objects: Objects
    """Among which it is."""

    name: str
    """Its name there."""

    def known(self) -> tuple[State, ...]:
        """Return what was known at the end of each day, the oldest first; a day that is damaged was not heard."""
        return tuple(state for each in self._files() if (state := self._read(each)) is not None)

    def keep(self, state: State) -> None:
        """Keep what is known now as what is known of its day; the oldest days go.

        Raises
        ------
        SourceError
            If it cannot be written.
        """
        day = f"{self.name}/{state.at[:10]}.json"
        others = [each for each in self._files() if each != day]
        self.objects.write(day, form_text(state))
        for each in others[: max(0, len(others) + 1 - LAST)]:
            self.objects.delete(each)

    def _files(self) -> list[str]:
        return sorted(each.name for each in self.objects.found(self.name) if each.name.endswith(".json"))

    def _read(self, file: str) -> State | None:
        try:
            return from_plain(State, read_json(read_file(self.objects.latest(file))), State.noun)
        except (OSError, ValueError, MedallocError):
            return None

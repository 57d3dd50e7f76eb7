"""What was chosen, and what follows: the one place where the story is put together."""

from medalloc.study.answers import Answers
from medalloc.study.study import Study

__all__ = ["Answers", "Study"]

"""Print every benchmark: `make bench`."""

from benchmarks import need, screens, uncertainty, waiting
from benchmarks.allocation import __main__ as allocation

need.main([])
allocation.main([])
uncertainty.main([])
waiting.main([])
screens.main()

"""Print every benchmark: `make bench`."""

from benchmarks import forecasts, need, screens, uncertainty, waiting
from benchmarks.allocation import __main__ as allocation

need.main([])
allocation.main([])
uncertainty.main([])
waiting.main([])
forecasts.main([])
screens.main()

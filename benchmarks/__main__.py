"""Print every benchmark: `make bench`."""

from benchmarks import need, screens, uncertainty

need.main([])
uncertainty.main([])
screens.main()

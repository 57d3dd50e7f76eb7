"""Print every benchmark: `make bench`."""

from benchmarks import need, screens

need.main([])
screens.main()

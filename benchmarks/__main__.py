"""Print every benchmark: `make bench`."""

from benchmarks import need, screens, uncertainty, waiting

need.main([])
uncertainty.main([])
waiting.main([])
screens.main()

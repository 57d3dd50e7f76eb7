"""Print every benchmark: `make bench`."""

from benchmarks import (
    amounts,
    forecasts,
    live,
    load,
    need,
    need_models,
    need_scoring,
    networks,
    priority,
    regions,
    repairs,
    report,
    scale,
    screens,
    uncertainty,
    waiting,
)
from benchmarks.allocation import __main__ as allocation

need.main([])
need_models.main([])
need_scoring.main([])
allocation.main([])
uncertainty.main([])
regions.main(["--worlds", "12"])
amounts.main(["--worlds", "12"])
waiting.main([])
repairs.main([])
forecasts.main([])
networks.main([])
live.main([])
priority.main()
report.main()
scale.main([])
screens.main()
load.main([])

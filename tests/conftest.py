"""Settings that hold for every test."""

import os

from hypothesis import settings
from hypothesis.internal.conjecture import providers

# what tests do is not among somebody's own studies
os.environ["MEDALLOC_PRIVATE"] = "1"

# no test measures time; `make test` repeats the same examples, so that red means a change, `make explore` looks for new
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("new", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))
if settings.get_current_profile_name() == "same":
    # hypothesis also draws constants out of the modules that are loaded, and which are depends on the tests before
    providers._get_local_constants = lambda: providers._local_constants

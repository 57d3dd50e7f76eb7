"""Settings that hold for every test."""

import os

from hypothesis import settings

# no test measures time; `make test` repeats the same examples, so that red means a change, `make explore` looks for new
settings.register_profile("same", deadline=None, derandomize=True)
settings.register_profile("new", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "same"))

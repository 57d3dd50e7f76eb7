"""Settings that hold for every test."""

import os

from hypothesis import settings

# no test measures time; continuous integration repeats the same examples, so that red means a change
settings.register_profile("medalloc", deadline=None, derandomize=bool(os.environ.get("CI")))
settings.load_profile("medalloc")

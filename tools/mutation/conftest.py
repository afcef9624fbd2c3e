"""How the tests are run against mutants: the same examples each time, and few of them."""

from hypothesis import settings

settings.register_profile("mutation", derandomize=True, database=None, deadline=None)
settings.load_profile("mutation")

"""The two ways in which a calculator is shown: an answer at a glance, or all of it."""

from typing import Final

SIMPLE: Final = "simple"
FULL: Final = "full"
VIEWS: Final = (SIMPLE, FULL)

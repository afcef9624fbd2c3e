"""Stands in for asyncio, which Pyodide imports when it starts, and which nothing here uses.

In a library without it, and while build_python.mjs records what is imported. Where a site's own
Python imports asyncio, it and Pyodide's event loop come along as they are.
"""

import sys
from types import ModuleType


def _stand_in(name: str, wanted: str) -> None:
    module = ModuleType(name)
    vars(module)[wanted] = lambda: None
    sys.modules[name] = module


_stand_in("asyncio", "get_event_loop")
_stand_in("pyodide.webloop", "_initialize_event_loop")

"""Mutants are tried in forks of one test run, which has collected the tests once.

First every test runs unchanged, which tells the functions it reaches and how long it takes. Then
each mutant has a fork: it runs the tests that reach its function until one fails, those of its
module first, then those of its room, then the quick ones of other rooms.
"""

import builtins
import gc
import os
import resource
import signal
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from types import CodeType, FunctionType
from typing import Final

import pytest
from _pytest.runner import runtestprotocol

from mutation.function_mutants import FunctionMutant, function_of

_SECONDS: Final = 20  # of processor time, beside ten times what its tests take unchanged
# Of processor time that tests of other rooms may take, the quick ones first.
_OTHER_ROOMS: Final = 5.0
_MEMORY: Final = 4 * 1024**3
_REACHED: Final = "__mutation_reached__"


class Trial:
    """A plugin of pytest, in place of its loop over the tests.

    after: is told of each mutant, and whether a test noticed it. Not of those in functions of a
    calculator that run on import alone: they write formulas, whose texts are changed instead.
    seconds: the processor time that the mutants took so far.
    """

    seconds = 0.0

    def __init__(
        self, mutants: Sequence[FunctionMutant], after: Callable[[FunctionMutant, bool], None]
    ) -> None:
        self._mutants = mutants
        self._after = after
        self._took: dict[pytest.Item, float] = {}
        self._reaching: dict[FunctionType, list[pytest.Item]] = defaultdict(list)

    @pytest.hookimpl
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Run the tests as they are, and then against each mutant."""
        functions = {function_of(each.module, each.function) for each in self._mutants}
        self._run_unchanged(session.items, functions)
        gc.freeze()  # so that no fork copies what it only looks through
        for mutant in self._mutants:
            function = function_of(mutant.module, mutant.function)
            if self._reaching[function] or ".calculators." not in mutant.module:
                self._after(mutant, self._is_noticed(mutant, function))
        return True

    def _run_unchanged(self, items: Sequence[pytest.Item], functions: set[FunctionType]) -> None:
        """Note which tests reach which functions; leave out one that fails by itself."""
        codes = {function: function.__code__ for function in functions}
        reached: set[FunctionType] = set()

        def back(at: int) -> FunctionType:
            function = order[at]
            function.__code__ = codes[function]
            reached.add(function)
            return function

        order = list(functions)
        watching = {function: _watch(at, codes[function]) for at, function in enumerate(order)}
        setattr(builtins, _REACHED, back)
        file = None
        for item, following in _in_turn(items):
            if item.path != file:  # for every test it would take as long as the tests themselves
                _forget()
                file = item.path
            reached.clear()
            for function, code in watching.items():
                function.__code__ = code
            started = time.process_time()
            if not _passes(item, following):
                print(f"left out, for it fails without any change: {item.nodeid}", flush=True)
                continue
            self._took[item] = time.process_time() - started
            for function in reached:
                self._reaching[function].append(item)
        for function, code in codes.items():
            function.__code__ = code

    def _tests(self, mutant: FunctionMutant, function: FunctionType) -> list[pytest.Item]:
        """Return the tests that a mutant runs, in order."""
        _, room, module = mutant.module.split(".")
        quick_first = sorted(self._reaching[function], key=lambda item: self._took[item])
        of_room = [each for each in quick_first if room in Path(each.path).parts]
        of_module = [each for each in of_room if Path(each.path).stem == f"test_{module}"]
        others, left = [], _OTHER_ROOMS
        for each in quick_first:
            left -= self._took[each]
            if left > 0:
                others.append(each)
        return list(dict.fromkeys([*of_module, *of_room, *others]))

    def _is_noticed(self, mutant: FunctionMutant, function: FunctionType) -> bool:
        tests = self._tests(mutant, function)
        child = os.fork()
        if not child:
            _limit(_SECONDS + 10 * sum(self._took[each] for each in tests))
            function.__code__ = mutant.code
            _forget()
            os._exit(0 if all(_passes(*each) for each in _in_turn(tests)) else 1)
        _, status, used = os.wait4(child, 0)
        self.seconds += used.ru_utime + used.ru_stime
        return status != 0


def _watch(at: int, code: CodeType) -> CodeType:
    """Return code that says a function was reached, and goes on with the function's own."""
    made = compile(f"lambda *a, **k: {_REACHED}({at})(*a, **k)", "<watched>", "eval")
    (watching,) = (each for each in made.co_consts if isinstance(each, CodeType))
    return watching.replace(co_freevars=code.co_freevars)


def _in_turn(
    items: Sequence[pytest.Item],
) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    yield from pairwise([*items, None])


def _passes(item: pytest.Item, following: pytest.Item | None) -> bool:
    return not any(each.failed for each in runtestprotocol(item, log=False, nextitem=following))


def _forget() -> None:
    """Empty the caches of the package, which would hide that a function is another now."""
    for name, module in list(sys.modules.items()):
        if name.split(".")[0] == "roi_calc":
            for each in list(vars(module).values()):
                if hasattr(each, "cache_clear"):
                    each.cache_clear()


def _limit(seconds: float) -> None:
    """End this process quietly where it runs for ever."""
    signal.signal(signal.SIGVTALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)

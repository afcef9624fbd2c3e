"""The table of contents: every calculator by its name, and the version of what they compute."""

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import Final

from roi_calc.schema import AnyCalculator

# Of the model: one more where equal inputs give other figures than before, or mean something else.
# It stands in links and on what is printed, so that an older one can be told.
MODEL_VERSION: Final = 1

# As they are offered. Each stands in the module of its name, under its name in capitals.
_NAMES: Final = (
    "deflection",
    "handling-time",
    "response-time",
    "retention",
    "programme",
    "options",
    "loaded-rate",
)


class _Calculators(Mapping[str, AnyCalculator]):
    """The calculators by name, each imported when it is asked for: most pages have one of them."""

    def __getitem__(self, name: str) -> AnyCalculator:
        if name not in _NAMES:
            raise KeyError(name)
        written = name.replace("-", "_")
        found: AnyCalculator = getattr(import_module(f"{__name__}.{written}"), written.upper())
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(_NAMES)

    def __len__(self) -> int:
        return len(_NAMES)

    def __contains__(self, name: object) -> bool:
        return name in _NAMES


CALCULATORS: Final[Mapping[str, AnyCalculator]] = _Calculators()

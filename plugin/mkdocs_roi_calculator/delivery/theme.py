"""The colors of a calculator where no theme sets them: those of browser/theme.json."""

import json
from typing import Final, TypedDict

from mkdocs_roi_calculator.delivery.scripts import browser_file


class Colors(TypedDict):
    """What is what on one paper, each as `#rrggbb`."""

    ink: str
    paper: str
    accent: str
    gain: str
    loss: str
    error: str


class _Theme(TypedDict):
    """Both papers, and how much ink there is in each shade, in percent."""

    light: Colors
    dark: Colors
    shades: dict[str, int]


_THEME: Final[_Theme] = json.loads(browser_file("theme.json"))
LIGHT: Final = _THEME["light"]
DARK: Final = _THEME["dark"]


def shade(name: str) -> str:
    """Return a shade of ink on light paper, as a style mixes it."""
    ink, paper = (bytes.fromhex(LIGHT[each][1:]) for each in ("ink", "paper"))
    share = _THEME["shades"][name] / 100
    mixed = (
        round(share * dark + (1 - share) * light) for dark, light in zip(ink, paper, strict=True)
    )
    return f"#{bytes(mixed).hex()}"

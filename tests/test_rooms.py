"""Rooms import downwards only: see CONTRIBUTING, "The way through the code"."""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from support.sites import ROOT

PACKAGES: Final = {
    "mkdocs_roi_calculator": ROOT / "plugin" / "mkdocs_roi_calculator",
    "roi_calc": ROOT / "calc" / "roi_calc",
}
# From the highest floor down: the higher may import the lower; rooms of one floor are strangers.
FLOORS: Final = {
    "mkdocs_roi_calculator": [
        {"plugin", "extension", "__main__"},
        {"embeds"},
        {"blocks", "link_previews"},
        {"delivery"},
        {"settings", "reloading"},
    ],
    "roi_calc": [
        {"browser", "__main__", "quick"},
        {"handover"},
        {"showing", "json_schema", "count_command", "months_command"},
        {"answering", "own", "counting", "months"},
        {"reading"},
        {"calculators", "language"},
        {"schema"},
        {"formulas"},
        {"arithmetic"},
    ],
}


def _modules(package: str) -> Iterator[tuple[str, str, ast.Module]]:
    """Yield the room, the name and the text of every module that is in one."""
    for file in PACKAGES[package].rglob("*.py"):
        place = file.relative_to(PACKAGES[package]).with_suffix("")
        if place != Path("__init__"):
            yield place.parts[0], ".".join(place.parts), ast.parse(file.read_text("utf-8"))


def _imports(module: ast.Module, package: str) -> Iterator[str]:
    """Yield what a module imports of a package, without the package's name."""
    for node in ast.walk(module):
        if isinstance(node, ast.ImportFrom) and node.module == package:
            yield from (alias.name for alias in node.names if alias.name[0] != "_")
        elif isinstance(node, ast.ImportFrom) and f"{node.module}".startswith(f"{package}."):
            room = f"{node.module}".removeprefix(f"{package}.")
            yield from (f"{room}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("package", FLOORS)
def test_rooms_import_downwards_only(package: str) -> None:
    floor = {room: -level for level, rooms in enumerate(FLOORS[package]) for room in rooms}
    upwards = [
        f"{importer} imports {imported}"
        for room, importer, module in _modules(package)
        for imported in _imports(module, package)
        if imported.split(".")[0] != room and floor[imported.split(".")[0]] >= floor[room]
    ]
    assert not upwards


@pytest.mark.parametrize("package", FLOORS)
def test_every_room_is_on_one_floor_and_says_in_a_sentence_what_happens_in_it(package: str) -> None:
    rooms = {room for room, *_ in _modules(package)}
    assert sorted(rooms) == sorted(room for floor in FLOORS[package] for room in floor)
    for folder in (PACKAGES[package] / room for room in rooms):
        if folder.is_dir():
            said = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))
            assert said, folder


@pytest.mark.parametrize("package", FLOORS)
def test_no_modules_import_each_other_in_a_circle(package: str) -> None:
    modules = {name: module for _, name, module in _modules(package)}
    left = {
        name: {
            each for one in _imports(module, package) for each in modules if one.startswith(each)
        }
        for name, module in modules.items()
    }
    # What imports nothing that is left is taken away, again and again: a circle stays.
    while free := {name for name, imported in left.items() if not imported - {name}}:
        left = {name: each - free for name, each in left.items() if name not in free}
    assert not left

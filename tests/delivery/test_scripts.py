"""The browser's files: which may import which, what importing does, and what a page fetches."""

import re
from typing import Final

import pytest

from mkdocs_roi_calculator.delivery.one_script import joined
from mkdocs_roi_calculator.delivery.pyodide_release import RELEASE
from mkdocs_roi_calculator.delivery.scripts import COMMENT, place_of, reached, scripts

SOURCES: Final = {place: text for place, text in scripts().items() if place.endswith(".js")}
# The higher may import the lower, never the reverse.
FLOORS: Final = ("python", "calculator", "handover", "embed", "")
# Those whose import is all that a page does with them.
ENTRIES: Final = {"index.js", "define.js", "python/worker.js", "embed/page.js", "embed/host.v1.js"}
_IMPORTED: Final = re.compile(r'^import (?:.*? from )?"([^"]+)"', re.MULTILINE | re.DOTALL)
_AT_THE_MARGIN: Final = re.compile(r"^[^\s})\]].*", re.MULTILINE)
_DOES_NOTHING: Final = re.compile(
    r'import (\{|\w+ from "\S+\.json")|export |const |class |(async )?function '
)
_NAMED: Final = re.compile(r'"(\.{1,2}/[^"]+\.js)"')


def _imports(place: str) -> set[str]:
    return {place_of(each, place) for each in _IMPORTED.findall(SOURCES[place])}


@pytest.mark.parametrize("place", sorted(SOURCES))
def test_rooms_name_files_of_their_own_and_of_lower_ones_only(place: str) -> None:
    own = FLOORS.index(place.rpartition("/")[0])
    for named in (place_of(each, place) for each in _NAMED.findall(SOURCES[place])):
        assert named in SOURCES
        assert FLOORS.index(named.rpartition("/")[0]) <= own, named


@pytest.mark.parametrize("place", sorted(SOURCES.keys() - ENTRIES))
def test_importing_a_file_does_nothing_until_it_is_called(place: str) -> None:
    statements = _AT_THE_MARGIN.findall(COMMENT.sub("", SOURCES[place]))
    assert statements
    assert [each for each in statements if not _DOES_NOTHING.match(each)] == []


def test_a_page_asks_for_two_files_that_name_no_others() -> None:
    """All that a page needs at once is in them."""
    named = [place_of(each, "index.js") for each in _NAMED.findall(SOURCES["index.js"])]
    assert named == ["define.js", RELEASE]
    made = joined("define.js", SOURCES, apart=[RELEASE])
    assert re.findall(r"^import .* from \"(.*)\";$", made["define.js"], re.MULTILINE) == [
        "./python/release.js"
    ]


def test_what_is_fetched_later_finds_what_was_joined() -> None:
    sources = {
        "start.js": 'import { one } from "./room/one.js";\nimport { far } from "./far.js";\n'
        'one(far, () => import("./room/later.js"));\n',
        "far.js": "export const far = 1;\n",
        "room/one.js": 'import "./two.js";\nexport function one() {}\nexport const other = 1;\n',
        "room/two.js": "// Said.\nexport {};\n",
        "room/later.js": 'import { one } from "./one.js";\n  one();\n',
    }
    made = joined("start.js", sources, apart=["far.js"])
    assert made.keys() == {"start.js", "far.js", "room/one.js", "room/later.js"}
    assert 'import * as $far from "./far.js";' in made["start.js"]
    assert "import(`${$home}room/later.js`)" in made["start.js"]
    assert "export { $room_two, $room_one };" in made["start.js"]
    assert made["room/one.js"] == (
        'import { $room_one } from "../start.js";\nexport const { one, other } = $room_one;\n'
    )
    assert made["room/later.js"] == 'import { one } from "./one.js";\none();\n'


def test_a_page_is_published_with_what_it_can_come_to_need_and_no_more() -> None:
    published = reached("index.js", SOURCES)
    assert published >= {"python/worker.js", "embed/code-dialog.js", "embed/currencies.js"}
    assert not published & {"python/protocol.js", "embed/page.js", "embed/host.v1.js"}

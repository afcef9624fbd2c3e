"""The guide that the blogs embed, and the browsers of their readers."""

from collections.abc import Iterator

import pytest

from support.browsers import NAMES, AnyBrowser, Tab, new_tab, started
from support.embeds import build_guide, served_guide
from support.sites import Served


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The guide, on loopback."""
    with served_guide(build_guide(tmp_path_factory.mktemp("guide"))) as serving:
        yield serving


@pytest.fixture(scope="session", params=NAMES[:2])
def browser(request: pytest.FixtureRequest) -> Iterator[AnyBrowser]:
    """Chromium and Firefox."""
    with started(request.param) as running:
        yield running


@pytest.fixture
def tab(browser: AnyBrowser) -> Iterator[Tab]:
    """A fresh tab of each browser."""
    with new_tab(browser) as opened:
        yield opened

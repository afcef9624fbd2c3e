"""The browsers that tests run in, and a tab of each: one pair of fixtures for all."""

from collections.abc import Callable, Iterator, Sequence

import pytest

from support.browsers import AnyBrowser, Tab, new_tab, started


def browsers(names: Sequence[str]) -> Callable[[pytest.FixtureRequest], Iterator[AnyBrowser]]:
    """Return a fixture that starts each browser of a folder's tests once."""

    @pytest.fixture(scope="session", params=names)
    def browser(request: pytest.FixtureRequest) -> Iterator[AnyBrowser]:
        with started(request.param) as running:
            yield running

    return browser


@pytest.fixture
def tab(browser: AnyBrowser) -> Iterator[Tab]:
    """A fresh tab of each browser."""
    with new_tab(browser) as opened:
        yield opened

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


@pytest.fixture(scope="module")
def _kept_tab(browser: AnyBrowser) -> Iterator[Tab]:
    with new_tab(browser) as opened:
        yield opened


@pytest.fixture
def same_tab(_kept_tab: Tab) -> Tab:
    """One tab for all tests of a file that open an address each and type nothing."""
    # Else an address that differs in what stands behind its # would not be loaded.
    _kept_tab.open("about:blank")
    _kept_tab.errors.clear()
    return _kept_tab

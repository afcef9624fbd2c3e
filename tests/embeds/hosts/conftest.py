"""The guide that the blogs embed, and the browsers of their readers."""

from collections.abc import Iterator

import pytest

from support.browsers import NAMES
from support.embeds import build_guide, served_guide
from support.sites import Served
from support.tabs import browsers, tab

__all__ = ["tab"]  # a fixture: pytest finds it by its name here


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The guide, on loopback."""
    with served_guide(build_guide(tmp_path_factory.mktemp("guide"))) as serving:
        yield serving


browser = browsers(NAMES[:2])

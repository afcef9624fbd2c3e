"""The words of a language: compiled, as a reader is sent them, or else made from its PO.

A reader is sent one archive for each language that is asked for. PO is read where pages are built,
and by the command line; what reads it does not go to readers.
"""

import gettext
import io
from functools import cache
from typing import Final
from zipimport import zipimporter

from roi_calc.language.locales import locale_file

# In the archive: ours, and the words of a site's own calculator by the name of its file.
CATALOG: Final = "roi_calc.mo"
OWN_WORDS: Final = "{stem}.json"
# Where the worker puts it, in its own file system.
SENT: Final = "/words/{language}.zip"


@cache
def catalog(language: str) -> gettext.GNUTranslations:
    """Return the catalog of a language without a region, plural rule included."""
    compiled = sent(language, CATALOG) or compiled_catalog(language)
    return gettext.GNUTranslations(io.BytesIO(compiled))


@cache
def compiled_catalog(
    language: str, left_out: tuple[str, ...] = (), only: tuple[str, ...] = ("",)
) -> bytes:
    """Return a language's PO compiled, as gettext reads it; only where pages are built.

    left_out, only: how the keys begin that are not wanted, and those that are.
    """
    from roi_calc.language.po_catalog import compiled  # noqa: PLC0415 - readers do not have it

    return compiled(locale_file(f"{language}.po"), left_out, only)


def sent(language: str, name: str) -> bytes | None:
    """Return a file of the words that a reader was sent; None where there are none."""
    try:
        return zipimporter(SENT.format(language=language)).get_data(name)
    except (ImportError, OSError):  # no such archive; no such file in it
        return None

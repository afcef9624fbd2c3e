"""The words and number formats of every language: one `<language>.po` each, and CLDR's tables."""

import pkgutil


def locale_file(name: str) -> str:
    """Return the text of a file in this folder; FileNotFoundError where there is none."""
    # get_data(), not a path: the package may lie in a zip archive.
    content = pkgutil.get_data(__name__, name)
    if content is None:
        raise FileNotFoundError(name)
    return content.decode("utf-8")

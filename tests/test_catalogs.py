"""Every language says everything, with the same placeholders."""

import re
from collections import Counter

import pytest

from roi_calc.catalog import CatalogError, read_catalog
from roi_calc.locales import locale_file
from roi_calc.text import UnknownLanguageError, language, languages

OTHERS = [tag for tag in languages() if tag != "en"]


def _entries(tag: str) -> dict[str, list[str]]:
    """Return the texts under each key, read without the code under test."""
    entries: dict[str, list[str]] = {}
    key = ""
    for line in locale_file(f"{tag}.po").splitlines():
        if line.startswith("msgid "):
            key = line.removeprefix("msgid ").strip('"')
            assert key not in entries, f"{tag}: {key} stands twice"
            entries[key] = []
        elif line.startswith("msgstr"):
            entries[key].append(line.partition(" ")[2][1:-1])
    entries.pop("")
    return entries


@pytest.mark.parametrize("tag", OTHERS)
def test_no_language_lacks_a_key(tag: str) -> None:
    assert list(_entries(tag)) == list(_entries("en"))


@pytest.mark.parametrize("tag", OTHERS)
def test_every_text_has_the_placeholders_of_the_english(tag: str) -> None:
    english = _entries("en")
    for key, texts in _entries(tag).items():
        for text in texts:
            assert text, f"{tag}: {key} is empty"
            wanted = Counter(re.findall(r"\{\w+\}", english[key][-1]))
            assert Counter(re.findall(r"\{\w+\}", text)) == wanted, f"{tag}: {key}"


@pytest.mark.parametrize("tag", languages())
def test_plural_messages_have_every_form_of_the_language(tag: str) -> None:
    header = locale_file(f"{tag}.po")
    forms = re.search(r"nplurals=(\d+)", header)
    assert forms
    for key, texts in _entries(tag).items():
        assert len(texts) in {1, int(forms[1])}, f"{tag}: {key}"


def test_the_plural_form_follows_the_number() -> None:
    english = language("en")
    key = "deflection.break_even_requests.condition"
    assert english.counted(key, 1, value="1", per="a month").startswith(
        "at least 1 request a month is"
    )
    assert english.counted(key, 1.5, value="1.5", per="a month").startswith(
        "at least 1.5 requests a month are"
    )


def test_a_missing_key_is_an_error_and_not_shown_to_readers() -> None:
    with pytest.raises(KeyError):
        language("en").words("deflection.nonsense")


@pytest.mark.parametrize("tag", ["fr", "", "es-ZZ", "../en", "en-"])
def test_an_unknown_language_is_refused(tag: str) -> None:
    with pytest.raises(UnknownLanguageError):
        language(tag)


@pytest.mark.parametrize("tag", ["es_MX", "es-mx", "ES-MX"])
def test_a_tag_may_be_written_in_any_case(tag: str) -> None:
    assert language(tag).tag == "es-MX"


def test_a_line_that_is_not_po_is_reported_with_its_number() -> None:
    with pytest.raises(CatalogError, match="line 2"):
        read_catalog('msgid "a"\nmsgstr nonsense\n')

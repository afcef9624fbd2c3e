"""Every language says everything, with the same placeholders."""

import re
from collections import Counter

import markdown
import pytest

from roi_calc.language.language import UnknownLanguageError, language, languages
from roi_calc.language.locales import locale_file
from roi_calc.language.po_catalog import CatalogError, compiled

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
def test_every_language_has_every_key_and_no_other(tag: str) -> None:
    english, entries = _entries("en"), _entries(tag)
    assert [key for key in english if key not in entries] == [], f"{tag} lacks"
    assert [key for key in entries if key not in english] == [], f"{tag} has, and English not"
    assert list(entries) == list(english), f"{tag}: another order"


@pytest.mark.parametrize("tag", OTHERS)
def test_every_text_has_the_placeholders_of_the_english(tag: str) -> None:
    english = _entries("en")
    differing = {
        key: text
        for key, texts in _entries(tag).items()
        for text in texts
        if not text or _placeholders(text) != _placeholders(english[key][-1])
    }
    assert differing == {}


def _placeholders(text: str) -> Counter[str]:
    return Counter(re.findall(r"\{\w+\}", text))


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


@pytest.mark.parametrize(
    ("number", "said"), [(0, "conversa"), (1, "conversa"), (1.5, "conversa"), (2, "conversas")]
)
def test_the_plural_begins_at_two_in_portuguese(number: float, said: str) -> None:
    key = "response-time.break_even_conversations.condition"
    assert language("pt").counted(key, number, value="?", per="por mês").split()[-3] == said


@pytest.mark.parametrize(
    ("tag", "items", "said"),
    [
        ("en", ["A"], "A"),
        ("en", ["A", "B", "C"], "A, B or C"),
        ("id", ["A", "B"], "A atau B"),
        ("id", ["A", "B", "C"], "A, B, atau C"),
    ],
)
def test_alternatives_are_listed_as_the_language_does(
    tag: str, items: list[str], said: str
) -> None:
    assert language(tag).listed(items) == said


def test_a_region_changes_numbers_and_not_words() -> None:
    brazil, portugal = language("pt-BR"), language("pt-PT")
    assert brazil.catalog is portugal.catalog is language("pt").catalog
    assert brazil.numbers.amount(15000, "EUR") == "€\u00a015.000"
    assert portugal.numbers.amount(15000, "EUR") == "15\u00a0000\u00a0€"


@pytest.mark.parametrize(
    ("tag", "typed", "written"),
    [("es-ES", "1234,5", "123.450\u00a0€"), ("es-MX", "1234.5", "EUR\u00a0123,450")],
)
def test_a_page_has_the_numbers_of_its_region(tag: str, typed: str, written: str) -> None:
    values = "currency: EUR\nvalues:\n  cost_per_request: 1234.5"
    html = markdown.markdown(
        f"```roi-calculator\nlanguage: {tag}\n{values}\n```", extensions=["roi_calculator"]
    )
    field = re.search(r'<input[^>]* name="cost_per_request"[^>]*>', html)
    assert field
    assert f'value="{typed}"' in field[0]
    assert f'data-output="gross_saving" data-value="123450">{written}<' in html
    assert f'lang="{tag}" dir="ltr"' in html


@pytest.mark.parametrize(
    ("tag", "currency", "said"),
    [
        ("en", "USD", "Amounts are in US dollars (USD)."),
        ("es-MX", "USD", "Los importes están en dólares estadounidenses (USD)."),
        ("id", "IDR", "Mata uang: Rupiah Indonesia (IDR)."),
        ("pt-BR", "BRL", "Moeda: Reais brasileiros (BRL)."),
    ],
)
def test_the_form_says_the_currency_in_words(tag: str, currency: str, said: str) -> None:
    block = f"```roi-calculator\nlanguage: {tag}\ncurrency: {currency}\n```"
    html = markdown.markdown(block, extensions=["roi_calculator"])
    described = re.search(r'<form[^>]* aria-describedby="([^"]+)"', html)
    assert described
    assert f'id="{described[1]}">{said}</p>' in html


def test_a_currency_without_a_name_is_left_to_its_code() -> None:
    html = markdown.markdown("```roi-calculator\ncurrency: XXX\n```", extensions=["roi_calculator"])
    assert re.search(r'<p class="roi-currency"[^>]*></p>', html)


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
        compiled('msgid "a"\nmsgstr nonsense\n')

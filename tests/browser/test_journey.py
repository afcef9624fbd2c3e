"""A reader's own numbers in the page's text, and on the next page."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browsers import Tab, wait_for_output, wait_for_state, wait_until
from support.sites import Served, run_tool, served, write_site

CONFIG = """
site_name: Test
site_url: https://test.example/
theme: {name: material, font: false, features: [navigation.instant]}
plugins: [roi-calculator: {pyodide: self}]
markdown_extensions: [pymdownx.superfences, tables]
validation: {nav: {omitted_files: ignore}}
"""
LIVE = """# Month

{roi}`month.example`

With {roi}`month.requests | # request | # requests` the net saving is {roi}`month.net_saving`.

| Working |
|---|
| {roi}`month.net_saving.working` |

[Next](next.md)

```roi-calculator
id: month
```

```roi-calculator
values: {requests: 7}
```
"""
SPANISH = """# Mes

Con {roi}`requests | # solicitud | # solicitudes` quedan {roi}`net_saving`.

```roi-calculator
language: es
```
"""
NEXT = """# Next

```roi-calculator
values: {cost_per_request: 8.01}
```

```roi-calculator
calculator: programme
```

```roi-calculator
calculator: retention
```
"""
FIELD = "roi-calculator input[name=requests]"
TEXT = "document.querySelector('article').textContent"
OFFERS = "[...document.querySelectorAll('.roi-earlier')].map((each) => !each.hidden)"


@pytest.fixture(scope="module")
def journey_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of a page with live values, one in Spanish, and one to go on to."""
    folder = tmp_path_factory.mktemp("journey")
    write_site(folder, CONFIG, {"index.md": LIVE, "es.md": SPANISH, "next.md": NEXT})
    built = run_tool("mkdocs", "build", "--strict", cwd=folder)
    assert built.returncode == 0, built.stderr
    return folder / "site"


@pytest.fixture
def site(journey_folder: Path) -> Iterator[Served]:
    """The site on loopback."""
    with served(journey_folder) as serving:
        yield serving


def _type(tab: Tab, url: str, text: str) -> None:
    tab.open(url)
    tab.replace(FIELD, text)


def test_the_text_says_the_readers_own_numbers_and_goes_back(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/")
    example = "With 100 requests the net saving is $1,500."
    assert example in str(tab.evaluate(f"return {TEXT}"))
    assert "The numbers in the text are the example's." in str(
        tab.evaluate("return document.querySelector('roi-origin').innerText")
    )
    tab.replace(FIELD, "1")
    wait_until(tab, f"{TEXT}.includes('With 1 request the net saving is \\u2212$480.')")
    assert tab.evaluate("return document.querySelector('td').innerText") == "$20 − $500 = −$480"
    assert "The numbers in the text are yours now." in str(
        tab.evaluate("return document.querySelector('roi-origin').innerText")
    )
    tab.click(".roi-back")
    wait_until(tab, f"{TEXT}.includes('{example}')")
    assert tab.evaluate(f"return document.querySelector('{FIELD}').value") == "100"
    assert tab.errors == []


def test_what_cannot_be_read_leaves_the_text_as_it_was(tab: Tab, site: Served) -> None:
    _type(tab, f"{site.url}/", "many")
    wait_until(tab, f"document.querySelector('{FIELD}').getAttribute('aria-invalid') === 'true'")
    assert "With 100 requests" in str(tab.evaluate(f"return {TEXT}"))


def test_the_other_calculator_of_the_page_does_not_change_the_text(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/")
    tab.replace("roi-calculator:not([data-block$='-month']) input[name=requests]", "9")
    wait_for_output(tab, "gross_saving", "180", block=1)
    assert "With 100 requests" in str(tab.evaluate(f"return {TEXT}"))


def test_the_text_speaks_the_pages_language(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/es/")
    assert "Con 100 solicitudes quedan US$\xa01500." in str(tab.evaluate(f"return {TEXT}"))
    tab.replace(FIELD, "1")
    wait_until(tab, f"{TEXT}.includes('Con 1 solicitud quedan −US$')")


def test_the_next_page_offers_what_was_entered_and_one_click_forgets_it(
    tab: Tab, site: Served
) -> None:
    _type(tab, f"{site.url}/", "250")
    wait_for_output(tab, "net_saving", "4500")
    tab.click("article a[href*=next]")
    wait_until(tab, "document.querySelector('h1').textContent.startsWith('Next')")
    # The third cannot use anything of it.
    wait_until(tab, f"String({OFFERS}) === 'true,true,false'")
    assert tab.evaluate(f"return document.querySelector('{FIELD}').value") == "100"
    tab.click("roi-calculator .roi-take")
    wait_for_output(tab, "gross_saving", "2002.5")
    assert tab.evaluate("return document.activeElement.textContent") == (
        "Taken over from “What answering on social media is worth”: "
        "Requests resolved on social media: 250."
    )
    assert tab.evaluate(f"return document.querySelector('{FIELD}').value") == "250"
    tab.click("roi-calculator[calculator=programme] .roi-take")
    # 250 at $20, and 250 at $8.01: the latest answer counts.
    wait_until(tab, "document.querySelector('[name=deflection_capacity]').value === '2002.5'")
    tab.click("roi-calculator .roi-forget")
    assert tab.evaluate("return document.activeElement.textContent") == "Forgotten."
    assert tab.evaluate("return sessionStorage.length") == 0
    assert tab.evaluate("return localStorage.length + document.cookie.length") == 0
    tab.open(f"{site.url}/")
    wait_for_state(tab)
    assert tab.evaluate(f"return {OFFERS}") == [False, False]
    assert tab.errors == []


def test_back_at_the_example_nothing_is_kept(tab: Tab, site: Served) -> None:
    _type(tab, f"{site.url}/", "250")
    wait_for_output(tab, "net_saving", "4500")
    tab.click("roi-calculator .roi-more > summary")
    tab.click("roi-calculator .roi-reset")
    wait_for_output(tab, "net_saving", "1500")
    wait_until(tab, "sessionStorage.length === 0")


def test_numbers_entered_in_spanish_are_offered_in_english(tab: Tab, site: Served) -> None:
    _type(tab, f"{site.url}/es/", "1.234,5")
    wait_until(tab, f"{TEXT}.includes('1234,5 solicitudes')")
    tab.open(f"{site.url}/next/")
    tab.click("roi-calculator .roi-take")
    wait_until(tab, f"document.querySelector('{FIELD}').value === '1234.5'")


def test_what_another_script_left_in_storage_does_no_harm(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/")
    good: dict[str, object] = {
        "calculator": "deflection",
        "language": "en",
        "currency": "USD",
        "place": "/#a",
    }
    good |= {"values": {"requests": "9"}, "changed": ["requests"]}
    wrong: dict[str, object] = {"values": None, "language": None, "currency": 7, "changed": "x"}
    entries = [good | {key: value} for key, value in wrong.items()]
    entries += [good | {"values": []}, good | {"values": {"requests": 9}}, good | {"language": "x"}]
    for left in ("{", '"text"', "[1]", json.dumps([None, *entries])):
        tab.evaluate(f"sessionStorage.setItem('roi-calculator', {json.dumps(left)})")
        tab.open(f"{site.url}/next/")
        tab.evaluate("document.querySelector('.roi-take').click()")
        tab.replace(FIELD, "250")
        wait_for_output(tab, "gross_saving", "2002.5")
        wait_until(tab, "!document.querySelector('roi-calculator').matches('[stale], [waiting]')")
        assert tab.errors == []


def test_a_value_that_makes_no_sense_keeps_its_text(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/")
    tab.evaluate(
        "const value = document.querySelector('roi-value');"
        "for (const of of ['unknown', 'example', '']) {"
        " const made = value.cloneNode(true); made.setAttribute('of', of);"
        " made.textContent = 'by hand'; made.className = 'by-hand'; value.before(made); }"
    )
    tab.replace(FIELD, "1")
    wait_for_output(tab, "net_saving", "-480")
    wait_until(tab, f"{TEXT}.includes('1 request the net saving is \\u2212$480.')")
    texts = "[...document.querySelectorAll('.by-hand')].map((each) => each.textContent)"
    assert tab.evaluate(f"return {texts}") == ["by hand"] * 3
    assert tab.errors == []

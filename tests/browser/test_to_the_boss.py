"""A reader's whole way on a page of the guide: an export, A in the form, the page, the workbook."""

import io
from pathlib import Path
from urllib.parse import unquote

import openpyxl
from playwright.sync_api import Browser, FilePayload

from support.sites import Served

# 73 requests that count, and as many that do not.
ROWS = [
    f"{90_000 + number},person{number}@secret.test,service,{'Solved' if number % 2 else 'Open'},"
    f"X DM,2026-10-{1 + number % 28:02} 10:00,0"
    for number in range(146)
]
EXPORT = "\n".join(("Id,Requester,Tags,Status,Via,Solved at,Reopens", *ROWS, ""))
TYPED = {
    "title": "Harborview",
    "period": "October",
    "ask": "Keep one post until June.",
    "source.cost_per_request": "finance",
}


def test_an_export_becomes_a_page_and_a_workbook_and_nothing_of_it_is_sent(
    chromium: Browser, guide: Served
) -> None:
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, timezone_id="UTC")
    context.grant_permissions(["clipboard-read", "clipboard-write"], origin=guide.url)
    page = context.new_page()
    page.goto(f"{guide.url}/month/")
    page.wait_for_function("customElements.get('roi-calculator') !== undefined")
    before = len(guide.requests)
    page.locator(".roi-count").evaluate(
        "(link) => { for (let up = link; up; up = up.parentElement)"
        " if (up.localName === 'details') up.open = true; }"
    )
    page.locator(".roi-count").click()
    counting = page.locator(".roi-counts")
    counting.wait_for(timeout=90_000)
    export = FilePayload(name="harbor.csv", mimeType="text/csv", buffer=EXPORT.encode())
    counting.locator("[name=file]").set_input_files(export)
    counting.locator("[data-part='left.not_reopened'] strong", has_text="73").wait_for(
        timeout=90_000
    )
    counting.locator(".roi-count-use").click()
    assert page.locator("input[name=requests]").input_value() == "73"
    page.locator(".roi-big", has_text="$960").first.wait_for(timeout=90_000)

    page.locator(".roi-take-away").first.click()
    dialog = page.locator(".roi-away")
    dialog.wait_for(timeout=90_000)
    for name, text in TYPED.items():
        dialog.locator(f"[name='{name}']").fill(text)
    preview = dialog.locator(".roi-away-preview")
    preview.filter(has_text="finance").wait_for()
    said = preview.inner_text()
    for each in ("Harborview: October", TYPED["ask"], "$960", "146", "73", "harbor.csv"):
        assert each in said
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    with page.expect_download() as saving:
        dialog.locator(".roi-away-workbook").click()
    saved = Path(saving.value.path()).read_bytes()
    book = openpyxl.load_workbook(io.BytesIO(saved), data_only=True)
    cells = {cell.value for sheet in book for row in sheet for cell in row}
    assert {73, 1460, 960, "Harborview: October"} <= cells
    dialog.locator(".roi-away-link").click()
    dialog.locator(".roi-away-said", has_text="Copied").wait_for()
    link = page.evaluate("navigator.clipboard.readText()")

    other = context.new_page()
    other.goto(link)
    other.locator(".roi-link-whose").wait_for(timeout=90_000)
    assert other.locator("input[name=requests]").input_value() == "73"
    other.locator(".roi-big", has_text="$960").first.wait_for(timeout=90_000)
    context.close()

    asked = guide.requests[before:]
    assert asked
    secrets = ("73", "960", "90001", "secret", "harbor", "Harborview", "finance", "June")
    for request in asked:
        assert request.method == "GET"
        assert not request.body
        path = unquote(request.path)
        # The name of a build holds any digits.
        name = path.rpartition("/")[2] if "/assets/" in path else path
        assert [secret for secret in secrets if secret in name] == [], path

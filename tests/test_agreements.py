"""What files of different languages must agree on, where it cannot stand in one of them."""

import json
import re
from typing import Final

from mkdocs_roi_calculator.delivery.scripts import browser_file

HOST: Final = browser_file("embed/host.v1.js")
CHOICES: Final = json.loads(browser_file("embed/wishes.json"))["choices"]


def test_blogs_can_wish_in_an_attribute_for_what_an_address_can_ask_for() -> None:
    (names,) = re.findall(r"\^data-\(\?:\(([\w|]+)\)", HOST)
    assert set(names.split("|")) == {*CHOICES, "accent", "radius", "language", "currency"}


def test_a_style_has_every_choice_that_is_not_the_usual_one_and_no_other() -> None:
    styled = re.findall(r'\[data-(\w+)="(\w+)"\]', browser_file("embed/page.css"))
    choices = {(name, each) for name, choice in CHOICES.items() for each in choice["values"]}
    usual = {(name, choice["default"]) for name, choice in CHOICES.items()}
    # A light page is what a page is that is not made dark.
    assert set(styled) == choices - usual - {("theme", "light")}


def test_the_dialog_writes_every_choice_into_the_address() -> None:
    (names,) = re.findall(r"for \(const name of \[(.*?)\]\)", browser_file("embed/code-dialog.js"))
    assert set(json.loads(f"[{names}]")) == {*CHOICES, "currency"}

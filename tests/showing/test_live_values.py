"""Live values: an author's prose says what the calculator on the page says."""

import re
from html import unescape

import markdown
import pytest

from mkdocs_roi_calculator.blocks.mistakes import RoiCalculatorError
from roi_calc.browser import evaluate
from roi_calc.calculators import CALCULATORS
from roi_calc.showing.live_values import names

BLOCK = "\n\n```roi-calculator\n{}```\n"
EXTENSIONS = ["attr_list", "tables", "pymdownx.superfences", "pymdownx.inlinehilite"]


def _page(text: str, block: str = "id: month\n", extensions: list[str] | None = None) -> str:
    return markdown.markdown(
        text + BLOCK.format(block), extensions=[*(extensions or EXTENSIONS), "roi_calculator"]
    )


class _WithContents(markdown.Markdown):
    """A page with a table of contents, as every site has it."""

    text: str
    toc: str
    toc_tokens: list[dict[str, str]]
    Meta: dict[str, object]


def _with_contents(text: str) -> _WithContents:
    md = _WithContents(extensions=[*EXTENSIONS, "toc", "roi_calculator"])
    md.text = text + BLOCK.format("id: month\n")
    return md


def _live(text: str, block: str = "id: month\n") -> list[str]:
    """Return the texts of the live values, in order."""
    html = _page(text, block)
    return [unescape(each) for each in re.findall(r"<roi-value[^>]*>([^<]*)</roi-value>", html)]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("month.requests", "100"),
        ("month.cost_per_request", "$20"),
        ("month.gross_saving", "$2,000"),
        ("month.net_saving", "$1,500"),
        ("month.roi", "300%"),
        ("month.period", "month"),
        ("roi", "300%"),
        ("month.net_saving.working", "$2,000 \u2212 $500 = $1,500"),
        ("roi.working", "$1,500 ÷ $500 = 300%"),
        ("month.requests | # request | # requests", "100 requests"),
        ("requests | # request | # requests", "100 requests"),
        (
            "month.sentence",
            "100 requests resolved on social media avoided $2,000 of cost by phone, email or chat. "
            "After the $500 spent, the net saving is $1,500: a return of 300%.",
        ),
        (
            "month.worth",
            "In time, about 10 hours, until a budget falls: it becomes cash when overtime, agency "
            "staff, a charge per contact or a vacant post goes with it. That is about 0.1 of a "
            "full-time post, or $200 for each hour freed.",
        ),
    ],
)
def test_the_worked_month_in_prose(text: str, written: str) -> None:
    assert _live(f"It is {{roi}}`{text}`.") == [written]


def test_what_must_be_true_is_one_sentence() -> None:
    (said,) = _live("{roi}`month.conditions`")
    assert said == (
        "It stops paying if just one of these happens: fewer than 25% of these customers would "
        "otherwise have called or written; a call, email or chat costs less than $5; fewer than "
        "25 requests a month are resolved on social media."
    )


def test_where_it_does_not_pay_one_condition_would_do() -> None:
    block = "id: month\nvalues: {cost_per_request: 8.01, deflection_share: 60 %}\n"
    (said,) = _live("{roi}`month.conditions`", block)
    assert said == (
        "It would pay if just one of these were true: at least 62.5% of these customers would "
        "otherwise have called or written, a call, email or chat costs at least $8.34 or at least "
        "105 requests a month are resolved on social media."
    )


@pytest.mark.parametrize(
    ("block", "written"),
    [
        ("id: month\nvalues: {requests: 1}\n", "1 request"),
        ("id: month\nvalues: {requests: 2}\n", "2 requests"),
        ("id: month\nvalues: {requests: 0}\n", "0 requests"),
        ("id: month\nvalues: {requests: 1.5}\n", "1.5 requests"),
        ("id: month\nlanguage: id\nvalues: {requests: 1}\n", "1 request"),
        ("id: month\nlanguage: id\nvalues: {requests: 2}\n", "2 request"),
    ],
)
def test_a_count_takes_the_form_that_goes_with_it(block: str, written: str) -> None:
    assert _live("{roi}`month.requests | # request | # requests`", block) == [written]


def test_amounts_with_cents_keep_them() -> None:
    block = "id: month\nvalues: {cost_per_request: 8.01, deflection_share: 60 %}\n"
    assert _live("{roi}`gross_saving` {roi}`net_saving`", block) == ["$480.60", "\u2212$19.40"]


def test_a_result_that_is_not_defined_says_so() -> None:
    (said,) = _live("{roi}`month.roi`", "id: month\nvalues: {investment: 0}\n")
    assert "not" in said
    assert not re.search(r"\d", said)


def test_a_live_value_stands_in_tables_lists_and_emphasis() -> None:
    text = "| a | b |\n|---|---|\n| x | {roi}`month.requests | # request | # requests` |\n"
    assert "<td><roi-value" in _page(text)
    assert "<li><roi-value" in _page("* {roi}`month.roi`\n")
    assert "<strong><roi-value" in _page("**{roi}`month.roi`**")


def test_in_a_heading_it_stands_in_the_table_of_contents_too_and_not_in_the_anchor() -> None:
    md = _with_contents("[TOC]\n\n## We keep {roi}`month.net_saving` a month\n\n# {roi}`roi`\n")
    html, (first, second) = md.convert(md.text), md.toc_tokens
    value = r'<roi-value [^>]*of="net_saving"[^>]*>\$1,500</roi-value>'
    assert re.search(rf'<h2 id="we-keep-a-month">We keep {value} a month</h2>', html)
    assert html.count('<a href="#we-keep-a-month">We keep $1,500 a month</a>') == 1
    assert (first["id"], first["name"]) == ("we-keep-a-month", "We keep $1,500 a month")
    assert re.fullmatch(rf"We keep {value} a month", first["html"])
    assert (second["id"], second["name"]) == ("_1", "300%")
    assert "$1,500" in md.toc
    assert "\u0002" not in html + md.toc


def test_headings_that_differ_by_their_values_alone_have_anchors_of_their_own() -> None:
    md = _with_contents("## Keep {roi}`roi`\n\n## Keep {roi}`requests`\n\n## Keep { #own }\n")
    md.convert(md.text)
    assert [each["id"] for each in md.toc_tokens] == ["keep", "keep_1", "own"]


def test_a_mistake_in_a_heading_is_found_as_in_a_paragraph() -> None:
    md = _with_contents("## Keep {roi}`month.net_savings`\n")
    with pytest.raises(RoiCalculatorError, match="did you mean 'net_saving'"):
        md.convert(md.text)


def test_where_no_element_can_stand_it_is_text() -> None:
    html = _page('![Keep {roi}`month.net_saving`](a.png "{roi}`roi`")\n')
    assert '<img alt="Keep $1,500" src="a.png" title="300%" />' in html
    with pytest.raises(RoiCalculatorError, match="'example' is a line with a link"):
        _page("![{roi}`month.example`](a.png)\n")


def test_it_stands_in_the_page_s_title_and_description() -> None:
    md = _with_contents("Text\n")
    # As extensions do that read nested front matter.
    md.Meta = {"title": "Keep {roi}`month.net_saving`", "description": "{roi}`roi`", "tags": ["a"]}
    md.convert(md.text)
    assert md.Meta == {"title": "Keep $1,500", "description": "300%", "tags": ["a"]}


@pytest.mark.parametrize(
    "text", ["`` {roi}`month.roi` ``", "    {roi}`month.roi`", "```\n{roi}`month.roi`\n```"]
)
def test_in_code_it_stays_what_it_is(text: str) -> None:
    html = _page(f"Text\n\n{text}\n")
    assert "{roi}`month.roi`" in html
    assert "<roi-value" not in html


def test_in_a_comment_nothing_is_written() -> None:
    assert "<roi-value" not in _page("Text <!-- {roi}`month.roi` -->\n")


@pytest.mark.parametrize("extensions", [["pymdownx.superfences"], ["fenced_code"], ["attr_list"]])
def test_it_works_whatever_else_is_loaded(extensions: list[str]) -> None:
    assert ">300%</roi-value>" in _page("{roi}`roi`", extensions=extensions)


def test_several_blocks_are_told_apart_by_their_ids() -> None:
    text = "{roi}`one.requests` {roi}`two.requests`\n" + BLOCK.format("id: one\n")
    assert _live(text, "id: two\nvalues: {requests: 7}\n") == ["100", "7"]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("month.net_savings", "unknown name 'net_savings'; .* did you mean 'net_saving'"),
        ("month.requests.working", "behind the name of a result only '.working' can stand"),
        ("month.roi.nonsense", "only '.working' can stand"),
        ("month.period | # | #", "is not a number"),
        ("month.requests | |", "an empty form"),
    ],
)
def test_a_mistake_names_the_value_and_what_was_expected(text: str, message: str) -> None:
    with pytest.raises(RoiCalculatorError, match=message):
        _page(f"{{roi}}`{text}`")


def test_without_a_calculator_on_the_page_it_is_a_mistake() -> None:
    with pytest.raises(RoiCalculatorError, match="no calculator on this page"):
        markdown.markdown("{roi}`month.roi`", extensions=["roi_calculator"])


def test_with_several_calculators_the_block_must_be_named() -> None:
    with pytest.raises(RoiCalculatorError, match="2 calculators on this page"):
        _page("{roi}`roi`" + BLOCK.format(""))


@pytest.mark.parametrize("name", ["Month", "1st", "a b", "x" * 65, "a_b"])
def test_an_id_that_is_no_name_is_refused(name: str) -> None:
    with pytest.raises(RoiCalculatorError, match="id: "):
        _page("", f"id: {name}\n")


def test_an_id_stands_once_on_a_page() -> None:
    with pytest.raises(RoiCalculatorError, match="'month' names an earlier block"):
        _page(BLOCK.format("id: month\n"))


@pytest.mark.parametrize("calculator", CALCULATORS)
@pytest.mark.parametrize("language", ["en", "es", "id"])
def test_every_name_is_written_alike_at_build_and_in_the_browser(
    calculator: str, language: str
) -> None:
    asked = [name for name in names(CALCULATORS[calculator]) if name != "example"]
    asked += [f"{name}.working" for name in CALCULATORS[calculator].results]
    block = f"id: month\ncalculator: {calculator}\nlanguage: {language}\n"
    built = _live("\n".join(f"* {{roi}}`month.{name}`" for name in asked), block)
    reply = evaluate(
        {
            "id": 1,
            "calculator": calculator,
            "language": language,
            "currency": "USD",
            "view": "full",
            "comparison": "",
            "values": {},
            "live": asked,
        }
    )
    assert reply["ok"]
    assert reply["live"] == built  # type: ignore[typeddict-item] # ok tells which of the two it is
    assert all(built)


@pytest.mark.parametrize("nonsense", ["unknown", "", "example", "requests.working", "requests | "])
def test_a_value_by_hand_that_makes_no_sense_leaves_the_reply_whole(nonsense: str) -> None:
    asked = {
        "calculator": "deflection",
        "language": "en",
        "currency": "USD",
        "view": "full",
        "comparison": "",
    }
    reply = evaluate({"id": 1, "values": {}, "live": [nonsense, "net_saving"], **asked})  # type: ignore[typeddict-item] # asked is plain
    assert reply["ok"]
    assert reply["live"] == [None, "$1,500"]  # type: ignore[typeddict-item] # ok tells which it is

"""Published figures: those that the command line reproduces, and those to compare with."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Final
from urllib.parse import urlsplit

import markdown
import pytest

from roi_calc.answering.published_figures import Benchmark, Price, Standing, benchmarks, prices
from roi_calc.calculators import CALCULATORS
from roi_calc.language.language import language, languages
from roi_calc.schema import Kind
from support.guide import LANGUAGES, source
from support.sites import ROOT, run_tool


@dataclass(frozen=True)
class Figure:
    """A figure as published, who says so, the command that gives it, and where in its JSON.

    published: the number to the decimals it was published with; shares are fractions.
    """

    said: str
    source: str
    command: str
    output: str
    published: str

    def __str__(self) -> str:
        """Return what the figure is called in a report."""
        return f"{self.said}, {self.source}"


HOOTSUITE = "Hootsuite, '3 Steps to Proving the ROI of Social Customer Service'"
MONTH = "deflection --requests 100 --cost-per-request 20 --investment 500"
GARTNER = "the same month at Gartner's $8.01 (2019)"
LIVE = "deflection --requests 100 --cost-per-request 8.01 --investment 500"
SIX_IN_TEN = f"{LIVE} --deflection-share 0.6"
PETOUHOFF = "Petouhoff & Herrmann 2011"
FORUM = "deflection --requests 6500 --cost-per-request 25 --investment 0 --deflection-share"
MIX = (
    "deflection --phone-share 0.5 --phone-cost 20 --email-share 0.3 --email-cost 8"
    " --chat-share 0.2 --chat-cost 5"
)
EASY = (
    "handling-time --minutes-before 6 --minutes-after 6.75 --easy-share 0.2 --easy-minutes 3"
    " --investment 0"
)
CALLS = (
    "response-time --conversations 1000000 --chaser-before 0.3 --chaser-after 0.2"
    " --chasers-each 1.5 --cost-per-chaser 8 --investment 0"
)
RATE = "loaded-rate --wage 20.59 --benefits-share 0.295 --utilisation 0.8"
YEAR = "programme --deflection-saving 2000 --monthly-cost 500 --one-off-cost 6000 --months 12"
LEADS = (
    "deflection --requests 1000 --deflection-share 0.1 --repeat-share 0.5"
    " --cost-per-request 1500 --investment 1700"
)

FIGURES = [
    Figure("$2,000 a month", HOOTSUITE, MONTH, "gross_saving", "2000"),
    Figure("$1,500 net", HOOTSUITE, MONTH, "net_saving", "1500"),
    Figure("ROI 300 %", HOOTSUITE, MONTH, "roi", "3"),
    Figure("BCR 4.0", HOOTSUITE, MONTH, "benefit_cost_ratio", "4.0"),
    Figure("break-even at 25 requests", HOOTSUITE, MONTH, "break_even_requests", "25"),
    Figure("break-even at $5 a call", HOOTSUITE, MONTH, "break_even_cost_per_request", "5"),
    Figure("$5 a social resolution", HOOTSUITE, MONTH, "cost_per_resolution", "5"),
    Figure("break-even if 25 % would have called", HOOTSUITE, MONTH, "break_even_share", "0.25"),
    Figure("$301 net", GARTNER, LIVE, "net_saving", "301"),
    Figure("ROI 60 %", GARTNER, LIVE, "roi", "0.60"),
    Figure("-$19.40 if six in ten would have called", GARTNER, SIX_IN_TEN, "net_saving", "-19.40"),
    Figure("455 deflected", PETOUHOFF, f"{FORUM} 0.07", "avoided_requests", "455"),
    Figure("$11,375 a month", PETOUHOFF, f"{FORUM} 0.07", "gross_saving", "11375"),
    Figure("$136,500 a year", PETOUHOFF, f"{FORUM} 0.07", "net_saving_per_year", "136500"),
    Figure("1,300 are 20 % of 6,500", PETOUHOFF, f"{FORUM} 0.2", "avoided_requests", "1300"),
    Figure("1,755 deflected in all", PETOUHOFF, f"{FORUM} 0.27", "avoided_requests", "1755"),
    Figure(
        "$13.40 a request", "50 % at $20, 30 % at $8, 20 % at $5", MIX, "cost_per_request", "13.40"
    ),
    Figure(
        "6.75 minutes for the rest", "turnella, ccplanning", EASY, "minutes_of_the_rest", "6.75"
    ),
    Figure("10 % less work, not 20 %", "turnella, ccplanning", EASY, "workload_change", "-0.10"),
    Figure("$1.2M", "CustomerThink", CALLS, "net_saving", "1200000"),
    Figure("$36.51 an hour", "BLS, MetricNet", RATE, "loaded_rate", "36.51"),
    Figure(
        "$1.52 a contact of 5 minutes, two at once",
        "BLS, MetricNet",
        f"{RATE} --minutes 5 --concurrency 2",
        "cost_per_contact",
        "1.52",
    ),
    Figure(
        "pay is 1.42 times the wage",
        "BLS, June 2025",
        "loaded-rate --wage 1 --benefits-share 0.298 --utilisation 1",
        "loaded_rate",
        "1.42",
    ),
    Figure("NPV 11,100.73", "at Forrester's 10 %", YEAR, "net_present_value", "11100.73"),
    Figure(
        "66 % at a 30 % chance are about 20 %",
        "Forrester's TEI of Intellum",
        "programme --deflection-saving 66 --risk-haircut 0.7 --months 1",
        "counted_benefit",
        "20",
    ),
    Figure("$75,000", "Hootsuite's Social ROI calculator", LEADS, "gross_saving", "75000"),
    Figure("(75,000 - 1,700) / 1,700", "Hootsuite's Social ROI calculator", LEADS, "roi", "43.12"),
]


@pytest.mark.parametrize("figure", FIGURES, ids=str)
def test_the_command_line_gives_the_published_figure(figure: Figure) -> None:
    _, _, decimals = figure.published.partition(".")
    assert f"{_outputs(figure.command)[figure.output]:.{len(decimals)}f}" == figure.published


@cache
def _outputs(command: str) -> dict[str, float]:
    done = run_tool("roi-calc", *command.split(), "--format", "json", cwd=ROOT / "tests")
    assert done.returncode == 0, done.stderr
    outputs: dict[str, float] = json.loads(done.stdout)["outputs"]
    return outputs


def test_the_figures_that_were_worked_out_from_others_are_right() -> None:
    figure = {each.id: each.likely for each in benchmarks()}
    # ContactBabel's guide of 2024: a call costs 57 % more than an email and 83 % more than a chat.
    assert round(figure["uk_call"] / 1.57, 2) == figure["uk_email"]
    assert round(figure["uk_call"] / 1.83, 2) == figure["uk_chat"]
    # Its guide of 2023: 70 % more than an email and 96 % more than a chat.
    assert round(figure["uk_2023_call"] / 1.70, 2) == figure["uk_2023_email"]
    assert round(figure["uk_2023_call"] / 1.96, 2) == figure["uk_2023_chat"]
    # Gartner: what each of two more channels adds to a resolution.
    assert round((figure["three_channels"] - figure["one_channel"]) / 2, 2) == 8.47
    # BLS: the median pay of a year, by 52 weeks of 40 hours.
    assert round(42830 / 2080, 2) == figure["us_wage"]
    # INE, third quarter of 2024, in euros a month: what an employee costs, and the wage in it.
    assert round((3020.71 - 2205.43) / 3020.71, 3) == figure["es_benefits"]


# What the guide's page says a grade means, on figures made up for it.
RULE: Final = [
    ("official, recent, at the office itself", {"standing": Standing.OFFICIAL}, "strong"),
    ("official, read elsewhere", {"standing": Standing.OFFICIAL, "carrier": "A site"}, "fair"),
    ("official, but old", {"standing": Standing.OFFICIAL, "year": 2017}, "fair"),
    ("official, undated", {"standing": Standing.OFFICIAL, "year": None}, "fair"),
    ("a study that says how many it asked", {"sample": 192}, "good"),
    ("a study that says how it was made", {"has_method": True}, "good"),
    ("a study, read elsewhere", {"sample": 192, "carrier": "A magazine"}, "good"),
    ("a study that says neither", {}, "fair"),
    ("a study, but old", {"sample": 192, "year": 2017}, "fair"),
    ("a study eight years old", {"sample": 192, "year": 2018}, "good"),
    ("a study, undated", {"sample": 192, "year": None}, "fair"),
    ("the trade press", {"standing": Standing.PRESS, "sample": 192}, "fair"),
    ("a seller, however many it asked", {"standing": Standing.SELLER, "sample": 1230}, "weak"),
]
MADE_UP: Final = Benchmark(
    id="made_up",
    inputs=(),
    kind=Kind.SHARE,
    low=0.3,
    high=0.3,
    standing=Standing.STUDY,
    source="Somebody",
    link="https://example.com/",
    year=2025,
)


@pytest.mark.parametrize(("_", "facts", "grade"), RULE, ids=[said for said, *_ in RULE])
def test_the_grade_follows_from_the_facts(_: str, facts: Mapping[str, Any], grade: str) -> None:
    assert replace(MADE_UP, **facts).grade == grade


def test_no_figure_has_a_better_grade_than_its_facts_allow() -> None:
    graded = {
        grade: [each.id for each in benchmarks() if each.grade == grade]
        for grade in ("strong", "good", "fair", "weak")
    }
    assert graded == {
        "strong": ["us_benefits", "us_public_benefits", "es_benefits", "green_book_discount"],
        "good": ["uk_call", "uk_email", "uk_chat", "us_call_minutes", "tei_discount"],
        "fair": [
            # 2019, and the carrier says nothing of how many were asked
            "live_contact",
            # about 2017
            "us_call",
            "us_email",
            "us_chat",
            # no sample where they can be read
            "uk_cx_call",
            "uk_2023_call",
            "uk_2023_email",
            "uk_2023_chat",
            # a webinar, undated
            "one_channel",
            "three_channels",
            # official, but in a copy
            "us_wage",
            # the trade press
            "occupancy",
            "shrinkage_seen",
            "repeat_calls",
            # official, but of 1992 and in a copy
            "omb_discount",
        ],
        "weak": [
            "social_contact",
            "chat_minutes",
            "utilisation",
            "desk_utilisation",
            "shrinkage",
            "productive_hour",
        ],
    }


HELD: Final = [
    ("as it is", {}, "USD", True),
    ("fair", {"sample": None}, "USD", True),
    ("eight years old", {"year": 2018}, "USD", True),
    ("nine years old", {"year": 2017}, "USD", False),
    ("undated", {"year": None}, "USD", False),
    ("weak", {"standing": Standing.SELLER}, "USD", False),
    ("a range", {"high": 0.4}, "USD", False),
    ("no more than a bound", {"bound": ">"}, "USD", False),
    ("of the reader's place", {"place": "US", "currency": "USD"}, "USD", True),
    ("of another place", {"place": "US", "currency": "USD"}, "IDR", False),
]


@pytest.mark.parametrize(
    ("_", "facts", "currency", "is_held"), HELD, ids=[each[0] for each in HELD]
)
def test_what_is_held_against_the_reader(
    _: str,
    facts: Mapping[str, Any],
    currency: str,
    is_held: bool,  # noqa: FBT001 - what is expected
) -> None:
    figure = replace(MADE_UP, **{"sample": 192, **facts})
    assert figure.can_be_held_against(currency) == is_held


def test_a_reader_is_told_what_comes_out_at_a_near_and_recent_figure_and_at_no_other() -> None:
    spoken = {
        f"{calculator} {currency}": [
            line
            for line in run_tool(
                "roi-calc", calculator, "--currency", currency, cwd=ROOT
            ).stdout.splitlines()
            if line.startswith("With the published")
        ]
        for calculator in ("deflection", "loaded-rate")
        for currency in ("USD", "IDR")
    }
    assert {name: len(lines) for name, lines in spoken.items()} == {
        "deflection USD": 1,
        "deflection IDR": 0,
        "loaded-rate USD": 2,
        "loaded-rate IDR": 0,
    }
    assert "2019, place not stated, fair source" in spoken["deflection USD"][0]
    assert "2025, United States, strong source" in spoken["loaded-rate USD"][1]


@pytest.mark.parametrize("published", [*benchmarks(), *prices()], ids=lambda each: each.id)
def test_every_figure_and_price_can_be_looked_up(published: Benchmark | Price) -> None:
    address = urlsplit(published.link)
    assert address.scheme == "https"
    assert "." in address.netloc
    assert address.path.strip("/") or address.query, "the page with the figure, not a site's first"
    assert published.source


@pytest.mark.parametrize("published", benchmarks(), ids=lambda each: each.id)
def test_every_figure_is_of_an_input_that_there_is(published: Benchmark) -> None:
    for place in published.inputs:
        calculator, _, name = place.partition(".")
        assert CALCULATORS[calculator].quantities[name].kind is published.kind


@pytest.mark.parametrize("tag", languages())
def test_the_table_has_a_link_a_year_a_place_and_a_grade_for_every_figure(tag: str) -> None:
    html = _shown("all-benchmarks", tag)
    rows = [re.findall(r"<td>(.*?)</td>", row) for row in html.split("<tr>")[2:]]
    words = language(tag).words
    assert len(rows) == len(benchmarks())
    for published, row in zip(benchmarks(), rows, strict=True):
        _, _, place, year, source, grade = row
        assert place == words(
            f"place.{published.place}" if published.place else "benchmarks.unplaced"
        )
        assert (str(published.year) if published.year else words("benchmarks.undated")) in year
        link = f'<a href="{published.link}" rel="noopener noreferrer">{published.source}'
        assert link in source.replace("&amp;", "&")
        assert grade == words(f"grade.{published.grade}")


def test_the_table_says_what_is_historic_about_and_how_large_the_sample_is() -> None:
    html = _shown("all-benchmarks", "en")
    assert "<td>1992, historic</td>" in html
    assert "<td>about 2017, historic</td>" in html
    assert "<td>2019</td>" in html
    assert "Contact Center Pipeline</a>; sample: 192</span>" in html
    assert "Call Centre Helper</a>; sample: &gt; 200</span>" in html
    assert "<td>13.3% – 39.4%, 27% on average</td>" in html  # noqa: RUF001 - a range has an en dash


@pytest.mark.parametrize("tag", LANGUAGES)
def test_every_figure_on_what_customers_do_has_a_link(tag: str) -> None:
    _, _, after = source(tag, "benchmarks/background.md").partition("{ #customers }")
    rows = re.findall(r"^\| (.*?) \| (.*?) \| .*? \|$", after.partition("\n## ")[0], re.MULTILINE)
    assert len(rows) == 10  # a head and nine figures
    assert [figure for figure, where in rows[1:] if "](https://" not in where] == []


@pytest.mark.parametrize("tag", languages())
def test_the_figures_beside_a_field_link_to_where_they_stand(tag: str) -> None:
    html = markdown.markdown(
        f"```roi-calculator\nlanguage: {tag}\n```", extensions=["roi_calculator"]
    )
    advice = html.partition('class="roi-advice" data-field="cost_per_request"')[2]
    beside = advice.partition("roi-range")[0]
    link, said = re.search(
        r'<small class="roi-source"><a (.*?)>(.*?)</a>', beside, re.DOTALL
    ).groups()  # type: ignore[union-attr] # its absence fails here
    assert 'target="_blank" rel="noopener noreferrer"' in link
    assert 'href="https://www.destinationcrm.com/' in link
    assert said.startswith("Gartner, ")
    assert f'<span class="roi-hidden"> ({language(tag).words("related.new_tab")})</span>' in said


@pytest.mark.parametrize("tag", languages())
def test_prices_are_a_table_of_their_own_and_no_figure_to_compare_with(tag: str) -> None:
    html = _shown("prices", tag)
    amount = language(tag).figure(0.99, Kind.MONEY, "USD")
    assert html.count(f"<td>{amount}</td>") == 2
    assert html.count(f"<td>{language(tag).words('prices.by_contract')}</td>") == 2
    assert html.count('rel="noopener noreferrer"') == len(prices())
    assert not {each.id for each in prices()} & {each.id for each in benchmarks()}
    assert "Intercom" not in _shown("all-benchmarks", tag)


def _shown(what: str, tag: str) -> str:
    block = f"```roi-calculator\nlanguage: {tag}\nshow: {what}\n```"
    return markdown.markdown(block, extensions=["roi_calculator"])

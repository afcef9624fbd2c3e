"""Published worked figures, each reproduced by the command line."""

import json
from dataclasses import dataclass
from functools import cache

import pytest

from roi_calc.benchmarks import benchmarks
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
        "BLS, December 2024",
        "loaded-rate --wage 1 --benefits-share 0.295 --utilisation 1",
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
    figure = {each.id: each.middle for each in benchmarks()}
    # ContactBabel 2024: a call costs 57 % more than an email and 83 % more than a chat.
    assert round(figure["uk_call"] / 1.57, 2) == figure["uk_email"]
    assert round(figure["uk_call"] / 1.83, 2) == figure["uk_chat"]
    # Gartner: what each of two more channels adds to a resolution.
    assert round((figure["three_channels"] - figure["one_channel"]) / 2, 2) == 8.47

"""What ranges cost a reader: an answer with 10,000 draws beside the same answer without.

Asked of the page's own worker, in turn, in Chromium and Firefox; medians of one run are printed,
with their ratio. The time is from the question to the reply, as the page's thread sees it.
"""

import statistics
import tempfile
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from roi_calc.answering.uncertainty import DRAWS
from support.browsers import PlaywrightTab, started, wait_for_state
from support.sites import built_site, served

ROUNDS: Final = 15
CONFIG: Final = "site_name: Bench\nplugins: [{roi-calculator: {pyodide: self}}]\n"
BLOCK: Final = "# Page\n\n```roi-calculator\n```\n"
PLAIN: Final = {"requests": "100", "cost_per_request": "8.01", "deflection_share": "60"}
RANGED: Final = {
    "requests": "80..100..130",
    "cost_per_request": "5..8.01..20",
    "deflection_share": "30..60..100",
}
ASK: Final = """async ([values, address]) => {
  const { runtime } = (await import(address)).$python_runtime;
  const question = {
    calculator: "deflection", language: "en", currency: "USD", view: "full", comparison: "",
  };
  const start = performance.now();
  const reply = await runtime.evaluate({ ...question, values });
  if (!reply.ok) throw new Error(JSON.stringify(reply));
  return performance.now() - start;
}"""


def _bench(name: str, url: str) -> None:
    with started(name, is_timed=True) as browser:
        if not isinstance(browser, Browser):
            raise TypeError(name)
        page = browser.new_page()
        tab = PlaywrightTab(page)
        tab.open(url)
        wait_for_state(tab)
        script = page.evaluate("document.querySelector('script[src*=roi-calculator]').src")
        module = str(script).replace("index.js", "define.js")
        taken: dict[str, list[float]] = {"without ranges": [], "with ranges": []}
        for _ in range(ROUNDS):
            for what, values in zip(taken, (PLAIN, RANGED), strict=True):
                taken[what].append(float(page.evaluate(ASK, [values, module])))
    medians = {what: statistics.median(each) for what, each in taken.items()}
    for what, each in taken.items():
        spread = f"{min(each):.0f}-{max(each):.0f}"
        print(f"{name}: {what}: median {medians[what]:.0f} ms ({spread}, {ROUNDS} rounds)")
    plain, ranged = medians.values()
    print(f"{name}: {DRAWS} draws: {ranged - plain:.0f} ms; ratio {ranged / plain:.1f}")


def main() -> None:
    """Build one page and ask it in both browsers."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = built_site(Path(scratch), CONFIG, {"index.md": BLOCK})
        with served(folder) as site:
            for name in ("chromium", "firefox"):
                _bench(name, site.url)


if __name__ == "__main__":
    main()

"""How long a page takes to count a file of 50,000 rows with every rule, in three browsers.

From the change of a setting to the trail on the page, as its reader sees it; the file is read anew
each time. Medians of one run are printed, with the longest that the page's thread was held up.
"""

import json
import random
import statistics
import tempfile
from pathlib import Path
from typing import Final

from support.browsers import NAMES, Tab, new_tab, started, wait_until
from support.sites import built_site, served

ROWS: Final = 50_000
CALLS: Final = 3_000
ROUNDS: Final = 5
CONFIG: Final = "site_name: Bench\nplugins: [{roi-calculator: {pyodide: self, view: full}}]\n"
BLOCK: Final = "# Page\n\n```roi-calculator\n```\n"
DIALOG: Final = ".roi-counts"
# Chooses a file that the server has, as if it lay on the reader's device.
CHOOSE: Final = """
fetch("/%(file)s").then((response) => response.blob()).then((content) => {
  const chosen = new DataTransfer();
  chosen.items.add(new File([content], "%(file)s"));
  const field = document.querySelector(".roi-counts [name=%(name)s]");
  field.files = chosen.files;
  field.dispatchEvent(new Event("change", { bubbles: true }));
});
"""
TICK: Final = """
document.querySelector('.roi-counts [name="%s"][value="%s"]').click();
"""
# Types a number of days, and notes when the trail says so.
TYPE: Final = """
const days = document.querySelector(".roi-counts [name=reopen_days]");
const said = document.querySelector(".roi-counts [data-part='left.not_reopened']");
window.took = undefined;
window.heldUp = 0;
const start = performance.now();
let before = start;
const look = () => {
  const now = performance.now();
  window.heldUp = Math.max(window.heldUp, now - before);
  before = now;
  if (said.textContent.includes(`within %(days)s days`)) window.took = now - start;
  else setTimeout(look);
};
days.value = "%(days)s";
days.dispatchEvent(new Event("input", { bubbles: true }));
look();
"""
IS_COUNTED: Final = f"document.querySelector('{DIALOG} .roi-count-stop').hidden"


def _write_files(folder: Path) -> None:
    rng = random.Random(1)  # noqa: S311 - made-up rows
    rows = "".join(
        f"{number},c{rng.randrange(20_000)}@x.test,Subject of {number},"
        f"{rng.choice(('service', 'service billing', 'sales', ''))},"
        f"{rng.choice(('Solved', 'Closed', 'Open'))},"
        f"{rng.choice(('X DM', 'Facebook Message', 'Mail'))},"
        f"2026-{rng.choice(('09', '10'))}-{rng.randint(1, 30):02} 10:00:00,"
        f"{rng.randrange(2)},{rng.randrange(3)}\n"
        for number in range(ROWS)
    )
    header = "Id,Requester email,Subject,Tags,Status,Via,Solved at,Reopens,Replies\n"
    (folder / "export.csv").write_text(header + rows, "utf-8")
    calls = "".join(
        f"c{rng.randrange(20_000)}@x.test,2026-10-{rng.randint(1, 30):02} 12:00\n"
        for _ in range(CALLS)
    )
    (folder / "calls.csv").write_text(f"customer,time\n{calls}", "utf-8")


def _bench(name: str, tab: Tab, url: str) -> None:
    tab.open(url)
    wait_until(tab, "customElements.get('roi-calculator') !== undefined")
    tab.evaluate("document.querySelector('.roi-count').click();")
    wait_until(tab, f"document.querySelector('{DIALOG}') !== null")
    tab.evaluate(CHOOSE % {"file": "export.csv", "name": "file"})
    wait_until(tab, f"!document.querySelector('{DIALOG} .roi-count-use').hidden")
    for field, value in (("channel", "X DM"), ("tags", "service")):
        tab.evaluate(TICK % (field, value))
    tab.evaluate(CHOOSE % {"file": "calls.csv", "name": "calls"})
    wait_until(tab, f"document.querySelector('{DIALOG} [data-part=repeat] span') && {IS_COUNTED}")
    taken, held_up = [], []
    for days in range(1, ROUNDS + 1):
        tab.evaluate(TYPE % {"days": days})
        wait_until(tab, f"window.took !== undefined && {IS_COUNTED}")
        measured = json.loads(str(tab.evaluate("return JSON.stringify([took, heldUp])")))
        taken.append(measured[0])
        held_up.append(measured[1])
    spread = f"{min(taken):.0f}-{max(taken):.0f}"
    median = statistics.median(taken)
    print(f"{name}: {ROWS} rows, {CALLS} calls: median {median:.0f} ms ({spread}, {ROUNDS} rounds)")
    print(f"{name}: the page was held up for at most {max(held_up):.0f} ms")


def main() -> None:
    """Build one page, put the files beside it, and count in each browser."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = built_site(Path(scratch), CONFIG, {"index.md": BLOCK})
        _write_files(folder)
        with served(folder) as site:
            for name in NAMES:
                with started(name, is_timed=True) as browser, new_tab(browser) as tab:
                    _bench(name, tab, site.url)


if __name__ == "__main__":
    main()

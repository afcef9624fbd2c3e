"""A calculator that its author wrote as a table into the page, in a reader's hands."""

from support.browsers import Tab, output, wait_for_output, wait_for_state, wait_until
from support.sites import Served


def test_a_table_answers_as_any_calculator_does(tab: Tab, site: Served) -> None:
    tab.open(f"{site.url}/table/")
    assert output(tab, "net_value") == "450"
    wait_for_state(tab)
    tab.replace("roi-calculator input[name=margin]", "240")
    wait_for_output(tab, "net_value", "1050")
    wait_until(tab, "document.querySelector('roi-value').textContent === '$1,200'")
    tab.replace("roi-calculator input[name=churn]", "0.5")
    wait_until(tab, "document.querySelector('[data-field=churn] .roi-error').textContent")
    assert output(tab, "net_value") == "1050"
    tab.replace("roi-calculator input[name=churn]", "10..20..40")
    wait_until(tab, "document.querySelector('.roi-answer').textContent.includes('At its lowest')")
    assert tab.errors == []

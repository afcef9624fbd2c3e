"""From Markdown to a page with calculators in it."""

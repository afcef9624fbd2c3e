"""`roi-calculator` blocks for MkDocs, ProperDocs, Zensical and plain Python-Markdown."""

"""An answer becomes HTML and SVG: no sentence is made here."""

"""Quick answers: what a page says of typed numbers before Python is there, as data for it."""

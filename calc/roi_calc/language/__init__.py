"""One language: its words, its plurals, and how it writes and reads numbers."""

"""The files that a reader is sent, each at an address that says what is in it."""

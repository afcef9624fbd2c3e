"""Texts that somebody typed become inputs, or what is wrong with them."""

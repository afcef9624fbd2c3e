"""Inputs become figures and sentences: no HTML."""

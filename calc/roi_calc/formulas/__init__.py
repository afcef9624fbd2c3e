"""A formula's text and what follows from it: its tree, its value, its shorter form, its inverse.

Nothing here knows a calculator, a word or a language.
"""

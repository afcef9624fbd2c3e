"""Calculators for the return of social customer service: standard library only.

Everything here runs three times from one source: at build, on the command line, and in the
reader's browser through Pyodide.
"""

__version__ = "0.2.0"

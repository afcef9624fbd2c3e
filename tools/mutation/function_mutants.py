"""Mutants of functions: one thing of one function changed, as mutmut changes it.

Of every function and method, properties and cached ones among them. What stands in an annotation, a
default, a decorator or a docstring stays, and so do the calls of `len` and `isinstance`.
"""

import ast
import difflib
import functools
import inspect
import re
import textwrap
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from types import CodeType, FunctionType
from typing import Final, NamedTuple

import libcst as cst
from mutmut.mutation.mutators import mutation_operators

_KEPT_CALLS: Final = frozenset({"len", "isinstance"})


class FunctionMutant(NamedTuple):
    """A changed function. module: as it is imported; function: its qualified name."""

    module: str
    function: str
    was: str
    text: str

    @property
    def name(self) -> str:
        """Where it is: `reading.inputs.read_number`."""
        return f"{self.module.removeprefix('roi_calc.')}.{self.function}"

    @property
    def change(self) -> str:
        """The lines that it takes away and puts in their place, as in survivors.md."""
        lines = difflib.unified_diff(self.was.splitlines(), self.text.splitlines(), n=0)
        return "\n".join(
            f"    {line[0]} {line[1:].strip()}" for line in lines if re.match(r"[-+](?![-+])", line)
        )

    @property
    def code(self) -> CodeType:
        """What the function runs instead."""
        (function,) = ast.parse(textwrap.dedent(self.text)).body
        if not isinstance(function, ast.FunctionDef):
            raise TypeError(self.function)
        function.decorator_list = []
        outer: list[ast.stmt] = [function]
        if "." in self.function:  # for the class that super() looks up
            outer = [ast.ClassDef("_", bases=[], keywords=[], body=outer, decorator_list=[])]
        made = compile(ast.fix_missing_locations(ast.Module(outer, [])), self.function, "exec")
        return next(each for each in _codes(made) if each.co_name == function.name)


def function_mutants(module: str, path: Path) -> Iterator[FunctionMutant]:
    """Yield the mutants of every function of a module."""
    tree = cst.parse_module(path.read_text("utf-8"))
    for name, node in _functions(tree.body):
        was = tree.code_for_node(node)
        visitor = _Changes()
        node.body.visit(visitor)
        texts = (
            tree.code_for_node(cst.ensure_type(node.deep_replace(old, new), cst.FunctionDef))
            for old, new in visitor.changes
        )
        for text in dict.fromkeys(texts):
            if text != was:
                yield FunctionMutant(module, name, was, text)


def function_of(module: str, name: str) -> FunctionType:
    """Return the function itself, behind what decorates it."""
    found: object = import_module(module)
    for part in name.split("."):
        found = vars(found)[part]
    if isinstance(found, property):
        found = found.fget
    elif isinstance(found, functools.cached_property):
        found = found.func
    elif isinstance(found, classmethod | staticmethod):
        found = found.__func__
    plain = inspect.unwrap(found) if callable(found) else found
    if not isinstance(plain, FunctionType):
        message = f"{module}.{name} is {plain!r}; expected a function"
        raise TypeError(message)
    return plain


def _functions(
    statements: Sequence[cst.BaseStatement] | Sequence[cst.BaseSmallStatement], within: str = ""
) -> Iterator[tuple[str, cst.FunctionDef]]:
    for node in statements:
        if isinstance(node, cst.FunctionDef):
            yield within + node.name.value, node
        elif isinstance(node, cst.ClassDef):
            yield from _functions(node.body.body, f"{within}{node.name.value}.")


class _Changes(cst.CSTVisitor):
    """Collects what can stand in a function instead of what does."""

    def __init__(self) -> None:
        super().__init__()
        self.changes: list[tuple[cst.CSTNode, cst.CSTNode]] = []

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, cst.Annotation | cst.Param | cst.Decorator):
            return False
        if isinstance(node, cst.Call) and getattr(node.func, "value", "") in _KEPT_CALLS:
            return False
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                self.changes += ((node, changed) for changed in operator(node))
        return True


def _codes(code: CodeType) -> Iterator[CodeType]:
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _codes(each)

"""Which modules a Python file imports, read off its text: nothing is run."""

import ast
from collections.abc import Iterator


def imported_modules(source: str, file: str) -> dict[str, int]:
    """Return the dotted names in a file's import statements, each with the line that has it first.

    file: its place below the folder that is imported from, such as `json/decoder.py`; relative
    imports start there. `from a import b` gives `a` and `a.b`, because `b` may be a module. What a
    file imports only when it is run as a program, or for types, is left out. Raises SyntaxError.
    """
    parts = file.removesuffix(".py").removesuffix("/__init__").split("/")
    package = parts if file.endswith("/__init__.py") else parts[:-1]
    found: list[tuple[int, str]] = []
    for statement in _statements(ast.parse(source, file)):
        if isinstance(statement, ast.Import):
            found += [(statement.lineno, alias.name) for alias in statement.names]
        elif isinstance(statement, ast.ImportFrom):
            above = package[: len(package) - statement.level + 1] if statement.level else []
            module = ".".join([*above, *([statement.module] if statement.module else [])])
            names = [module, *(f"{module}.{alias.name}" for alias in statement.names)]
            found += [(statement.lineno, name) for name in names]
    return {name: line for line, name in sorted(found, reverse=True)}


def _statements(tree: ast.AST) -> Iterator[ast.AST]:
    if isinstance(tree, ast.If) and _never_holds_in_an_import(tree.test):
        inside: list[ast.AST] = [*tree.orelse]
    else:
        inside = list(ast.iter_child_nodes(tree))
    for node in inside:
        yield node
        yield from _statements(node)


def _never_holds_in_an_import(test: ast.expr) -> bool:
    return ast.unparse(test) in {
        "__name__ == '__main__'",
        "TYPE_CHECKING",
        "typing.TYPE_CHECKING",
    }

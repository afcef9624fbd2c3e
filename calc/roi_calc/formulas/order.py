"""The order in which formulas can be worked out: each behind those whose results it takes."""

from collections.abc import Mapping

from roi_calc.formulas.tokens import FormulaError
from roi_calc.formulas.tree import Node, names


def in_order(formulas: Mapping[str, Node]) -> dict[str, Node]:
    """Return the formulas in the order in which they are worked out, else as they stand.

    A formula with its own result's name in it means the input of that name. Raises FormulaError
    where results take each other.
    """
    ordered: dict[str, Node] = {}

    def add(name: str, on_the_way: tuple[str, ...]) -> None:
        if name in on_the_way:
            circle = " takes ".join((*on_the_way[on_the_way.index(name) :], name))
            message = f"{circle}; expected formulas that end at inputs"
            raise FormulaError(message)
        for taken in names(formulas[name]):
            if taken != name and taken in formulas and taken not in ordered:
                add(taken, (*on_the_way, name))
        ordered[name] = formulas[name]

    for name in formulas:
        if name not in ordered:
            add(name, ())
    return ordered

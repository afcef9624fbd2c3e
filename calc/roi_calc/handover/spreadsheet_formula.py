"""A formula's tree becomes a spreadsheet's formula: cells are named, what is not defined is said.

Only functions that Excel 2010, LibreOffice and Google Sheets know are written, in English, as files
have them. Differences from the tree lie within the noise of binary fractions.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeGuard

from roi_calc.formulas.tree import (
    EMPTY,
    Call,
    Choice,
    Comparison,
    Condition,
    Is,
    Joined,
    Name,
    Node,
    Number,
    Operation,
    Undefined,
)
from roi_calc.handover.xlsx import LONGEST_FORMULA, number_in_formula, quoted

_SIGNS: Final = {"+": "+", "−": "-", "×": "*", "÷": "/", "^": "^"}
_RANKS: Final = {"+": 1, "−": 1, "×": 2, "÷": 2, "^": 3}
_LOOSEST: Final = 0
_ATOM: Final = 4
_COMPARED: Final = {"<": "<", "≤": "<=", ">": ">", "≥": ">="}
# How deep functions may stand in each other.
_DEEPEST: Final = 60
_ZERO: Final = Number(0)
# As in formulas/tree.py.
_NOISE: Final = "1E-12"


class NoFormulaError(ValueError):
    """A formula that is too long or too deep for a cell; its value can be written instead."""


@dataclass(frozen=True)
class Cells:
    """Where a formula finds what it takes.

    inputs, results: a cell's name or address, by name; a formula with its own result's name in it
    means the input. options: what stands in the cell of a choice, by its name and option.
    undefined: what a cell without a value says. lacking: the results that may have none. gains,
    sums: the inputs and the results that are known to be no less than 0. texts: the inputs whose
    cell may hold an empty text instead of nothing, which no sum takes.
    """

    inputs: Mapping[str, str]
    results: Mapping[str, str]
    options: Mapping[str, Mapping[str, str]]
    undefined: str
    lacking: frozenset[str] = frozenset()
    gains: frozenset[str] = frozenset()
    sums: frozenset[str] = frozenset()
    texts: frozenset[str] = frozenset()


def spreadsheet_formula(node: Node, cells: Cells, of: str = "") -> str:
    """Return a formula as a cell has it, without the `=`.

    of: the result that it gives. Raises NoFormulaError for one that no cell can hold.
    """
    formula = _Translation(cells, of).whole(node)
    if len(formula) > LONGEST_FORMULA or _depth(formula) > _DEEPEST:
        raise NoFormulaError(of)
    return formula


def informed(cells: Cells, formulas: Mapping[str, Node]) -> Cells:
    """Return the cells with what formulas tell of their results: which may lack a value, and so on.

    formulas: in the order in which they are worked out. A result without one may lack its value.
    """
    lacking = {name for name in cells.results if name not in formulas}
    sums: set[str] = set()
    for name, node in formulas.items():
        known = replace(cells, lacking=frozenset(lacking), sums=frozenset(sums))
        translation = _Translation(known, name)
        lacking |= {name} if translation.may_lack(node) else set()
        sums |= {name} if translation.is_not_negative(node) else set()
    return replace(cells, lacking=frozenset(lacking), sums=frozenset(sums))


def _depth(formula: str) -> int:
    deepest = depth = 0
    for character in formula:
        depth += (character == "(") - (character == ")")
        deepest = max(deepest, depth)
    return deepest


@dataclass(frozen=True)
class _Guard:
    """When a formula has no value, as a condition. is_of_a_name: of one cell, which never fails."""

    condition: str
    is_of_a_name: bool = False


@dataclass(frozen=True)
class _Translation:
    """One formula's way into a cell. positive: what the conditions around say is above 0."""

    cells: Cells
    of: str
    positive: frozenset[Node] = field(default_factory=frozenset)

    def whole(self, node: Node) -> str:
        """Return a formula that says by itself where it has no value."""
        match node:
            case Undefined():
                return self._undefined
            case Choice(condition, then, otherwise):
                within = self._where(condition)
                chosen = (
                    f"IF({self.condition(condition)},{within.whole(then)},{self.whole(otherwise)})"
                )
                return self._guarded(chosen, self._guards_of_condition(condition))
        text = self.term(node)
        if any(isinstance(each, Operation) and each.sign == "^" for each in _terms(node)):
            text = f"IFERROR({text},{self._undefined})"  # a root, or a number too large
        return self._guarded(text, self.guards(node))

    def may_lack(self, node: Node) -> bool:
        match node:
            case Undefined():
                return True
            case Choice(condition, then, otherwise):
                return (
                    any(True for _ in self._guards_of_condition(condition))
                    or self._where(condition).may_lack(then)
                    or self.may_lack(otherwise)
                )
        is_power = any(isinstance(each, Operation) and each.sign == "^" for each in _terms(node))
        return is_power or any(True for _ in self.guards(node))

    @property
    def _undefined(self) -> str:
        return quoted(self.cells.undefined)

    def _guarded(self, text: str, guards: Iterable[_Guard]) -> str:
        """Return a formula behind its guards: those of names together, others one by one."""
        found = list(dict.fromkeys(guards))
        while found:
            guard = found.pop()
            together = [guard]
            while guard.is_of_a_name and found and found[-1].is_of_a_name:
                together.insert(0, found.pop())
            conditions = [each.condition for each in together]
            said = conditions[0] if len(conditions) == 1 else f"OR({','.join(conditions)})"
            text = f"IF({said},{self._undefined},{text})"
        return text

    def _where(self, condition: Condition) -> "_Translation":
        """Return the same where a condition holds."""
        known = {
            Operation(
                "−", *((each.left, each.right) if each.sign == ">" else (each.right, each.left))
            )
            if _ZERO not in (each.left, each.right)
            else each.left
            if each.sign == ">"
            else each.right
            for each in _claims(condition)
            if each.sign in {">", "<"}
        }
        return replace(self, positive=self.positive | known)

    # What a formula is made of, as text.

    def term(self, node: Node, rank: int = _LOOSEST) -> str:  # noqa: PLR0911 - a kind each
        """Return a formula as it stands inside another, in brackets where it must be."""
        match node:
            case Number(value):
                return number_in_formula(value)
            case Name(name):
                return self._number_of(name)
            case Operation("−", Number(0), right):
                return _bracketed(_RANKS["−"], rank, f"-{self.term(right, _RANKS['^'] + 1)}")
            case Operation("^", left, right):
                return self._power(left, right, rank)
            case Operation(sign, left, right):
                own = _RANKS[sign]
                first, second = self.term(left, own), self.term(right, own + 1)
                return _bracketed(own, rank, f"{first}{_SIGNS[sign]}{second}")
            case Call(function, arguments):
                return self._call(function, arguments)
            case Choice(condition, then, otherwise):
                within = self._where(condition)
                return f"IF({self.condition(condition)},{within.term(then)},{self.term(otherwise)})"
            case Undefined():
                return "0"  # never reached: its guard stands before it

    def _power(self, left: Node, right: Node, rank: int) -> str:
        base, exponent = self.term(left, _ATOM), self.term(right, _ATOM)
        power = f"{base}^{exponent}"
        if isinstance(right, Number) or self.is_positive(left):
            return _bracketed(_RANKS["^"], rank, power)
        # Spreadsheets refuse 0^0, which is 1 here.
        return f"IF({self.term(right)}=0,1,{power})"

    def _call(self, function: str, arguments: tuple[Node, ...]) -> str:
        texts = [self.term(each) for each in arguments]
        match function:
            case "ceil" if self.is_not_negative(arguments[0]):
                return f"ROUNDUP(ROUND({texts[0]},9),0)"
            case "ceil":  # ROUNDUP goes away from 0
                return f"(-INT(-ROUND({texts[0]},9)))"
            case "floor":
                return f"INT(ROUND({texts[0]},9))"
            case "sqrt":
                return f"SQRT({texts[0]})"
        # These pass over an empty cell, which is 0 everywhere else.
        numbers = (
            f"{text}+0" if self._is_input(each) and each.name not in self.cells.texts else text
            for each, text in zip(arguments, texts, strict=True)
        )
        return f"{function.upper()}({','.join(numbers)})"

    def _is_result(self, name: str) -> bool:
        return name in self.cells.results and name != self.of

    def _is_input(self, node: Node) -> TypeGuard[Name]:
        return isinstance(node, Name) and not self._is_result(node.name)

    def _place(self, name: str) -> str:
        return self.cells.results[name] if self._is_result(name) else self.cells.inputs[name]

    def _number_of(self, name: str) -> str:
        place = self._place(name)
        is_text = name in self.cells.texts and not self._is_result(name)
        return f"N({place})" if is_text else place

    def condition(self, condition: Condition) -> str:
        """Return a condition."""
        match condition:
            case Is(name, option, is_not):
                sign = "<>" if is_not else "="
                text = "" if option == EMPTY else self.cells.options[name][option]
                return f"{self.cells.inputs[name]}{sign}{quoted(text)}"
            case Comparison(sign, Operation("−", left, right), Number(0)) if left != _ZERO:
                return self._compared(sign, left, right)
            case Comparison(sign, left, right):
                return self._compared(sign, left, right)
            case Joined(word, left, right):
                first, second = self.condition(left), self.condition(right)
                if not any(True for _ in self._guards_of_condition(right)):
                    return f"{word.upper()}({first},{second})"
                # AND and OR work out what they need not.
                if word == "and":
                    return f"IF({first},{second},FALSE)"
                return f"IF({first},TRUE,{second})"

    def _compared(self, sign: str, left: Node, right: Node) -> str:
        """Return a comparison in which the noise of binary fractions makes no difference."""
        if not self._is_noisy(left, right):
            return f"{self.term(left, 1)}{_COMPARED[sign]}{self.term(right, 1)}"
        if sign in "<≤":
            left, right = right, left
        more = f"{self.term(left, 1)}-{self.term(right, 2)}"
        noise = f"{_NOISE}*ABS({self.term(left)})"
        return f"{more}>{noise}" if sign in "<>" else f"{more}>=-{noise}"

    def _is_noisy(self, left: Node, right: Node) -> bool:
        """Tell whether two terms may differ by noise alone: one of them is worked out."""
        return not (
            any(isinstance(each, Number) for each in (left, right))
            or all(self._is_input(each) for each in (left, right))
        )

    # When it has no value.

    def guards(self, node: Node) -> Iterator[_Guard]:
        """Yield when a formula has no value, in the order in which that must be asked."""
        match node:
            case Name(name) if self._is_result(name) and name in self.cells.lacking:
                yield _Guard(f"ISTEXT({self._place(name)})", is_of_a_name=True)
            case Name(name) if name in self.cells.options and not self._is_result(name):
                yield _Guard("TRUE")
            case Operation(sign, left, right):
                yield from self.guards(left)
                yield from self.guards(right)
                if sign == "÷" and not self._is_never_0(right):
                    yield _Guard(self._is_0(right), isinstance(right, Name))
            case Call(function, arguments):
                for argument in arguments:
                    yield from self.guards(argument)
                if function == "sqrt" and not self.is_not_negative(arguments[0]):
                    yield _Guard(f"{self.term(arguments[0], 1)}<0")
            case Choice():
                yield from self._guards_of_choice(node)
            case Undefined():
                yield _Guard("TRUE")

    def _guards_of_choice(self, choice: Choice) -> Iterator[_Guard]:
        yield from self._guards_of_condition(choice.condition)
        holds = self.condition(choice.condition)
        for each in self._where(choice.condition).guards(choice.then):
            yield _Guard(f"IF({holds},{each.condition},FALSE)")
        for each in self.guards(choice.otherwise):
            yield _Guard(f"IF({holds},FALSE,{each.condition})")

    def _guards_of_condition(self, condition: Condition) -> Iterator[_Guard]:
        match condition:
            case Comparison(_, left, right):
                yield from self.guards(left)
                yield from self.guards(right)
            case Joined(word, left, right):
                yield from self._guards_of_condition(left)
                first = self.condition(left)
                for each in self._guards_of_condition(right):
                    asked = f"{first},{each.condition},FALSE"
                    if word == "or":
                        asked = f"{first},FALSE,{each.condition}"
                    yield _Guard(f"IF({asked})")

    def _is_0(self, node: Node) -> str:
        match node:
            case Operation("−", left, right) if left != _ZERO and self._is_noisy(left, right):
                return f"ABS({self.term(node)})<={_NOISE}*ABS({self.term(left)})"
        return f"{self.term(node, 1)}=0"

    def _is_never_0(self, node: Node) -> bool:
        return (isinstance(node, Number) and node.value != 0) or self.is_positive(node)

    def is_positive(self, node: Node) -> bool:
        """Tell whether a formula is above 0 whatever is typed within the limits, or left empty."""
        if node in self.positive:
            return True
        match node:
            case Number(value):
                return value > 0
            case Operation("+", left, right):
                return (self.is_positive(left) and self.is_not_negative(right)) or (
                    self.is_not_negative(left) and self.is_positive(right)
                )
            case Operation("×" | "÷", left, right):
                return self.is_positive(left) and self.is_positive(right)
            case Choice(condition, then, otherwise):
                within = self._where(condition)
                return within.is_positive(then) and self.is_positive(otherwise)
        return False

    def is_not_negative(self, node: Node) -> bool:  # noqa: PLR0911 - a kind each
        """Tell whether a formula is no less than 0 within the limits."""
        match node:
            case Number(value):
                return value >= 0
            case Name(name):
                return name in (self.cells.sums if self._is_result(name) else self.cells.gains)
            case Operation("+" | "×" | "÷", left, right):
                return node in self.positive or (
                    self.is_not_negative(left) and self.is_not_negative(right)
                )
            case Call("max", arguments):
                return any(map(self.is_not_negative, arguments))
            case Call(_, arguments):
                return all(map(self.is_not_negative, arguments))
            case Choice(condition, then, otherwise):
                within = self._where(condition)
                return within.is_not_negative(then) and self.is_not_negative(otherwise)
        return node in self.positive


def _bracketed(own: int, rank: int, text: str) -> str:
    return f"({text})" if own < rank else text


def _terms(node: Node) -> Iterator[Node]:
    """Yield a formula and every formula in it that its value is made of, but no condition."""
    yield node
    match node:
        case Operation(_, left, right) | Choice(_, left, right):
            yield from _terms(left)
            yield from _terms(right)
        case Call(_, arguments):
            for each in arguments:
                yield from _terms(each)


def _claims(condition: Condition) -> Iterator[Comparison]:
    """Yield the comparisons that hold where a condition does."""
    match condition:
        case Comparison():
            yield condition
        case Joined("and", left, right):
            yield from _claims(left)
            yield from _claims(right)

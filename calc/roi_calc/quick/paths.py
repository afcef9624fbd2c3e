"""Follows Python down every path that it can take with numbers that are not known yet.

A function is run with unknown numbers. Whenever it asks something of them, as whether one is below
0, it is told one answer, and run again with the other: so every sentence is found that it can say,
and what must hold for it. What follows from earlier answers is not asked again.
"""

import math
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Generic, TypeAlias, TypeVar

from roi_calc.quick.blanks import Blanks
from roi_calc.quick.sums import RESULT, Sum, UnsaidError

# Far more than any calculator of ours needs, and soon followed.
_MOST_PATHS: Final = 128
# A loop on a number that is not known would not end by itself.
_MOST_ASKED: Final = 100
_NO_LIMITS: Final = (-math.inf, math.inf)
_ANY: Final = frozenset({-1, 0, 1})
# A comparison, by the signs of the difference for which it holds.
_HOLDS: Final[Mapping[str, frozenset[int]]] = {
    "lt": frozenset({-1}),
    "le": frozenset({-1, 0}),
    "gt": frozenset({1}),
    "ge": frozenset({0, 1}),
    "eq": frozenset({0}),
    "ne": frozenset({-1, 1}),
}
# The same with its two sides exchanged.
_TURNED: Final = {"lt": "gt", "gt": "lt", "le": "ge", "ge": "le", "eq": "eq", "ne": "ne"}

LeafT = TypeVar("LeafT")


@dataclass(frozen=True)
class Fork(Generic[LeafT]):
    """What is said where a claim holds, and where it does not."""

    claim: Sum
    then: "Said[LeafT]"
    otherwise: "Said[LeafT]"


Said: TypeAlias = Fork[LeafT] | LeafT


def every_path(
    run: Callable[["Knowledge"], LeafT], begin: Callable[[list[bool]], "Knowledge"]
) -> Said[LeafT]:
    """Return what a function returns down each of its paths. begin: with the first answers.

    Raises UnsaidError where there are too many of them.
    """
    count = 0

    def followed(answers: list[bool]) -> Said[LeafT]:
        nonlocal count
        count += 1
        if count > _MOST_PATHS:
            raise UnsaidError
        knowledge = begin(answers)
        leaf = run(knowledge)
        if len(knowledge.asked) >= _MOST_ASKED:
            raise UnsaidError
        made: Said[LeafT] = leaf
        for depth in range(len(knowledge.asked), len(answers), -1):
            claim = knowledge.asked[depth - 1]
            other = followed([*answers, *[True] * (depth - 1 - len(answers)), False])
            made = made if made == other else Fork(claim, made, other)
        return made

    return followed([])


@dataclass
class Knowledge:
    """What is known on one path, and where its numbers are to stand in what is said.

    limits: the least and the most that a sum can be; of each input before anything is asked.
    results: of the formulas, by their numbers. answers: to the first questions; the later ones are
    told True.
    """

    limits: dict[Sum, tuple[float, float]]
    results: Sequence[Sum]
    blanks: Blanks
    answers: list[bool]
    asked: list[Sum] = field(default_factory=list)
    _signs: dict[Sum, frozenset[int]] = field(default_factory=dict)
    _claims: dict[Sum, bool] = field(default_factory=dict)

    def number(self, made: Sum) -> Any:  # noqa: ANN401 - a float as far as who asks can tell
        """Return a sum as a number to compute with; a known one is itself, and None none."""
        return made if made is None or isinstance(made, float) else Unknown(made, self)

    def holds(self, claim: Sum) -> bool:
        """Tell whether a claim holds on this path."""
        if claim not in self._claims:
            self._claims[claim] = self._told(claim)
        return self._claims[claim]

    def is_defined(self, made: Sum) -> bool:
        """Tell whether a sum has a value on this path."""
        if self._has_value(made):
            return True
        is_so = self.holds(("defined", made))
        if is_so:
            match self._inside(made):
                case ("÷", _, divisor):
                    self._rule_out_zero(divisor)
        return is_so

    def _inside(self, made: Sum) -> Sum:
        """Return the sum behind a result's number; any other sum as it is."""
        match made:
            case ("=", float(number)):
                return self.results[int(number)]
        return made

    def _rule_out_zero(self, made: Sum) -> None:
        """Note that a sum is not 0, and then none of what is multiplied in it."""
        if isinstance(made, tuple | str):
            self._signs[made] = self.signs(made) - {0}
        match made:
            case ("=", _):
                self._rule_out_zero(self._inside(made))
            case ("×" | "mul", left, right):
                self._rule_out_zero(left)
                self._rule_out_zero(right)

    def _has_value(self, made: Sum) -> bool:
        """Tell whether a sum has a value whatever its inputs are."""
        inside = self._inside(made)
        if not isinstance(inside, tuple):
            return inside is not None
        operation, *given = inside
        if operation == "÷" and 0 in self.signs(given[1]):
            return False
        if operation == "sqrt" and -1 in self.signs(given[0]):
            return False
        return all(map(self._has_value, given))

    def compares(self, how: str, left: Sum, right: Sum) -> bool:
        """Tell whether two sums compare so on this path, as Python compares."""
        if ("sub", right, left) in self._signs:
            left, right, how = right, left, _TURNED[how]
        difference = left if right == 0 else ("sub", left, right)
        possible, wanted = self.signs(difference), _HOLDS[how]
        if not possible & wanted:
            return False
        if possible <= wanted:
            return True
        is_so = self._told((how, left, right))
        self._signs[difference] = possible & wanted if is_so else possible - wanted
        return is_so

    def signs(self, made: Sum) -> frozenset[int]:
        """Return which signs a sum can have here: some of -1, 0 and 1."""
        least, most = self._bounds(made)
        possible = ((-1, least < 0), (0, least <= 0 <= most), (1, most > 0))
        found = self._signs.get(made, _ANY) & {sign for sign, is_so in possible if is_so}
        return found & self._signs_of(made) if isinstance(made, tuple) else found

    def _bounds(self, made: Sum) -> tuple[float, float]:
        """Return the least and the most that a sum can be, by the limits of its inputs."""
        if made not in self.limits:
            ends = self._ends(made)
            is_known = not any(map(math.isnan, ends))
            self.limits[made] = (min(ends), max(ends)) if is_known else _NO_LIMITS
        return self.limits[made]

    def _ends(self, made: Sum) -> tuple[float, ...]:
        ends: tuple[float, ...] = _NO_LIMITS
        match made:
            case float():
                ends = (made, made)
            case ("=", _):
                ends = self._bounds(self._inside(made))
            case ("if", _, then, otherwise):
                ends = (*self._bounds(then), *self._bounds(otherwise))
            case ("+" | "add", left, right):
                ends = _pairs(self._bounds(left), self._bounds(right), operator.add)
            case ("−" | "sub", left, right):
                ends = _pairs(self._bounds(left), self._bounds(right), operator.sub)
            case ("×" | "mul", left, right):
                ends = _pairs(self._bounds(left), self._bounds(right), operator.mul)
        return ends

    def _signs_of(self, made: tuple[Sum, ...]) -> frozenset[int]:
        operation, *given = made
        if operation == RESULT:
            return self.signs(self._inside(made))
        first, *others = [self.signs(each) for each in given]
        found = _ANY
        match operation:
            case "if":
                found = others[0] | others[1]
            case "×" | "mul" | "÷" | "div":
                found = frozenset(left * right for left in first for right in others[0])
            case "+" | "add":
                sums = (_of_a_sum(left, right) for left in first for right in others[0])
                found = frozenset().union(*sums)
            case "ceil" | "up" if -1 not in first:
                found = first
            case "ceil" | "up" | "floor" | "down" | "near" | "round":
                found = first | {0}
        return found

    def _told(self, claim: Sum) -> bool:
        place = len(self.asked)
        if place >= _MOST_ASKED:
            raise UnsaidError
        self.asked.append(claim)
        return self.answers[place] if place < len(self.answers) else True


def _pairs(
    left: tuple[float, float],
    right: tuple[float, float],
    operate: Callable[[float, float], float],
) -> tuple[float, ...]:
    return tuple(operate(one, other) for one in left for other in right)


def _of_a_sum(left: int, right: int) -> frozenset[int]:
    return _ANY if left * right < 0 else frozenset({left or right})


def _operation(name: str) -> tuple[Callable[..., "Unknown"], Callable[..., "Unknown"]]:
    """Return the method of an unknown number before a sign, and that of one behind it."""

    def before(left: "Unknown", right: "Unknown | float") -> "Unknown":
        return Unknown((name, left.made, sum_of(right)), left.knowledge)

    def behind(right: "Unknown", left: float) -> "Unknown":
        return Unknown((name, sum_of(left), right.made), right.knowledge)

    return before, behind


def _comparison(how: str) -> Callable[["Unknown", "Unknown | float"], bool]:
    def compared(left: "Unknown", right: "Unknown | float") -> bool:
        return left.knowledge.compares(how, left.made, sum_of(right))

    return compared


class Unknown:
    """A number that is not known yet: it is computed with, compared, and never looked at.

    Whatever else is asked of it raises TypeError, as of an object that is no number.
    """

    __slots__ = ("knowledge", "made")
    __hash__ = None  # type: ignore[assignment] # two that are equal need not be the same

    def __init__(self, made: Sum, knowledge: Knowledge) -> None:
        self.made = made
        self.knowledge = knowledge

    __add__, __radd__ = _operation("add")
    __sub__, __rsub__ = _operation("sub")
    __mul__, __rmul__ = _operation("mul")
    __truediv__, __rtruediv__ = _operation("div")
    __lt__, __le__ = _comparison("lt"), _comparison("le")
    __gt__, __ge__ = _comparison("gt"), _comparison("ge")

    def __eq__(self, other: object) -> bool:
        """Tell whether it equals a number; nothing else does."""
        return _is_number(other) and self.knowledge.compares("eq", self.made, sum_of(other))

    def __ne__(self, other: object) -> bool:
        """Tell the opposite."""
        return not _is_number(other) or self.knowledge.compares("ne", self.made, sum_of(other))

    def __bool__(self) -> bool:
        """Tell whether it is not 0."""
        return self.knowledge.compares("ne", self.made, 0.0)

    def __format__(self, how: str) -> str:
        """Return what stands for it, written so, in a text; only as `.2f`."""
        if how != ".2f":
            raise TypeError(how)
        return self.knowledge.blanks.mark(("fixed", self.made))

    def is_integer(self) -> bool:
        """Tell whether it is a whole number."""
        is_whole = isinstance(self.made, tuple) and self.made[0] in {"ceil", "round"}
        return is_whole or self.knowledge.holds(("int", self.made))


def sum_of(number: Any) -> Sum:  # noqa: ANN401 - as above
    """Return a number as a sum. Raises TypeError for what is none."""
    if isinstance(number, Unknown):
        return number.made
    if not _is_number(number):
        raise TypeError(number)
    return float(number)


def _is_number(value: object) -> bool:
    return isinstance(value, Unknown | float | int)

"""Reads the text of a formula, as `{margin} ÷ {churn}` or `margin / churn`, into its tree.

The grammar, each line binding closer than the one above it:

    formula     sum `if` condition `else` formula
    condition   claims joined by `or`
    claims      claim `and` claim ...
    claim       sum `<` `≤` `>` `≥` sum; name `is` [`not`] option or `empty`
    sum         product `+` `−` product ...
    product     power `×` `÷` power ...
    power       factor `^` power, `−` power
    factor      number, name, `undefined`, `(formula)`, `⌈formula⌉`, function(formula; ...)

Nothing is ever run as Python: what is not in this grammar has no tree.
"""

from typing import Final, NoReturn

from roi_calc.formulas.tokens import Token, refuse, tokens
from roi_calc.formulas.tree import (
    COMPARISONS,
    FUNCTIONS,
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

_DEEPEST: Final = 40


def formula(text: str) -> Node:
    """Return the tree of a formula's text; FormulaError for anything else.

    >>> formula("margin / churn") == formula("{margin} ÷ {churn}")
    True
    """
    return _Reader(text).whole()


class _Reader:
    """One pass over the tokens of one text."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = tokens(text)
        self._next = 0
        self._depth = 0

    def whole(self) -> Node:
        node = self._formula()
        if self._token.kind != "end":
            self._not_understood()
        return node

    @property
    def _token(self) -> Token:
        return self._tokens[self._next]

    def _take(self, *texts: str) -> str:
        """Return the next sign or word and go on, if it is one of these; else empty."""
        token = self._token
        if token.kind not in {"sign", "word"} or token.text not in texts:
            return ""
        self._next += 1
        return token.text

    def _require(self, text: str) -> None:
        if not self._take(text):
            self._fail(f"{text!r} is missing", self._token.at)

    def _formula(self) -> Node:
        self._go_deeper()
        node = self._sum()
        if self._take("if"):
            condition = self._condition()
            self._require("else")
            node = Choice(condition, node, self._formula())
        self._depth -= 1
        return node

    def _go_deeper(self) -> None:
        self._depth += 1
        if self._depth > _DEEPEST:
            self._fail(f"more than {_DEEPEST} brackets, powers or choices in each other", 0)

    def _condition(self) -> Condition:
        condition = self._claims()
        while self._take("or"):
            condition = Joined("or", condition, self._claims())
        return condition

    def _claims(self) -> Condition:
        condition = self._claim()
        while self._take("and"):
            condition = Joined("and", condition, self._claim())
        return condition

    def _claim(self) -> Condition:
        left = self._sum()
        if isinstance(left, Name) and self._take("is"):
            is_not = bool(self._take("not"))
            option = self._token
            if option.kind != "name":
                self._not_understood()
            self._next += 1
            return Is(left.name, option.text, is_not)
        sign = self._take(*COMPARISONS)
        if not sign:
            self._fail("a comparison is missing: < ≤ > ≥ or 'is'", self._token.at)
        return Comparison(sign, left, self._sum())

    def _sum(self) -> Node:
        node = self._product()
        while sign := self._take("+", "−"):
            node = Operation(sign, node, self._product())
        return node

    def _product(self) -> Node:
        node = self._power()
        while sign := self._take("×", "÷"):
            node = Operation(sign, node, self._power())
        return node

    def _power(self) -> Node:
        signs = 0
        while self._take("−"):
            signs += 1
        node = self._factor()
        if self._take("^"):
            self._go_deeper()
            node = Operation("^", node, self._power())
            self._depth -= 1
        return Operation("−", Number(0), node) if signs % 2 else node

    def _factor(self) -> Node:
        token = self._token
        if self._take("("):
            node = self._formula()
            self._require(")")
            return node
        if self._take("⌈"):
            node = self._formula()
            self._require("⌉")
            return Call("ceil", (node,))
        if self._take("undefined"):
            return Undefined()
        if token.kind not in {"number", "name"}:
            self._not_understood()
        self._next += 1
        if token.kind == "number":
            return Number(float(token.text))
        return self._call(token) if self._take("(") else Name(token.text)

    def _call(self, function: Token) -> Node:
        if function.text not in FUNCTIONS:
            self._fail(f"{function.text!r} is no function", function.at)
        arguments = [self._formula()]
        while self._take(";"):
            arguments.append(self._formula())
        self._require(")")
        takes_several = function.text in {"min", "max"}
        if (len(arguments) > 1) != takes_several:
            wanted = "two numbers or more" if takes_several else "one number"
            self._fail(f"{function.text!r} takes {wanted}", function.at)
        return Call(function.text, tuple(arguments))

    def _not_understood(self) -> NoReturn:
        at, written = self._token.at, len(self._token.text)
        found = repr(self._text[at : at + written]) if written else "the end"
        self._fail(f"{found} is not understood here", self._token.at)

    def _fail(self, found: str, at: int) -> NoReturn:
        refuse(self._text, at, found)

"""A calculator written as a table in a file of its own: `calculators/clv.yml`."""

from pathlib import Path

from mkdocs_roi_calculator.settings.strict_yaml import YamlTextError, composed, lines_of, plain
from roi_calc.own.python_file import CalculatorFileError
from roi_calc.own.written_table import TableError, written_calculator
from roi_calc.schema import AnyCalculator

_NAME = "calculator"


def load_table(path: Path) -> AnyCalculator:
    """Return the calculator of a file: the lines that a block has, from `inputs:` on.

    Its name is the file's (`my_tool.yml` is `my-tool`) where it says no other under `calculator`.
    Raises CalculatorFileError, with the line, for a file that is none.
    """
    try:
        text = path.read_text("utf-8")
        node = composed(text)
        data = {} if node is None else plain(node, text)
    except YamlTextError as error:
        raise CalculatorFileError(path, str(error), error.line) from error
    except (OSError, UnicodeDecodeError) as error:
        message = "no text that can be read; expected a YAML file"
        raise CalculatorFileError(path, message) from error
    if not isinstance(data, dict):
        message = "expected lines such as 'inputs:', and under it 'margin: {money: 120}'"
        raise CalculatorFileError(path, message, 1)
    lines = {} if node is None else dict(lines_of(node, text))
    name = data.pop(_NAME, path.stem.replace("_", "-"))
    try:
        return written_calculator(str(name), data)
    except TableError as error:
        above = (error.path[:length] for length in range(len(error.path), 0, -1))
        line = next((lines[key] for key in above if key in lines), 0)
        raise CalculatorFileError(path, str(error), line) from error

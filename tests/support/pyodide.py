"""The Python that browsers have."""

import subprocess
from pathlib import Path

import roi_calc
from support.sites import NODE, PYODIDE, ROOT


def run_in_pyodide(code: str) -> str:
    """Run Python there, with our packages; return what its last line comes to."""
    root = Path(str(roi_calc.__file__)).parents[1]
    script = ROOT / "tests" / "support" / "run_in_pyodide.mjs"
    done = subprocess.run(
        [NODE, str(script), str(PYODIDE), str(root)],
        input=code,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout

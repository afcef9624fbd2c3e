"""Environments of other versions than the tests' own, made once by uv below `build`.

Our packages are not installed in them, but found as they are installed for the tests: a change of
ours makes none of them anew.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import requires
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Final

import mkdocs_roi_calculator
import roi_calc
from support.sites import ROOT, TOOLS, run

NAME: Final = "mkdocs-roi-calculator"
_HOME: Final = ROOT / "build" / "environments"


@dataclass(frozen=True)
class Environment:
    """What is installed beside what our package declares.

    python: a version, such as 3.13; empty for that of the tests. is_lowest: the oldest version that
    is allowed of everything named here and declared by us, and not the newest.
    """

    requirements: tuple[str, ...] = ()
    python: str = ""
    is_lowest: bool = False

    def run(
        self, tool: str, *arguments: str, cwd: Path, modules: str = ""
    ) -> subprocess.CompletedProcess[str]:
        """Run a command of the environment, with our package in it.

        modules: a folder below cwd whose modules can be imported too.
        """
        path = os.pathsep.join([str(_our_packages()), str(cwd / modules)])
        program = self._made() / "bin" / tool
        return run(program, *arguments, cwd=cwd, environment={"PYTHONPATH": path})

    def versions(self) -> dict[str, str]:
        """Return what is installed, by name."""
        listed = _uv("pip", "freeze", "--python", str(self._made()))
        return dict(line.split("==") for line in listed.splitlines() if "==" in line)

    def _made(self) -> Path:
        """Return the environment's folder; make it first if this is the first time."""
        wanted = [*self.requirements, *_declared()]
        text = "\n".join([self.python, str(self.is_lowest), *wanted])
        folder = _HOME / hashlib.sha256(text.encode()).hexdigest()[:12]
        with _locked(folder.with_suffix(".lock")):
            if not (folder / "ready").is_file():
                python = self.python or f"{sys.version_info.major}.{sys.version_info.minor}"
                resolution = "lowest-direct" if self.is_lowest else "highest"
                _uv("venv", "--clear", "--python", python, str(folder))
                _uv("pip", "install", "--python", str(folder), "--resolution", resolution, *wanted)
                (folder / "ready").write_text(text, "utf-8")
        return folder


@cache
def has_python(version: str) -> bool:
    """Tell whether the machine has a Python of this version; empty for that of the tests."""
    return not version or _try_uv("python", "find", version).returncode == 0


def locked(*names: str) -> tuple[str, ...]:
    """Return packages at the versions that the tests themselves run with."""
    return tuple(f"{name}=={version_of(name)}" for name in names)


def _declared() -> list[str]:
    """Return what our package says that it needs."""
    return [each for each in requires(NAME) or [] if "extra ==" not in each]


def _try_uv(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(TOOLS / "uv"), "--quiet", "--no-python-downloads", *arguments]
    # What pyenv has is not found by its shims, which answer for one version alone.
    pyenv = Path(os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv")
    places = [*map(str, pyenv.glob("versions/*/bin")), os.environ["PATH"]]
    found = {**os.environ, "PATH": os.pathsep.join(places)}
    return subprocess.run(command, env=found, capture_output=True, text=True, check=False)


def _uv(*arguments: str) -> str:
    done = _try_uv(*arguments)
    if done.returncode:
        message = f"uv {' '.join(arguments)}: {done.stderr}"
        raise AssertionError(message)
    return done.stdout


@cache
def _our_packages() -> Path:
    """Return a folder with nothing in it but our packages and what is declared of them."""
    folder = Path(sys.prefix) / "our-packages"
    (installed,) = Path(sys.prefix).glob(
        "lib/python*/site-packages/mkdocs_roi_calculator-*.dist-info"
    )
    packages = [Path(next(iter(each.__path__))) for each in (roi_calc, mkdocs_roi_calculator)]
    with _locked(folder.with_suffix(".lock")):
        folder.mkdir(exist_ok=True)
        wanted = {folder / each.name: each for each in (*packages, installed)}
        # Others may be using those that are right.
        for link in folder.iterdir():
            if link.readlink() != wanted.get(link):
                link.unlink()
        for link, target in wanted.items():
            if not link.is_symlink():
                link.symlink_to(target)
    return folder


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Have other processes wait while the context lasts."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield

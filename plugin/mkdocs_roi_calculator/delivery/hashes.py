"""What stands for the content of a file: in its address, and for browsers to compare it with."""

import base64
import hashlib
from collections.abc import Mapping
from typing import Final

DIGITS: Final = 12


def integrity(content: bytes, algorithm: str = "sha384") -> str:
    """Return a hash as browsers compare it: in `integrity`, in a policy, and in the worker."""
    digest = hashlib.new(algorithm, content).digest()
    return f"{algorithm}-{base64.b64encode(digest).decode()}"


def short_hash(content: bytes) -> str:
    """Return what is put into the address of a file that never changes there."""
    return hashlib.sha256(content).hexdigest()[:DIGITS]


def hash_of_files(files: Mapping[str, bytes]) -> str:
    """Return the same of many files with their names."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()[:DIGITS]

"""What can go wrong with a file on its way, done by the server, so in every browser alike."""

import http.server
import socket
import struct
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

SLOW: Final = "slow"
FAULTS: Final = ("404", "html", "mime", "truncated", "flipped", "cut", "hang", "blocked")
_PAGE: Final = b"<!doctype html><title>Sign in</title><p>Sign in to use this network.</p>"
_PATIENCE_SECONDS: Final = 120
# A line of 50 kB/s, but that large files come sooner: nobody waits three minutes in a test.
_PAUSE_SECONDS: Final = 0.4
_PIECE: Final = 20_000
_MOST_PIECES: Final = 16
# Closing then sends a reset and not an end.
_RESET: Final = struct.pack("ii", 1, 0)


def send_faulty(
    handler: http.server.SimpleHTTPRequestHandler, fault: str, file: Path, ended: threading.Event
) -> None:
    """Answer a request for a file with a fault; ended: when a hanging one may be let go."""
    content = file.read_bytes()
    half = len(content) // 2
    if fault == "404":
        handler.send_error(404)
    elif fault == SLOW:
        pieces = _in_pieces(content, ended)
        _send(handler, pieces, len(content), handler.guess_type(str(file)))
    elif fault == "html":
        _send(handler, [_PAGE], len(_PAGE), "text/html")
    elif fault == "mime":
        _send(handler, [content], len(content), "text/plain")
    elif fault == "truncated":
        _send(handler, [content[:half]], half, handler.guess_type(str(file)))
    elif fault == "flipped":
        # In a script of ours, which nothing verifies, where it cannot pass unnoticed.
        place = max(content.find(b"\nconst ") + 1, 0) or half
        damaged = content[:place] + bytes([content[place] ^ 1]) + content[place + 1 :]
        _send(handler, [damaged], len(damaged), handler.guess_type(str(file)))
    else:
        if fault in {"cut", "hang"}:
            _send(handler, [content[:half]], len(content), handler.guess_type(str(file)))
        if fault == "hang":
            ended.wait(_PATIENCE_SECONDS)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
        handler.close_connection = True
        handler.connection.close()


def _in_pieces(content: bytes, ended: threading.Event) -> Iterator[bytes]:
    """Yield a file a piece at a time, as a slow line brings it."""
    size = max(_PIECE, len(content) // _MOST_PIECES + 1)
    for start in range(0, len(content), size):
        yield content[start : start + size]
        ended.wait(_PAUSE_SECONDS)


def _send(
    handler: http.server.SimpleHTTPRequestHandler,
    pieces: Iterable[bytes],
    length: int,
    content_type: str,
) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", content_type)
    handler.send_header("Content-Length", str(length))
    handler.end_headers()
    try:
        for piece in pieces:
            handler.wfile.write(piece)
            handler.wfile.flush()
    except ConnectionError:  # the browser has seen enough
        handler.close_connection = True

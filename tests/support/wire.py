"""Serves pages to a bench as a site's host does, over a link as thin as wanted, and counts."""

import functools
import gzip
import http.server
import mimetypes
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

# What a page tells of itself: how long each of its long tasks took, and how far it shifted.
OBSERVE: Final = """
window.longTasks = []; window.shift = 0;
const observe = (type, note) => {
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) return;
  const observer = new PerformanceObserver((list) => list.getEntries().forEach(note));
  observer.observe({ type, buffered: true });
};
observe("longtask", ({ duration }) => window.longTasks.push(duration));
observe("layout-shift", ({ value }) => { window.shift += value; });
"""


@dataclass(frozen=True)
class Link:
    """A connection: bytes a second, None for all there is, and the seconds of a round trip."""

    bytes_per_second: float | None
    round_trip: float


UNTHROTTLED: Final = Link(None, 0)


@dataclass
class Server:
    """The pages on loopback, over one link at a time.

    sent and asked: the bytes and the paths of the requests since they were last emptied.
    """

    folder: Path
    link: Link = UNTHROTTLED
    url: str = ""
    sent: int = 0
    asked: list[str] = field(default_factory=list)
    _gate: threading.Lock = field(default_factory=threading.Lock)
    _free_at: float = 0.0

    def send(self, handler: "_Handler", body: bytes) -> None:
        """Send a body at the link's pace, which all connections share."""
        rate = self.link.bytes_per_second
        for start in range(0, len(body), 16_384):
            part = body[start : start + 16_384]
            with self._gate:
                self.sent += len(part)
                if rate:
                    self._free_at = max(self._free_at, time.monotonic()) + len(part) / rate
                    time.sleep(max(0.0, self._free_at - time.monotonic()))
            handler.wfile.write(part)

    @functools.cache  # noqa: B019 - one server a run
    def body(self, file: Path) -> tuple[bytes, bool]:
        """Return a file's bytes as they go over the wire, and whether they are compressed."""
        content = file.read_bytes()
        if file.suffix == ".zip":
            return content, False
        return compressed(content), True

    def __hash__(self) -> int:
        """Return a hash: there is one server, whatever it has sent."""
        return id(self)


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, *arguments: object, serving: Server) -> None:
        self._server = serving
        super().__init__(*arguments)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        self._server.asked.append(path)
        file = self._server.folder / path.lstrip("/")
        if file.is_dir():
            file /= "index.html"
        time.sleep(self._server.link.round_trip)
        if not file.is_file():
            self.send_error(404)
            return
        body, is_compressed = self._server.body(file)
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "text/plain")
        self.send_header("Content-Length", str(len(body)))
        if is_compressed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", "public, max-age=31536000, immutable")
        self.end_headers()
        try:
            self._server.send(self, body)
        except ConnectionError:  # the page was closed
            self.close_connection = True

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
        """Say nothing on the terminal."""


@contextmanager
def serving(folder: Path) -> Iterator[Server]:
    """Serve a folder on a free port of the loopback address while the context lasts."""
    running = Server(folder)
    handler = functools.partial(_Handler, serving=running)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        running.url = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield running
        server.shutdown()


def compressed(content: bytes) -> bytes:
    """Return a file's content as a host sends it that has compressed it beforehand."""
    return gzip.compress(content, 9, mtime=0)


def add_types() -> None:
    """Have the server name the types of modules and WebAssembly as a site's server does."""
    mimetypes.add_type("text/javascript", ".mjs")
    mimetypes.add_type("application/wasm", ".wasm")

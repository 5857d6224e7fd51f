"""A small HTTP server for tests, told request by request how to misbehave."""

import re
import threading
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PATIENCE = 20  # seconds after which a held request is let go, so that no test hangs


@dataclass(frozen=True)
class Fault:
    """How one answer differs from a well-behaved one.

    Attributes:
        status: answer with this status and no file.
        send: close the connection after this many bytes of the body.
        hold: send nothing after those bytes until the server is released.
        headers: replace these headers; None leaves a header out.
    """

    status: int | None = None
    send: int | None = None
    hold: bool = False
    headers: tuple[tuple[str, str | None], ...] = ()


@dataclass
class Request:
    """What one request asked for, and how many bytes of body it was sent."""

    range: str | None
    if_range: str | None
    sent: int = 0


class FileServer:
    """Serves `body` at `url`; the faults of `plan` come first, then `always`."""

    def __init__(self, body: bytes):
        self.body = body
        self.etag: str | None = '"first"'
        self.modified: str | None = None
        self.has_ranges = True
        self.plan: list[Fault] = []
        self.always = Fault()
        self.requests: list[Request] = []
        self.arrived = threading.Event()
        self.released = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}/file"

    def __enter__(self) -> "FileServer":
        threading.Thread(target=self._server.serve_forever, args=(0.01,)).start()
        return self

    def __exit__(self, *_) -> None:
        self.released.set()
        self._server.shutdown()
        self._server.server_close()


def _handler_of(owner: FileServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = PATIENCE

        def do_GET(self) -> None:
            request = Request(self.headers["Range"], self.headers["If-Range"])
            owner.requests.append(request)
            owner.arrived.set()
            fault = owner.plan.pop(0) if owner.plan else owner.always
            _answer(self, owner, request, fault)

        def log_message(self, *_) -> None:
            pass

    return Handler


def _answer(handler, owner: FileServer, request: Request, fault: Fault) -> None:
    status, start = _status(owner, request)
    status = fault.status or status
    body = owner.body[start:] if status in (200, 206) else b""
    headers = _headers(owner, status, start, len(body)) | dict(fault.headers)
    handler.send_response(status)
    for name, value in headers.items():
        if value is not None:
            handler.send_header(name, value)
    handler.end_headers()
    body = body[: fault.send]
    request.sent = len(body)  # before the client can have it all, and tests look
    handler.wfile.write(body)
    handler.wfile.flush()
    if fault.hold:
        owner.released.wait(PATIENCE)


def _status(owner: FileServer, request: Request) -> tuple[int, int]:
    """Return the right status, and the first byte to send."""
    asked = re.fullmatch(r"bytes=(\d+)-", request.range or "")
    fits = request.if_range in (None, owner.etag, owner.modified)
    if not asked or not owner.has_ranges or not fits:
        return 200, 0
    start = int(asked[1])
    return (206, start) if start < len(owner.body) else (416, 0)


def _headers(
    owner: FileServer, status: int, start: int, length: int
) -> dict[str, str | None]:
    total = len(owner.body)
    ranges = {206: f"bytes {start}-{total - 1}/{total}", 416: f"bytes */{total}"}
    return {
        "Content-Length": str(length),
        "Content-Range": ranges.get(status),
        "ETag": owner.etag,
        "Last-Modified": owner.modified,
    }

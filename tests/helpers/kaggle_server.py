"""A small server that speaks Kaggle's protocol for one data set, for tests."""

import base64
import hashlib
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ASKED = "/api/v1/datasets.DatasetApiService/DownloadDataset"


@dataclass
class KaggleServer:
    """Serves `archive`: a question is answered by the address of the bytes.

    Attributes:
        archive: bytes of the archive.
        status: answer questions with this status; 302 is the right one.
        broken_after: close the connection after so many bytes, once.
        md5: checksum to announce; None for the right one.
        questions: JSON bodies and tokens of the questions asked.
        ranges: the ranges of the archive that were asked for.
    """

    archive: bytes = b""
    status: int = 302
    broken_after: int | None = None
    md5: str | None = None
    questions: list[tuple[bytes, str | None]] = field(default_factory=list)
    ranges: list[str | None] = field(default_factory=list)

    def __enter__(self) -> "KaggleServer":
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(self))
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        threading.Thread(target=self._server.serve_forever, args=(0.01,)).start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._server.server_close()


def _handler_of(owner: KaggleServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 20

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            owner.questions.append((body, self.headers["Authorization"]))
            right = self.path == ASKED
            self.send_response(owner.status if right else 404)
            self.send_header("Location", f"{owner.url}/archive.zip?signature=hidden")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def do_GET(self) -> None:
            asked = self.headers["Range"]
            owner.ranges.append(asked)
            start = int(asked.removeprefix("bytes=").rstrip("-")) if asked else 0
            digest = base64.b64encode(hashlib.md5(owner.archive).digest()).decode()
            self.send_response(206 if asked else 200)
            self.send_header("Content-Length", str(len(owner.archive) - start))
            self.send_header("Accept-Ranges", "bytes")
            self.send_header("x-goog-hash", f"md5={owner.md5 or digest}")
            self.end_headers()
            stop, owner.broken_after = owner.broken_after, None
            self.wfile.write(owner.archive[start:stop])

        def log_message(self, *_) -> None:
            pass

    return Handler

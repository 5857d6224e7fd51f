"""A small CamVid for tests, in its published form, and a server that gives it."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
from PIL import Image

from pixelwise.data import camvid, repository

NAMES = {
    "train": ["0001TP_1", "0001TP_2", "0006R0_1", "0016E5_2", "0016E5_10"],
    "val": ["0016E5_3"],
    "test": ["0001TP_9", "Seq05VD_1"],
}
COUNTS = {"train": 5, "val": 1, "test": 2}
HEIGHT, WIDTH = 36, 48


def labels_of(name: str) -> np.ndarray:
    """Return the labels (36, 48) of a photo: twelve upright stripes, in some order."""
    seed = sum(map(ord, name))
    stripes = np.random.default_rng(seed).permutation(12).astype(np.uint8)
    return np.tile(stripes.repeat(WIDTH // 12), (HEIGHT, 1))


def write(folder: Path) -> Path:
    """Write the set into a folder, and return it."""
    for part, names in NAMES.items():
        for ending in ("", "annot"):
            (folder / f"{part}{ending}").mkdir(parents=True)
        for name in names:
            labels = labels_of(name)
            Image.fromarray(labels).save(folder / f"{part}annot" / f"{name}.png")
            photo = Image.fromarray(np.stack([labels * 20] * 3, axis=-1))
            photo.save(folder / part / f"{name}.png")
        beginning = f"/SegNet/CamVid/{part}"
        lines = [f"{beginning}/{n}.png {beginning}annot/{n}.png\n" for n in names]
        (folder / f"{part}.txt").write_text("".join(lines))
    return folder


def expect(folder: Path, monkeypatch) -> None:
    """Have `camvid` expect the set in this folder, and no other."""
    lists = {name: repository.hash_of_file(folder / name) for name in camvid.LISTS}
    folders = {
        name: repository.hash_of_folder(folder / name) for name in camvid.FOLDERS
    }
    monkeypatch.setattr(camvid, "LISTS", lists)
    monkeypatch.setattr(camvid, "FOLDERS", folders)
    monkeypatch.setattr(camvid, "COUNTS", COUNTS)


class FolderServer:
    """Serves the files of a folder at `url`.

    Attributes:
        asked: the path of every request.
        cut: paths whose next answer ends halfway.
        refused: paths that are answered with a status, by that status.
    """

    def __init__(self, folder: Path):
        self.asked: list[str] = []
        self.cut: set[str] = set()
        self.refused: dict[str, int] = {}
        handler = partial(_Handler, owner=self, directory=str(folder))
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> "FolderServer":
        threading.Thread(target=self._server.serve_forever, args=(0.01,)).start()
        return self

    def __exit__(self, *_) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *arguments, owner: FolderServer, **settings):
        self.owner = owner
        super().__init__(*arguments, **settings)

    def do_GET(self) -> None:
        path = self.path.lstrip("/")
        self.owner.asked.append(path)
        if path in self.owner.refused:
            self.send_error(self.owner.refused[path])
        elif path in self.owner.cut:
            self.owner.cut.discard(path)
            data = Path(self.translate_path(self.path)).read_bytes()
            self.send_response(200)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data[: len(data) // 2])
        else:
            super().do_GET()

    def log_message(self, *_) -> None:
        pass

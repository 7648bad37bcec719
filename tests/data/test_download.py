"""The download of MNIST, against small files on a server of this test's own."""

from __future__ import annotations

import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from mlp_playground.data import download, mnist
from mlp_playground.data.download import OfflineError, download_mnist, mnist_folder
from mlp_playground.errors import Cancelled

CONTENT = {"a.gz": bytes(range(256)) * 400, "b.gz": b"labels", "c.gz": b"more", "d.gz": b"and more"}
FILES = {name: hashlib.sha256(content).hexdigest() for name, content in CONTENT.items()}


class Mirror(HTTPServer):
    """Serves `content` and notes what it was asked for.

    It never answers for files in `silent`, and keeps the last `lost` bytes of every answer to itself.
    """

    def __init__(
        self, content: dict[str, bytes], tell_length: bool = True, silent: tuple[str, ...] = (), lost: int = 0
    ) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.content, self.tell_length, self.silent, self.lost = content, tell_length, silent, lost
        self.asked: list[str] = []
        self.closing = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that went away in the middle is what these tests are about: nothing to print."""


class Handler(BaseHTTPRequestHandler):
    server: Mirror

    def do_GET(self) -> None:
        name = self.path.rpartition("/")[2]
        self.server.asked.append(name)
        if name in self.server.silent:
            self.server.closing.wait(30)
            return
        content = self.server.content.get(name)
        self.send_response(404 if content is None else 200)
        if self.server.tell_length and content is not None:
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        content = content or b""
        self.wfile.write(content[: max(len(content) - self.server.lost, 0)])

    def log_message(self, format: str, *args: object) -> None:
        """Nothing to print."""


@contextmanager
def running(mirror: Mirror) -> Iterator[Mirror]:
    thread = threading.Thread(target=mirror.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield mirror
    finally:
        mirror.closing.set()
        mirror.shutdown()
        thread.join()
        mirror.server_close()


Serve = Callable[..., Mirror]


@pytest.fixture
def serve(monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Starts a mirror with the given content; all of them are shut down in the end."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    before = threading.active_count()
    with ExitStack() as stack:
        yield lambda *args, **kwargs: stack.enter_context(running(Mirror(*args, **kwargs)))
    assert threading.active_count() == before


@pytest.fixture
def dead() -> Iterator[str]:
    """The address of a mirror that refuses connections: its port is taken, but nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"http://127.0.0.1:{taken.getsockname()[1]}/"


class Watch:
    """Notes the progress, and cancels once `stop_after` bytes of a file have arrived."""

    def __init__(self, stop_after: int | None = None) -> None:
        self.seen: list[tuple[str, int, int]] = []
        self.stop_after = stop_after

    def progress(self, name: str, done: int, total: int) -> None:
        self.seen.append((name, done, total))

    def cancelled(self) -> bool:
        return self.stop_after is not None and any(done >= self.stop_after for _, done, _ in self.seen)


def fetch(target: Path, *mirrors: str, watch: Watch | None = None, timeout: float = 5) -> Watch:
    watch = watch or Watch()
    where = download_mnist(
        target, watch.progress, watch.cancelled, mirrors=mirrors, files=FILES, timeout=(timeout, timeout)
    )
    assert where == target
    return watch


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() if path.is_file() else b"a folder" for path in folder.iterdir()}


def test_fetches_the_files_and_tells_the_progress(tmp_path: Path, serve: Serve) -> None:
    target = tmp_path / "new" / "folder"
    watch = fetch(target, serve(CONTENT).url)
    assert contents(target) == CONTENT
    of_a = [(done, total) for name, done, total in watch.seen if name == "a.gz"]
    assert len(of_a) > 3
    assert of_a == sorted(of_a)
    assert of_a[-1] == (102_400, 102_400)
    assert watch.seen[-1] == ("d.gz", 8, 8)


def test_an_unknown_length_is_told_as_zero(tmp_path: Path, serve: Serve) -> None:
    watch = fetch(tmp_path, serve(CONTENT, tell_length=False).url)
    assert contents(tmp_path) == CONTENT
    assert watch.seen[-1] == ("d.gz", 8, 0)


def test_a_second_call_fetches_nothing(tmp_path: Path, serve: Serve, dead: str) -> None:
    mirror = serve(CONTENT)
    fetch(tmp_path, mirror.url)
    watch = fetch(tmp_path, mirror.url)
    assert mirror.asked == list(FILES)
    assert watch.seen == [(name, len(content), len(content)) for name, content in CONTENT.items()]
    fetch(tmp_path, dead)


def test_a_damaged_file_is_fetched_again(tmp_path: Path, serve: Serve) -> None:
    mirror = serve(CONTENT)
    fetch(tmp_path, mirror.url)
    (tmp_path / "b.gz").write_bytes(b"lab")
    fetch(tmp_path, mirror.url)
    assert contents(tmp_path) == CONTENT
    assert mirror.asked == [*FILES, "b.gz"]


def test_cancelled_midway_leaves_no_half_file(tmp_path: Path, serve: Serve) -> None:
    mirror = serve(CONTENT)
    with pytest.raises(Cancelled):
        fetch(tmp_path, mirror.url, watch=Watch(stop_after=20_000))
    assert contents(tmp_path) == {}
    fetch(tmp_path, mirror.url)
    assert contents(tmp_path) == CONTENT


def test_cancelled_before_the_start_asks_nobody(tmp_path: Path, serve: Serve) -> None:
    mirror = serve(CONTENT)
    with pytest.raises(Cancelled):
        download_mnist(tmp_path, Watch().progress, lambda: True, mirrors=[mirror.url], files=FILES)
    assert mirror.asked == []


def test_a_wrong_checksum_leads_to_the_next_mirror(tmp_path: Path, serve: Serve) -> None:
    wrong, right = serve({**CONTENT, "a.gz": b"<html>Please log in</html>"}), serve(CONTENT)
    fetch(tmp_path, wrong.url, right.url)
    assert contents(tmp_path) == CONTENT
    assert wrong.asked == ["a.gz"]  # who failed once is not asked first again
    assert right.asked == list(FILES)


def test_a_mirror_that_lacks_a_file_leads_to_the_next(tmp_path: Path, serve: Serve) -> None:
    partly, right = serve({"a.gz": CONTENT["a.gz"]}), serve(CONTENT)
    fetch(tmp_path, partly.url, right.url)
    assert contents(tmp_path) == CONTENT
    assert right.asked == ["b.gz", "c.gz", "d.gz"]


def test_dead_and_silent_mirrors_lead_to_the_next(tmp_path: Path, serve: Serve, dead: str) -> None:
    silent = serve(CONTENT, silent=("a.gz",))
    fetch(tmp_path, dead, silent.url, serve(CONTENT).url, timeout=0.3)
    assert contents(tmp_path) == CONTENT


def test_a_connection_lost_midway_leads_to_the_next(tmp_path: Path, serve: Serve) -> None:
    lossy = serve(CONTENT, lost=50_000)
    fetch(tmp_path, lossy.url, serve(CONTENT).url)
    assert contents(tmp_path) == CONTENT
    assert lossy.asked == ["a.gz"]


def test_a_connection_lost_midway_is_called_so(tmp_path: Path, serve: Serve) -> None:
    with pytest.raises(OfflineError, match="no connection"):
        fetch(tmp_path, serve(CONTENT, lost=50_000).url)
    assert contents(tmp_path) == {}


def test_a_file_without_end_is_given_up(tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "MAX_BYTES", 50_000)
    with pytest.raises(OfflineError) as error:
        fetch(tmp_path, serve(CONTENT).url)
    assert "far more" in error.value.reasons[0]
    assert contents(tmp_path) == {}


def test_all_mirrors_dead(tmp_path: Path, dead: str) -> None:
    with pytest.raises(OfflineError, match=r"no connection .* folder .* built-in sample") as error:
        fetch(tmp_path, dead, dead)
    assert len(error.value.reasons) == 2
    assert contents(tmp_path) == {}


def test_mirrors_that_send_something_else_are_not_called_unreachable(tmp_path: Path, serve: Serve, dead: str) -> None:
    with pytest.raises(OfflineError, match=r"login.* folder .* built-in sample"):
        fetch(tmp_path, dead, serve({"a.gz": b"<html>"}).url)


def test_a_folder_that_cannot_be_made_is_not_called_offline(tmp_path: Path, dead: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(OSError, match="file") as error:
        fetch(tmp_path / "file", dead)
    assert not isinstance(error.value, OfflineError)


def test_the_real_mirrors_and_files() -> None:
    assert all(mirror.startswith("https://") and mirror.endswith("/") for mirror in download.MIRRORS)
    assert list(download.FILES) == [f"{name}.gz" for name in mnist.FILES]
    assert all(len(sha256) == 64 for sha256 in download.FILES.values())


def test_the_folder_is_the_users() -> None:
    assert mnist_folder().name == "mnist"
    assert mnist_folder().parent.name == "mlp-playground"

"""Fetches MNIST's four files once, from whichever public mirror answers.

A school's network may be slow, filtered or absent: so every wait ends, and a failure says what else can be done.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import platformdirs

from mlp_playground.errors import Cancelled

if TYPE_CHECKING:
    import requests

Progress = Callable[[str, int, int], None]

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",
    "https://storage.googleapis.com/cvdf-datasets/mnist/",
    "https://raw.githubusercontent.com/fgnt/mnist/master/",
)
# name → SHA-256, so that it doesn't matter how far a mirror can be trusted
FILES: Mapping[str, str] = {
    "train-images-idx3-ubyte.gz": "440fcabf73cc546fa21475e81ea370265605f56be210a4024d2ca8f203523609",
    "train-labels-idx1-ubyte.gz": "3552534a0a558bbed6aed32b30c495cca23d567ec52cac8be1a0730e8010255c",
    "t10k-images-idx3-ubyte.gz": "8d422c7b0a1c1c79245a5bcf07fe86e33eeafee792b84584aec276f5a2dbc4e6",
    "t10k-labels-idx1-ubyte.gz": "f7ae60f92e00ec6debd23a6088c31dbd2371eca3ffa0defaefb259924204aec6",
}
TIMEOUT = (6.0, 15.0)  # seconds to connect; seconds without a single byte
MAX_BYTES = 2**25  # 32 MB, three times the largest file: a server must not fill the disk
CHUNK = 2**13  # bytes between two looks at "cancelled?": on a slow line a larger chunk would delay the answer


class OfflineError(ConnectionError):
    """No mirror delivered a file; the text says what to do instead, `reasons` what each mirror did."""

    def __init__(self, answered: bool, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        trouble = (
            "what arrived were not its files (perhaps this network asks for a login, or blocks the download)"
            if answered
            else "there is no connection to any of the places that offer it"
        )
        super().__init__(
            f"MNIST could not be downloaded: {trouble}. "
            "Choose a folder that has the four MNIST files, or use the built-in sample."
        )


def mnist_folder() -> Path:
    """Where downloaded MNIST files are kept for this user; it need not exist yet."""
    return platformdirs.user_data_path("mlp-playground") / "mnist"


def download_mnist(
    target: Path,
    progress: Progress,
    cancelled: Callable[[], bool],
    *,
    mirrors: Sequence[str] = MIRRORS,
    files: Mapping[str, str] = FILES,
    timeout: tuple[float, float] = TIMEOUT,
) -> Path:
    """Bring the four .gz files into `target` and return it; files that are there and whole are not fetched again.

    Blocks, so call it in a worker thread. `progress(file, bytes so far, bytes in total)` is called after every few
    kilobytes; the total is 0 when the mirror doesn't tell. `cancelled` is asked as often.
    Raises Cancelled, OfflineError, or another OSError when `target` can't be written. Whole files stay in any case;
    half ones never appear under their names.
    """
    target.mkdir(parents=True, exist_ok=True)
    for name, sha256 in files.items():
        path = target / name
        if _is_whole(path, sha256):
            size = path.stat().st_size
            progress(name, size, size)
            continue
        worked = _fetch(path, sha256, mirrors, _Transfer(progress, cancelled, timeout))
        # the next files are asked for there first: a dead mirror costs its timeout once, not four times
        mirrors = [worked, *(mirror for mirror in mirrors if mirror != worked)]
    return target


def _is_whole(path: Path, sha256: str) -> bool:
    # imported late, as below: pooch and requests take some 60 ms, which only a download should cost
    import pooch  # type: ignore[import-untyped, unused-ignore]

    return path.is_file() and pooch.file_hash(str(path)) == sha256


def _fetch(path: Path, sha256: str, mirrors: Sequence[str], transfer: _Transfer) -> str:
    """Fetch one file from the first mirror that has the right one, and return that mirror."""
    import pooch
    import requests

    pooch.get_logger().setLevel("WARNING")  # it would print every file; the window shows the progress
    reasons, answered = [], False
    # pooch checks the sum before it moves a file to its name, but its move over an old file is a copy on Windows,
    # which can be interrupted half-way; os.replace can't
    with tempfile.TemporaryDirectory(prefix=".download-", dir=path.parent, ignore_cleanup_errors=True) as scratch:
        for mirror in mirrors:
            try:
                fetched = pooch.retrieve(mirror + path.name, sha256, path.name, scratch, downloader=transfer)
            except (requests.RequestException, ValueError) as error:
                answered |= isinstance(error, (requests.HTTPError, ValueError))  # ValueError: a wrong checksum
                reasons.append(f"{urlsplit(mirror).hostname}: {error}")
            else:
                os.replace(fetched, path)
                return mirror
    raise OfflineError(answered, reasons)


class _Transfer:
    """A downloader for pooch. Its own one overstates the progress, and leaves the connection open when cancelled."""

    def __init__(self, progress: Progress, cancelled: Callable[[], bool], timeout: tuple[float, float]) -> None:
        self.progress, self.cancelled, self.timeout = progress, cancelled, timeout

    def __call__(self, url: str, output: str, _pooch: object) -> None:
        """Write the file behind `url` to `output`."""
        import requests

        self._stop_if_cancelled()
        # identity: a server must not pack the .gz once more, which would be unpacked on arrival
        headers = {"Accept-Encoding": "identity"}
        with requests.get(url, headers=headers, stream=True, timeout=self.timeout) as response:
            response.raise_for_status()
            self._save(response, Path(output), url.rpartition("/")[2])

    def _save(self, response: requests.Response, output: Path, name: str) -> None:
        total, done = int(response.headers.get("Content-Length", 0)), 0
        with output.open("wb") as file:
            for chunk in response.iter_content(CHUNK):
                self._stop_if_cancelled()
                file.write(chunk)
                done += len(chunk)
                if done > MAX_BYTES:
                    raise ValueError("sends far more than the file should hold")
                self.progress(name, done, max(total, done) if total else 0)

    def _stop_if_cancelled(self) -> None:
        if self.cancelled():
            raise Cancelled

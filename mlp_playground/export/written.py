"""A generated file, and the one beside it where its numbers are too many for its text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from mlp_playground.files import write_whole


@dataclass(frozen=True)
class Written:
    """The file's `content`, and what belongs `beside` it under the file's name with `-kind.npz` at its end."""

    content: bytes
    beside: bytes | None = None
    kind: str = ""

    def save(self, path: Path) -> None:
        """Write both, each whole or not at all. Raises OSError."""
        if self.beside is not None:
            write_whole(self.path_beside(path), self.beside)
        write_whole(path, self.content)

    def path_beside(self, path: Path) -> Path:
        """Where the second file is, if the first one is at `path`."""
        return path.with_name(f"{path.stem}-{self.kind}.npz")

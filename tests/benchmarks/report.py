"""Tables for the terminal and for JSON, and what machine they speak of."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

TABLES: list[dict[str, Any]] = []
"""All tables printed so far: title, head, note, and rows of texts and of numbers with their spread."""


@dataclass(frozen=True)
class Spread:
    """A median with the least and the largest value, written with so many digits after the point."""

    median: float
    least: float
    most: float
    digits: int = 0

    def times(self, factor: float) -> Spread:
        """The same in another, smaller unit."""
        return Spread(factor * self.median, factor * self.least, factor * self.most)

    def __str__(self) -> str:
        return f"{self.median:,.{self.digits}f} ({self.least:,.{self.digits}f}–{self.most:,.{self.digits}f})"


@dataclass(frozen=True)
class Mean:
    """A mean with the standard deviation."""

    mean: float
    deviation: float
    digits: int = 0

    def __str__(self) -> str:
        return f"{self.mean:.{self.digits}f} ± {self.deviation:.{self.digits}f}"


def spread(values: Sequence[float], digits: int = 0) -> Spread:
    """The median with the least and the largest value."""
    return Spread(float(np.median(values)), float(min(values)), float(max(values)), digits)


def machine() -> str:
    """Processor, cores and versions."""
    cpu = platform.processor() or platform.machine()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        names = [
            line.split(":", 1)[1].strip() for line in info.read_text().splitlines() if line.startswith("model name")
        ]
        cpu = names[0] if names else cpu
    return f"{cpu}, {os.cpu_count()} cores · Python {platform.python_version()} · NumPy {np.__version__}"


def table(title: str, head: Sequence[str], rows: Sequence[Sequence[object]], note: str = "") -> None:
    """Print a table in Markdown, as the README takes it over, with a `note` below; and keep it for JSON."""
    print(f"**{title}**\n")
    print("| " + " | ".join(head) + " |")
    print("|" + "|".join(" --- " for _ in head) + "|")
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    if note:
        print(f"\n{note}")
    plain = [[asdict(cell) if isinstance(cell, (Spread, Mean)) else cell for cell in row] for row in rows]
    TABLES.append({"title": title, "head": list(head), "rows": plain, "note": note})

"""Guards against PySide6 6.12.0, which loses a reference to None at every call that returns it."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import requires, version

from packaging.requirements import Requirement

# far more calls than there are references to None, in a process of its own: the fault is an abort, not an exception
_CANARY = """
import sys
from PySide6.QtCore import QObject
thing = QObject()
before = sys.getrefcount(None)
for _ in range(20_000):
    thing.setObjectName("canary")
lost = before - sys.getrefcount(None)
print("lost", lost)
sys.exit(lost > 1_000)
"""


def test_calls_that_return_none_keep_its_references() -> None:
    done = subprocess.run([sys.executable, "-c", _CANARY], capture_output=True, text=True, timeout=60, check=False)

    assert done.returncode == 0, done.stdout + done.stderr


def test_the_faulty_pyside_is_neither_allowed_nor_installed() -> None:
    needs = map(Requirement, requires("mlp-playground") or [])
    (pyside,) = (need for need in needs if need.name.lower() == "pyside6-essentials")

    assert version("PySide6-Essentials") in pyside.specifier
    assert "6.12.0" not in pyside.specifier

"""Runs the import rule that import-linter reads: nothing below the views brings Qt in, by whatever way."""

from __future__ import annotations

import json
import subprocess
import sys
from pkgutil import walk_packages

import mlp_playground

_ABOVE = ("__main__", "app", "views")  # these may load Qt, and __main__ would start the program

_IMPORT_ALL = """
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
print(json.dumps([name for name in ("PySide6", "shiboken6") if name in sys.modules]))
"""


def _core_modules() -> list[str]:
    prefix = "mlp_playground."
    rooms = [module.name for module in walk_packages(mlp_playground.__path__, prefix)]
    return [name for name in rooms if name.removeprefix(prefix).split(".")[0] not in _ABOVE]


def test_the_core_loads_no_qt() -> None:
    modules = _core_modules()
    done = subprocess.run(
        [sys.executable, "-c", _IMPORT_ALL, *modules], capture_output=True, text=True, timeout=120, check=False
    )

    assert {"mlp_playground.nn", "mlp_playground.experiment", "mlp_playground.errors"} <= set(modules)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == []


def test_the_window_loads_no_panel_of_the_drawer_and_nothing_that_these_rest_on() -> None:
    later = ("views.inside", "views.layers", "analysis.trace", "analysis.layerwise", "experiment.doctor", "export")
    report = "import sys, mlp_playground.app.main_window; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", report], capture_output=True, text=True, timeout=120, check=True)
    loaded = set(done.stdout.split())
    assert "mlp_playground.app.inside" in loaded
    assert not {f"mlp_playground.{name}" for name in later} & loaded

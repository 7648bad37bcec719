"""`make bench`: what speed and smoothness are here and now. Medians of several rounds; compare ratios, not machines."""

from __future__ import annotations

import argparse
import json
import os
import sys
from importlib import import_module
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
for library in ("OPENBLAS", "OMP", "MKL"):  # read when NumPy, PyTorch and scikit-learn are imported
    os.environ[f"{library}_NUM_THREADS"] = "1"

report = import_module("tests.benchmarks.report")  # imports NumPy
PARTS = ("start", "peers", "core", "regions", "digits", "screen", "inside", "smoothness")

parser = argparse.ArgumentParser("python -m tests.benchmarks", description=__doc__)
parser.add_argument("parts", nargs="*", metavar="part", help=f"which of {', '.join(PARTS)} (default: all)")
parser.add_argument("--json", type=Path, metavar="FILE", help="write the numbers there too")
arguments = parser.parse_args()
if unknown := set(arguments.parts) - set(PARTS):
    parser.error(f"unknown part {', '.join(sorted(unknown))}: choose from {', '.join(PARTS)}")

print(report.machine())
for name in arguments.parts or PARTS:
    print()
    import_module(f"tests.benchmarks.{name}").report()
    sys.stdout.flush()
if arguments.json:
    arguments.json.write_text(
        json.dumps({"machine": report.machine(), "tables": report.TABLES}, indent=1, ensure_ascii=False) + "\n"
    )

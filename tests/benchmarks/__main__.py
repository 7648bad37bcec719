"""`make bench`: what speed and smoothness are here and now. Medians of several rounds; compare ratios, not machines."""

from __future__ import annotations

import os
import sys

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from tests.benchmarks import digits, smoothness, start
from tests.benchmarks.report import machine

print(machine())
for part in (start, digits, smoothness):
    print()
    part.report()
    sys.stdout.flush()

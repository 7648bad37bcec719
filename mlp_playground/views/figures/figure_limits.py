"""How large and how fine a figure can be: known before Qt is loaded, for the command line's help."""

from __future__ import annotations

LEAST_SIDE, LARGEST_SIDE, MOST_PIXELS = 64, 20_000, 100_000_000
"""Pixels."""
LEAST_DPI, LARGEST_DPI = 30, 1200
"""Pixels to an inch."""

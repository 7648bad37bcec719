"""`python -m mlp_playground` does what the command `mlp-playground` does."""

from __future__ import annotations

import sys

from mlp_playground.cli import main

if __name__ == "__main__":
    sys.exit(main())

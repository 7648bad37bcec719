"""MLP Playground: build a multi-layer perceptron by clicking and watch it bend space."""

import os

__version__ = "0.1.0"

# read once, when NumPy is imported: two threads are 1.3 times faster on MNIST when nothing else runs, and 3 to 14 times
# slower beside one busy core, which a window is
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

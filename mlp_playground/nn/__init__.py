"""The network itself: pure NumPy, no files, no Qt, no hidden state."""

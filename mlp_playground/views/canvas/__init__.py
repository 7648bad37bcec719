"""The output: the plane, curves, bits or digits, what is drawn over them, and the bar that goes through the run."""

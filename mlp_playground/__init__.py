"""MLP Playground: build a multi-layer perceptron by clicking and watch it bend space."""

__version__ = "0.1.0"

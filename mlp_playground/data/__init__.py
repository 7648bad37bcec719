"""Where samples come from: toy generators, features, handwritten digits."""

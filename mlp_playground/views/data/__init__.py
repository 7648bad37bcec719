"""What the data side asks: which points, the tools to draw them, tables, and the gallery."""

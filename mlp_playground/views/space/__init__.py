"""What a layer makes of the data: its space at every step, and one point on its way."""

"""How a network bends its data's space: points, grid and boundary at every step of the way from input to answer."""
